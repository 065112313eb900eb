"""Goods out of other records, and the demo world's: many at once, with the dates they really had."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import chain
from uuid import UUID

from django.db import transaction

from caravan.catalog.events import ProductsImported
from caravan.catalog.models import Attribute, AttributeName, Category, CategoryName, Price, Product, Translation, Variant, Version
from caravan.catalog.rules.history import PastProduct, PastVariant, variant_id, version_id
from caravan.outbox.actions import record


def record_category(*, path: str, names: Iterable[tuple[str, str]], position: int = 0, hs_code: str = "") -> Category:
    """The category at `path`, made with its (language, name) pairs where it is missing. Its parent must stand.

    `hs_code` is the usual Harmonized System code of its goods.
    """
    above, _, slug = path.rpartition("/")
    parent = Category.objects.get(path=above) if above else None
    told = {"slug": slug, "parent": parent, "position": position, "hs_code": hs_code}
    category, _ = Category.objects.get_or_create(path=path, defaults=told)
    CategoryName.objects.bulk_create(
        (CategoryName(category=category, language=language, name=name) for language, name in names), ignore_conflicts=True
    )
    return category


Names = Iterable[tuple[str, str]]  # (language, name)


def record_attribute(
    *,
    code: str,
    names: Names,
    values: Sequence[tuple[str, Names]] = (),
    path: str = "",
    is_option: bool = False,
    position: int = 0,
) -> Attribute:
    """The attribute of the category at `path`, or of all goods, made where missing. It and its usual `values` get their names.

    Any other value may be given as well: the values are those that have names.
    """
    attribute, _ = Attribute.objects.get_or_create(
        category=Category.objects.get(path=path) if path else None,
        code=code,
        defaults={"choices": [value for value, _ in values], "is_option": is_option, "position": position},
    )
    AttributeName.objects.bulk_create(
        (
            AttributeName(attribute=attribute, value=value, language=language, name=name)
            for value, called in (("", names), *values)
            for language, name in called
        ),
        ignore_conflicts=True,
    )
    return attribute


def record_products(*, products: Sequence[PastProduct], at: datetime) -> int:
    """Store products, active, in one transaction, and tell search. Returns how many were new."""
    with transaction.atomic():
        known = set(Product.objects.filter(pk__in=[p.id for p in products]).values_list("pk", flat=True))
        new = [p for p in products if p.id not in known]
        # Words first: the product's row has its title written into it once, as it comes (migration 0011).
        Version.objects.bulk_create(_version(p) for p in new)
        Translation.objects.bulk_create(chain.from_iterable(_translations(p) for p in new))
        Product.objects.bulk_create(_product(p) for p in new)
        Variant.objects.bulk_create(_variant(p, v, n) for p in new for n, v in enumerate(p.variants))
        Price.objects.bulk_create(_price(p, v) for p in new for v in p.variants)
        by_store: dict[UUID, list[UUID]] = {}
        for p in new:
            by_store.setdefault(p.store_id, []).append(p.id)
        record(*(ProductsImported(at=at, store_id=s, product_ids=tuple(ids)) for s, ids in by_store.items()))
    return len(new)


def _product(p: PastProduct) -> Product:
    prices = [v.price.minor for v in p.variants]
    return Product(
        id=p.id,
        store_id=p.store_id,
        category_id=p.category_id,
        version_id=version_id(p.id),
        cover_id=p.picture_ids[0] if p.picture_ids else None,
        status=Product.Status.ACTIVE,
        slug=p.slug,
        brand=p.brand,
        external_ref=p.ref,
        weight_grams=p.weight_grams,
        length_mm=p.sides[0] or None,
        width_mm=p.sides[1] or None,
        height_mm=p.sides[2] or None,
        origin=p.origin,
        hs_code=p.hs_code,
        price_minor=min(prices),
        price_max_minor=max(prices),
        currency=p.variants[0].price.currency,
        created_at=p.published_at,
        published_at=p.published_at,
        updated_at=p.published_at,
    )


def _version(p: PastProduct) -> Version:
    return Version(
        id=version_id(p.id),
        product_id=p.id,
        number=1,
        language=p.words[0].language,
        title=p.words[0].title,
        description=p.words[0].description,
        category_id=p.category_id,
        brand=p.brand,
        attributes=[list(pair) for pair in p.attributes],
        pictures=[str(i) for i in p.picture_ids],
        created_at=p.published_at,
    )


def _translations(p: PastProduct) -> Iterator[Translation]:
    for words in p.words[1:]:
        yield Translation(version_id=version_id(p.id), language=words.language, title=words.title, description=words.description)


def _variant(p: PastProduct, v: PastVariant, position: int) -> Variant:
    return Variant(
        id=variant_id(p.id, v.sku),
        product_id=p.id,
        sku=v.sku,
        options=[list(pair) for pair in v.options],
        price_minor=v.price.minor,
        currency=v.price.currency,
        stock=v.stock,
        position=position,
    )


def _price(p: PastProduct, v: PastVariant) -> Price:
    return Price(variant_id=variant_id(p.id, v.sku), minor=v.price.minor, currency=v.price.currency, since=p.published_at)
