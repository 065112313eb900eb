"""The one writer of goods. The seller's form saves one draft through it, a product file a thousand; the statements are the same.

The caller checks the drafts, in the transaction in which it took the goods from `opened`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.utils.text import slugify

from caravan.catalog.actions.prices import PriceChange, change_prices
from caravan.catalog.actions.rows import update_rows
from caravan.catalog.models import Product, Translation, Variant, Version
from caravan.catalog.queries.categories import tree
from caravan.catalog.queries.stored import Stored, stored_by_refs
from caravan.catalog.rules import Pairs, ProductDraft, VariantDraft, canonical, material_change
from caravan.kernel.ids import uuid7
from caravan.stores.queries import StoreRow


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a draft. `skus` are the variants that are new (`created`) or now differ (`updated`)."""

    product_id: UUID
    is_new: bool
    changed: bool
    created: frozenset[str]
    updated: frozenset[str]


@dataclass(slots=True)
class _Plan:
    """The rows to write, gathered over all drafts before the first is written."""

    new_products: list[Product] = field(default_factory=list)
    products: list[Product] = field(default_factory=list)
    new_versions: list[Version] = field(default_factory=list)
    versions: list[Version] = field(default_factory=list)
    retold: list[tuple[UUID, UUID]] = field(default_factory=list)  # old and new version of the same words
    new_variants: list[Variant] = field(default_factory=list)
    variants: list[Variant] = field(default_factory=list)
    prices: list[PriceChange] = field(default_factory=list)


def opened(*, store_id: UUID, refs: Sequence[str]) -> dict[str, Stored]:
    """The store's goods of those ids, theirs to change until the transaction ends: one writer a store at a time."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('catalog.goods:' || %s, 0))", [str(store_id)])
    return stored_by_refs(store_id, refs)


def save(
    *, store: StoreRow, drafts: Sequence[tuple[Stored | None, ProductDraft]], at: datetime, status: str = "active"
) -> list[Saved]:
    """Write canonical, checked drafts over what is stored (None: new, in `status`), inside the caller's transaction."""
    plan = _Plan()
    saved = [_new(plan, store, draft, at, status) if old is None else _changed(plan, old, draft, at) for old, draft in drafts]
    _write(plan, at)
    return saved


def _new(plan: _Plan, store: StoreRow, draft: ProductDraft, at: datetime, status: str) -> Saved:
    product = _product(Product(id=uuid7(), store_id=store.id, external_ref=draft.ref, status=status), draft, at)
    product.currency = store.currency
    product.created_at = at
    product.published_at = at if status == Product.Status.ACTIVE else None
    version = _version(uuid7(), product.pk, 1, draft, at)
    product.version_id = version.pk
    plan.new_products.append(product)
    plan.new_versions.append(version)
    for position, variant in enumerate(draft.variants):
        _new_variant(plan, product.pk, position, variant)
    return Saved(product.pk, True, True, frozenset(v.sku for v in draft.variants), frozenset())


def _changed(plan: _Plan, old: Stored, draft: ProductDraft, at: datetime) -> Saved:
    new = replace(draft, picture_links=None, variants=tuple(_counted(v, old) for v in draft.variants))
    before = canonical(old.draft)
    if new == before:
        return Saved(old.id, False, False, frozenset(), frozenset())
    product = _product(Product(id=old.id, version_id=old.version_id), new, at)
    if _said(before) != _said(new):
        product.version_id = _next_version(plan, old, before, new, at)
    plan.products.append(product)
    created, updated = _variants(plan, old, before, new)
    if _of_product(before) != _of_product(new):
        updated |= {v.sku for v in new.variants} - created
    return Saved(old.id, False, True, frozenset(created), frozenset(updated))


def _counted(variant: VariantDraft, old: Stored) -> VariantDraft:
    """The variant with the stock it will have: what the seller added to or took from the stock they saw, else what they said.

    Pieces set aside for a deal are promised; they stay until it ends.
    """
    known = old.variants.get(variant.sku)
    if known is None:
        return replace(variant, stock_seen=None)
    said = variant.stock if variant.stock_seen is None else known.stock + variant.stock - variant.stock_seen
    return replace(variant, stock=max(known.set_aside, said), stock_seen=None)


def _said(draft: ProductDraft) -> tuple[object, ...]:
    """What stands in a version."""
    return (draft.title, draft.description, draft.language, draft.category, draft.brand, draft.attributes, draft.pictures)


def _of_product(draft: ProductDraft) -> ProductDraft:
    return replace(draft, variants=())


def _next_version(plan: _Plan, old: Stored, before: ProductDraft, new: ProductDraft, at: datetime) -> UUID:
    if not material_change(before, new):
        plan.versions.append(_version(old.version_id, old.id, old.version_number, new, at))
        return old.version_id
    version = _version(uuid7(), old.id, old.version_number + 1, new, at)
    plan.new_versions.append(version)
    if (before.title, before.description, before.language) == (new.title, new.description, new.language):
        plan.retold.append((old.version_id, version.pk))
    return version.pk


