"""What a product page shows, in three statements however many variants and pictures there are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
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
from caravan.catalog.queries.pictures import PictureRow, pictures
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
SELECT p.id, p.store_id, v.id, v.number, p.status, p.slug, v.title, v.description, v.language, c.path, p.brand, p.gtin,
       v.attributes, v.pictures, p.weight_grams, p.origin, p.hs_code, p.published_at, p.updated_at,
       t.title, t.description, t.language, t.by_machine,
       COALESCE(p.length_mm, 0), COALESCE(p.width_mm, 0), COALESCE(p.height_mm, 0)
FROM catalog_product p
JOIN catalog_version v ON v.id = p.version_id
JOIN catalog_category c ON c.id = p.category_id
LEFT JOIN catalog_translation t ON t.version_id = v.id AND t.language = %s AND v.language <> t.language
WHERE p.id = %s AND p.status IN ('active', 'withdrawn')
"""
_VARIANTS = """
SELECT v.id, v.sku, v.options, COALESCE(own.minor, v.price_minor), COALESCE(own.currency, v.currency), v.stock,
       v.customs_minor, v.currency
FROM catalog_variant v
LEFT JOIN catalog_price own ON own.variant_id = v.id AND own.market = %s AND own.market <> '' AND own.until IS NULL
WHERE v.product_id = %s AND v.is_active ORDER BY v.position, v.id
"""


def product_page(product_id: UUID, language: str, market: str = "") -> ProductRow:
    """The product in the visitor's language, else the seller's own; list prices are those for `market` (ISO country).

    Raises NotFound for drafts, blocked goods and unknown ids.
    """
    found = select(_PRODUCT, language, product_id)
    if not found:
        raise NotFound("product.unknown", _("This product is not on sale here. It may have been taken off the market."))
    row = found[0]
    kinds = attributes(row[9], language)
    variants = tuple(_variant(v, kinds) for v in select(_VARIANTS, market, product_id))
    picture_ids = json.decode(row[13], type=tuple[UUID, ...])
    shown = pictures(picture_ids) if picture_ids else {}
    translated = row[21] is not None
    prices = [v.list_price for v in variants]
    return ProductRow(
        id=row[0],
        store_id=row[1],
        version_id=row[2],
        version_number=row[3],
        status=row[4],
        slug=row[5],
        title=row[19] if translated else row[6],
        description=row[20] if translated else row[7],
        language=row[21] if translated else row[8],
        original_language=row[8],
        by_machine=bool(row[22]),
        category_path=row[9],
        categories=tuple(ancestors(row[9], language)),
        brand=row[10],
        gtin=row[11],
        details=tuple(_detail(code, value, kinds) for code, value in pairs(row[12])),
        options=_options(variants, kinds),
        variants=variants,
        pictures=tuple(shown[id] for id in picture_ids if id in shown),
        weight_grams=row[14],
        sides=row[23:26],
        origin=row[15],
        hs_code=row[16],
        price_min=min(prices),
        price_max=max(prices),
        published_at=row[17],
        updated_at=row[18],
    )


def _variant(row: tuple[Any, ...], kinds: dict[str, AttributeRow]) -> VariantRow:
    options, stock = pairs(row[2]), row[5]
    return VariantRow(
        id=row[0],
        sku=row[1],
        options=options,
        label=", ".join(_detail(code, value, kinds).label for code, value in options),
        list_price=Money(row[3], row[4]),
        stock_band="none" if stock == 0 else "few" if stock <= FEW else "enough",
        left=stock if 0 < stock <= FEW else None,
        customs_value=Money(row[6], row[7]) if row[6] else None,
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
