"""Variants as carts, orders and price checks need them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from caravan.catalog.queries.pictures import PictureRow, picture_row
from caravan.catalog.queries.rows import pairs, select
from caravan.catalog.rules import Pairs
from caravan.kernel.money import Money


@dataclass(frozen=True, slots=True)
class OfferRow:
    """A variant with its list price in a market. `is_active`: may be bought, if `stock` allows. `title` is the seller's own."""

    variant_id: UUID
    product_id: UUID
    version_id: UUID
    store_id: UUID
    sku: str
    slug: str
    title: str
    options: Pairs
    list_price: Money
    stock: int
    is_active: bool
    weight_grams: int
    origin: str
    hs_code: str
    picture: PictureRow | None


@dataclass(frozen=True, slots=True)
class PriceRow:
    """A list price and when it was in force; `until` None: it is."""

    market: str
    price: Money
    since: datetime
    until: datetime | None


_OFFERS = """
SELECT v.id, p.id, p.version_id, p.store_id, v.sku, p.slug, p.title, v.options, COALESCE(own.minor, v.price_minor),
       COALESCE(own.currency, v.currency), v.stock, v.is_active AND p.status = 'active', p.weight_grams, p.origin, p.hs_code,
       p.cover_id, p.cover_digest, p.cover_width, p.cover_height
FROM catalog_variant v
JOIN catalog_product p ON p.id = v.product_id
LEFT JOIN catalog_price own ON own.variant_id = v.id AND own.market = %s AND own.market <> '' AND own.until IS NULL
WHERE v.id = ANY(%s)
"""
_HISTORY = """
SELECT market, minor, currency, since, until FROM catalog_price
WHERE variant_id = %s AND market = %s ORDER BY since DESC LIMIT %s
"""


def variants_for_pricing(ids: Iterable[UUID], market: str) -> dict[UUID, OfferRow]:
    """Those variants, on sale or not, by id, in one statement. `market` is the ISO country the goods go to."""
    return {
        row[0]: OfferRow(
            variant_id=row[0],
            product_id=row[1],
            version_id=row[2],
            store_id=row[3],
            sku=row[4],
            slug=row[5],
            title=row[6],
            options=pairs(row[7]),
            list_price=Money(row[8], row[9]),
            stock=row[10],
            is_active=row[11],
            weight_grams=row[12],
            origin=row[13],
            hs_code=row[14],
            picture=picture_row(row[15], row[16], row[17], row[18], alt=row[6]) if row[15] else None,
        )
        for row in select(_OFFERS, market, list(ids))
    }


def price_history(variant_id: UUID, market: str = "", *, most: int = 200) -> list[PriceRow]:
    """What the variant has cost in `market` ("" where the store set no other), the newest first, `most` rows."""
    return [PriceRow(row[0], Money(row[1], row[2]), row[3], row[4]) for row in select(_HISTORY, variant_id, market, most)]