def _variants(plan: _Plan, old: Stored, before: ProductDraft, new: ProductDraft) -> tuple[set[str], set[str]]:
    was = {v.sku: (i, v) for i, v in enumerate(before.variants)}
    created: set[str] = set()
    updated: set[str] = set()
    for position, variant in enumerate(new.variants):
        known = old.variants.get(variant.sku)
        if known is None:
            created.add(variant.sku)
            _new_variant(plan, old.id, position, variant)
        elif was.get(variant.sku) != (position, variant):
            updated.add(variant.sku)
            plan.variants.append(_variant(known.id, old.id, position, variant))
            _reprice(plan, known.id, VariantDraft(variant.sku, known.price, 0, market_prices=known.market_prices), variant)
    kept = {v.sku for v in new.variants}
    for gone in (v for v in before.variants if v.sku not in kept):
        row = _variant(old.variants[gone.sku].id, old.id, len(kept), gone)
        row.is_active = False
        plan.variants.append(row)
        _reprice(plan, row.pk, gone, replace(gone, market_prices=()))
    return created, updated


def _reprice(plan: _Plan, variant_id: UUID, was: VariantDraft | None, now: VariantDraft) -> None:
    before = {"": was.price, **dict(was.market_prices)} if was else {}
    after = {"": now.price, **dict(now.market_prices)}
    for market in sorted({*before, *after}):
        if before.get(market) != after.get(market):
            plan.prices.append(PriceChange(variant_id, market, after.get(market)))


def _new_variant(plan: _Plan, product_id: UUID, position: int, draft: VariantDraft) -> None:
    row = _variant(uuid7(), product_id, position, draft)
    plan.new_variants.append(row)
    _reprice(plan, row.pk, None, draft)


def _product(row: Product, draft: ProductDraft, at: datetime) -> Product:
    prices = [v.price.minor for v in draft.variants]
    row.category_id = tree("en")[draft.category].id
    row.cover_id = draft.pictures[0] if draft.pictures else None
    row.slug = slugify(draft.title)[:120].strip("-") or "item"
    row.brand, row.gtin = draft.brand, draft.gtin
    row.weight_grams, row.origin, row.hs_code = draft.weight_grams, draft.origin, draft.hs_code
    row.length_mm, row.width_mm, row.height_mm = (side or None for side in (draft.length_mm, draft.width_mm, draft.height_mm))
    row.price_minor, row.price_max_minor = min(prices), max(prices)
    row.updated_at = at
    return row


def _version(id: UUID, product_id: UUID, number: int, draft: ProductDraft, at: datetime) -> Version:
    return Version(
        id=id,
        product_id=product_id,
        number=number,
        language=draft.language,
        title=draft.title,
        description=draft.description,
        category_id=tree("en")[draft.category].id,
        brand=draft.brand,
        attributes=_json(draft.attributes),
        pictures=[str(picture) for picture in draft.pictures],
        created_at=at,
    )


def _variant(id: UUID, product_id: UUID, position: int, draft: VariantDraft) -> Variant:
    return Variant(
        id=id,
        product_id=product_id,
        sku=draft.sku,
        options=_json(draft.options),
        price_minor=draft.price.minor,
        currency=draft.price.currency,
        stock=draft.stock,
        customs_minor=draft.customs_value.minor if draft.customs_value else None,
        position=position,
        is_active=True,
    )


def _json(pairs: Pairs) -> list[list[str]]:
    return [list(pair) for pair in pairs]


def _write(plan: _Plan, at: datetime) -> None:
    # Words first: a product's row has its title written into it once, as it is written (migration 0011).
    Version.objects.bulk_create(plan.new_versions)
    update_rows(plan.versions, "language", "title", "description", "brand", "attributes")
    _retell(plan.retold)
    Product.objects.bulk_create(plan.new_products)
    update_rows(
        plan.products, "category", "version", "cover", "slug", "brand", "gtin", "weight_grams", "length_mm", "width_mm",
        "height_mm", "origin", "hs_code", "price_minor", "price_max_minor", "updated_at",
    )  # fmt: skip
    Variant.objects.bulk_create(plan.new_variants)
    update_rows(plan.variants, "options", "price_minor", "stock", "customs_minor", "position", "is_active")
    change_prices(plan.prices, at=at)


def _retell(pairs: Sequence[tuple[UUID, UUID]]) -> None:
    """Translations of words that did not change go on with the new version."""
    new = dict(pairs)
    kept = Translation.objects.filter(version_id__in=new)
    Translation.objects.bulk_create(
        Translation(
            version_id=new[t.version_id], language=t.language, title=t.title, description=t.description, by_machine=t.by_machine
        )
        for t in kept
    )
