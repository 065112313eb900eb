"""Products as lists show them: one statement for a page of any length, asked by id."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from caravan.catalog.queries.pictures import PictureRow, picture_row
from caravan.catalog.queries.rows import select
from caravan.kernel.money import Money


@dataclass(frozen=True, slots=True)
class CardRow:
    """A product in a list: title in the visitor's language, lowest and highest list price in the store's currency."""

    id: UUID
    store_id: UUID
    slug: str
    title: str
    category_path: str
    list_price: Money
    price_max: Money
    is_active: bool
    in_stock: bool
    published_at: datetime | None
    picture: PictureRow | None


_CARDS = """
SELECT p.id, p.store_id, p.slug, COALESCE(t.title, v.title), c.path, p.price_minor, p.price_max_minor, p.currency,
       p.status = 'active', EXISTS (SELECT FROM catalog_variant o WHERE o.product_id = p.id AND o.is_active AND o.stock > 0),
       p.published_at, pic.id, pic.digest, pic.width, pic.height
FROM catalog_product p
JOIN catalog_version v ON v.id = p.version_id
JOIN catalog_category c ON c.id = p.category_id
LEFT JOIN catalog_translation t ON t.version_id = v.id AND t.language = %s AND v.language <> t.language
LEFT JOIN catalog_picture pic ON pic.id = p.cover_id
WHERE p.id = ANY(%s)
"""


def cards(ids: Iterable[UUID], language: str) -> list[CardRow]:
    """The products of those ids in the order of the ids, whatever their state; unknown ones are left out."""
    wanted = list(dict.fromkeys(ids))
    found = {row[0]: _card(row) for row in select(_CARDS, language, wanted)}
    return [found[id] for id in wanted if id in found]


def newest_of_store(store_id: UUID, *, before: UUID | None = None, limit: int = 48) -> list[UUID]:
    """Ids of the store's goods on sale, the newest first, from behind `before`."""
    query = """SELECT id FROM catalog_product WHERE store_id = %s AND status = 'active' AND (%s::uuid IS NULL OR id < %s)
               ORDER BY id DESC LIMIT %s"""
    return [row[0] for row in select(query, store_id, before, before, limit)]


def _card(row: tuple[Any, ...]) -> CardRow:
    return CardRow(
        id=row[0],
        store_id=row[1],
        slug=row[2],
        title=row[3],
        category_path=row[4],
        list_price=Money(row[5], row[7]),
        price_max=Money(row[6], row[7]),
        is_active=row[8],
        in_stock=row[9],
        published_at=row[10],
        picture=picture_row(row[11], row[12], row[13], row[14], alt=row[3]) if row[11] else None,
    )
