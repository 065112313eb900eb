"""What the search index wants to know of products."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import json

from caravan.catalog.queries.categories import ancestors
from caravan.catalog.queries.rows import pairs, select
from caravan.catalog.rules import Pairs
from caravan.kernel.markets import LANGUAGES
from caravan.kernel.money import Money


@dataclass(frozen=True, slots=True)
class SearchFact:
    """A product for indexing. Texts by language, the seller's own first; `attributes` and what its variants offer together.

    `category_path` and the names are from the root down. `is_listed`: on sale; otherwise the index should forget it.
    """

    id: UUID
    store_id: UUID
    is_listed: bool
    category_path: tuple[str, ...]
    category_names: Mapping[str, tuple[str, ...]]
    titles: Mapping[str, str]
    descriptions: Mapping[str, str]
    brand: str
    attributes: Pairs
    price: Money
    in_stock: bool
    published_at: datetime


_FACTS = """
SELECT p.id, p.store_id, p.status, c.path, v.language, v.title, v.description, p.brand, v.attributes, p.price_minor, p.currency,
       COALESCE(p.published_at, p.created_at), offer.options, COALESCE(offer.in_stock, false), told.texts
FROM catalog_product p
JOIN catalog_version v ON v.id = p.version_id
JOIN catalog_category c ON c.id = p.category_id
LEFT JOIN LATERAL (
    SELECT jsonb_agg(o.options) AS options, bool_or(o.stock > 0) AS in_stock
    FROM catalog_variant o WHERE o.product_id = p.id AND o.is_active
) offer ON true
LEFT JOIN LATERAL (
    SELECT jsonb_agg(jsonb_build_array(t.language, t.title, t.description)) AS texts
    FROM catalog_translation t WHERE t.version_id = v.id
) told ON true
WHERE p.id = ANY(%s)
"""


def search_facts(product_ids: Iterable[UUID]) -> list[SearchFact]:
    """The facts of those products, in any state, in one statement."""
    return [_fact(row) for row in select(_FACTS, list(product_ids))]


def listed_ids(*, after: UUID | None = None, limit: int = 1000) -> list[UUID]:
    """Ids of all products on sale in order, from behind `after`: to rebuild an index."""
    query = "SELECT id FROM catalog_product WHERE status = 'active' AND id > %s ORDER BY id LIMIT %s"
    return [row[0] for row in select(query, after or UUID(int=0), limit)]


def _fact(row: tuple[Any, ...]) -> SearchFact:
    texts = [(row[4], row[5], row[6]), *json.decode(row[14] or "[]", type=tuple[tuple[str, str, str], ...])]
    options = json.decode(row[12] or "[]", type=tuple[Pairs, ...])
    return SearchFact(
        id=row[0],
        store_id=row[1],
        is_listed=row[2] == "active",
        category_path=tuple(row[3].split("/")),
        category_names={language: tuple(c.name for c in ancestors(row[3], language)) for language in LANGUAGES},
        titles={language: title for language, title, _ in reversed(texts)},
        descriptions={language: text for language, _, text in reversed(texts) if text},
        brand=row[7],
        attributes=tuple(dict.fromkeys((*pairs(row[8]), *(pair for of_one in options for pair in of_one)))),
        price=Money(row[9], row[10]),
        in_stock=row[13],
        published_at=row[11],
    )
