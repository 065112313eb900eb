"""What a product page shows, in one statement however many variants and pictures there are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.utils.translation import gettext as _
from msgspec import json

from caravan.catalog.queries.categories import (
    AttributeRow,
    CategoryRow,
    ChoiceRow,
    ancestors,
    attributes,
    plain_name,
)
from caravan.catalog.queries.pictures import PictureRow, picture_row
from caravan.catalog.queries.rows import pairs, select
from caravan.catalog.rules import Pairs
from caravan.kernel.errors import NotFound
from caravan.kernel.money import Money

FEW = 5  # pieces; so many or fewer are told in figures

StockBand = Literal["none", "few", "enough"]


@dataclass(frozen=True, slots=True)
class VariantRow:
    """A variant on sale. `list_price` is the store's for the market asked for; `left` pieces are told only when few."""

    id: UUID
    sku: str
    options: Pairs
    label: str
    list_price: Money
    stock_band: StockBand
    left: int | None
    customs_value: Money | None = None


@dataclass(frozen=True, slots=True)
class OptionRow:
    """Something variants differ in, with the values there are, named in the visitor's language."""

    code: str
    name: str
    values: tuple[ChoiceRow, ...]


@dataclass(frozen=True, slots=True)
class DetailRow:
    """An attribute of the product, named in the visitor's language; `value` is the stored one, `label` what it is called."""

    code: str
    name: str
    value: str
    label: str


@dataclass(frozen=True, slots=True)
class ProductRow:
    """A product as its page shows it. `language` is that of the words shown, `original_language` the seller's.

    `status` is active or withdrawn: a withdrawn one keeps its page, and cannot be bought.
    """

    id: UUID
    store_id: UUID
    store_slug: str
    version_id: UUID
    version_number: int
    status: str
    slug: str
    title: str
    description: str
    language: str
    original_language: str
    by_machine: bool
    category_path: str
    categories: tuple[CategoryRow, ...]
    brand: str
    gtin: str
    details: tuple[DetailRow, ...]
    options: tuple[OptionRow, ...]
    variants: tuple[VariantRow, ...]
    pictures: tuple[PictureRow, ...]
    weight_grams: int
    sides: tuple[int, int, int]
    origin: str
    hs_code: str
    price_min: Money
    price_max: Money
    published_at: datetime | None
    updated_at: datetime

    @property
    def is_on_sale(self) -> bool:
        return self.status == "active" and any(v.stock_band != "none" for v in self.variants)


_PRODUCT = """
SELECT p.id, p.store_id, s.slug, v.id, v.number, p.status, p.slug, v.title, v.description, v.language, c.path, p.brand, p.gtin,
       v.attributes, v.pictures, p.weight_grams, p.origin, p.hs_code, p.published_at, p.updated_at,
       t.title, t.description, t.language, t.by_machine,
       ARRAY[COALESCE(p.length_mm, 0), COALESCE(p.width_mm, 0), COALESCE(p.height_mm, 0)],
       (SELECT json_agg(json_build_array(o.id, o.sku, o.options, COALESCE(own.minor, o.price_minor),
                                         COALESCE(own.currency, o.currency), o.stock,
                                         o.customs_minor, o.currency) ORDER BY o.position, o.id)::text
        FROM catalog_variant o
        LEFT JOIN catalog_price own ON own.variant_id = o.id AND own.market = %s AND own.market <> '' AND own.until IS NULL
        WHERE o.product_id = p.id AND o.is_active),
       (SELECT json_agg(json_build_array(i.id, i.digest, i.width, i.height))::text
        FROM catalog_picture i WHERE i.id = ANY(ARRAY(SELECT jsonb_array_elements_text(v.pictures)::uuid)))
FROM catalog_product p
JOIN stores_store s ON s.id = p.store_id
JOIN catalog_version v ON v.id = p.version_id
JOIN catalog_category c ON c.id = p.category_id
LEFT JOIN catalog_translation t ON t.version_id = v.id AND t.language = %s AND v.language <> t.language
WHERE p.id = %s AND p.status IN ('active', 'withdrawn')
"""
_Variant = tuple[UUID, str, Pairs, int, str, int, int | None, str]
_variants = json.Decoder(tuple[_Variant, ...]).decode
_pictures = json.Decoder(tuple[tuple[UUID, str, int, int], ...]).decode
_picture_ids = json.Decoder(tuple[UUID, ...]).decode


def product_page(product_id: UUID, language: str, market: str = "") -> ProductRow:
    """The product in the visitor's language, else the seller's own; list prices are those for `market` (ISO country).

    Raises NotFound for drafts, blocked goods and unknown ids.
    """
    found = select(_PRODUCT, market, language, product_id)
    if not found:
        raise NotFound("product.unknown", _("This product is not on sale here. It may have been taken off the market."))
    (id, store_id, store_slug, version_id, number, status, slug, title, description, original, path, brand, gtin,
     attributed, shown_first, weight, origin, hs_code, published_at, updated_at,
     title_said, description_said, said_in, by_machine, sides, variant_rows, picture_rows) = found[0]  # fmt: skip
    kinds = attributes(path, language)
    variants = tuple(_variant(one, kinds) for one in _variants(variant_rows or "[]"))
    pictures = {one[0]: picture_row(*one) for one in _pictures(picture_rows or "[]")}
    prices = [v.list_price for v in variants]
    return ProductRow(
        id=id,
        store_id=store_id,
        store_slug=store_slug,
        version_id=version_id,
        version_number=number,
        status=status,
        slug=slug,
        title=title_said if said_in else title,
        description=description_said if said_in else description,
        language=said_in or original,
        original_language=original,
        by_machine=bool(by_machine),
        category_path=path,
        categories=tuple(ancestors(path, language)),
        brand=brand,
        gtin=gtin,
        details=tuple(_detail(code, value, kinds) for code, value in pairs(attributed)),
        options=_options(variants, kinds),
        variants=variants,
        pictures=tuple(pictures[one] for one in _picture_ids(shown_first) if one in pictures),
        weight_grams=weight,
        sides=(sides[0], sides[1], sides[2]),
        origin=origin,
        hs_code=hs_code,
        price_min=min(prices),
        price_max=max(prices),
        published_at=published_at,
        updated_at=updated_at,
    )


def _variant(row: _Variant, kinds: dict[str, AttributeRow]) -> VariantRow:
    id, sku, options, minor, currency, stock, customs, listed_in = row
    return VariantRow(
        id=id,
        sku=sku,
        options=options,
        label=", ".join(_detail(code, value, kinds).label for code, value in options),
        list_price=Money(minor, currency),
        stock_band="none" if stock == 0 else "few" if stock <= FEW else "enough",
        left=stock if 0 < stock <= FEW else None,
        customs_value=Money(customs, listed_in) if customs else None,
    )


def _detail(code: str, value: str, kinds: dict[str, AttributeRow]) -> DetailRow:
    kind = kinds.get(code)
    return DetailRow(code, kind.name if kind else plain_name(code), value, kind.label(value) if kind else value)


def _options(variants: tuple[VariantRow, ...], kinds: dict[str, AttributeRow]) -> tuple[OptionRow, ...]:
    values: dict[str, dict[str, ChoiceRow]] = {}
    for variant in variants:
        for code, value in variant.options:
            values.setdefault(code, {})[value] = ChoiceRow(value, _detail(code, value, kinds).label)
    return tuple(OptionRow(code, _detail(code, "", kinds).name, tuple(found.values())) for code, found in values.items())
