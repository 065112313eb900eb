"""What of a product goes into the cart when somebody takes a set of several."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from caravan.catalog.queries.pictures import PictureRow, picture_row
from caravan.catalog.queries.rows import select
from caravan.kernel.money import Money

_PIECES = """
SELECT p.id, p.slug, COALESCE(p.titles->>%s, p.title), v.id, COALESCE(own.minor, v.price_minor), p.currency,
       v.stock > v.set_aside, p.cover_id, p.cover_digest, p.cover_width, p.cover_height
FROM catalog_product p
JOIN catalog_variant v ON v.product_id = p.id AND v.is_active
LEFT JOIN catalog_price own ON own.variant_id = v.id AND own.market = %s AND own.market <> '' AND own.until IS NULL
WHERE p.id = ANY(%s) AND p.status = 'active'
ORDER BY p.id, v.stock > v.set_aside DESC, v.position, v.id
"""


@dataclass(frozen=True, slots=True)
class PieceRow:
    """A variant with what its product is called and where it stands. `in_stock`: some are free, not only set aside for deals."""

    variant_id: UUID
    slug: str
    title: str
    list_price: Money
    in_stock: bool
    picture: PictureRow | None


def pieces(product_ids: Iterable[UUID], *, language: str, market: str) -> dict[UUID, list[PieceRow]]:
    """The variants on sale of each product, those in stock first; in one statement. `market` is the ISO country they go to."""
    found: dict[UUID, list[PieceRow]] = {}
    for id, slug, title, variant_id, minor, currency, in_stock, *pic in select(_PIECES, language, market, list(product_ids)):
        picture = picture_row(pic[0], pic[1], pic[2], pic[3], alt=title) if pic[0] else None
        found.setdefault(id, []).append(PieceRow(variant_id, slug, title, Money(minor, currency), in_stock, picture))
    return found
