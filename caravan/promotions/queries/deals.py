"""All limited-time deals that are on, ending soonest first: what the page of deals lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from caravan.kernel.errors import BadRequest

A_PAGE = 48
# Open to everybody, delivered to the market, with pieces left where they are counted. A product is listed by its first to end.
_LIVE = """
SELECT g.product_id, min(p.until) AS until
FROM promotions_promotion p
JOIN promotions_promotiongoods g ON g.promotion_id = p.id
JOIN catalog_product c ON c.id = g.product_id AND c.status = 'active'
JOIN stores_store s ON s.id = c.store_id AND s.status = 'open' AND (s.ships_to = '{}' OR %(market)s = ANY(s.ships_to))
WHERE p.kind = 'limited' AND p.state = 'on' AND p.until > %(at)s AND p.since <= %(at)s AND p.audience = 'everyone'
  AND p.exhausted_at IS NULL
  AND (p.markets = '{}' OR %(market)s = ANY(p.markets))
  AND (g.quantity IS NULL OR EXISTS (SELECT FROM promotions_bucket b WHERE b.subject_id = g.id AND b."left" > 0))
GROUP BY g.product_id
"""
_PAGE = f"""
WITH live AS ({_LIVE})
SELECT live.product_id, live.until FROM live
JOIN catalog_product c ON c.id = live.product_id JOIN catalog_category k ON k.id = c.category_id
WHERE (%(category)s = '' OR k.path = %(category)s OR k.path LIKE %(below)s)
  AND (%(until)s::timestamptz IS NULL OR (live.until, live.product_id) > (%(until)s::timestamptz, %(after)s::uuid))
ORDER BY live.until, live.product_id LIMIT %(limit)s
"""  # noqa: S608 - a constant of this module
_COUNTS = f"""
WITH live AS ({_LIVE})
SELECT split_part(k.path, '/', 1) AS root, count(*)::int FROM live
JOIN catalog_product c ON c.id = live.product_id JOIN catalog_category k ON k.id = c.category_id
GROUP BY root ORDER BY count(*) DESC, root
"""  # noqa: S608 - a constant of this module
_STOCK = """
SELECT g.id, g.quantity, (SELECT coalesce(sum(b."left"), 0)::int FROM promotions_bucket b WHERE b.subject_id = g.id)
FROM promotions_promotiongoods g WHERE g.id = ANY(%s) AND g.quantity IS NOT NULL
"""


@dataclass(frozen=True, slots=True)
class DealPage:
    """`product_ids` in the order of their ends."""

    product_ids: tuple[UUID, ...]
    next_cursor: str


@dataclass(frozen=True, slots=True)
class Pieces:
    """Of a limited deal on a product: `left` of `of`."""

    left: int
    of: int


def live_deals(market: str, at: datetime, *, category: str = "", cursor: str = "", limit: int = A_PAGE) -> DealPage:
    """The products with a deal in `market` (ISO country), of a category (path) and below. One statement.

    Raises BadRequest for a cursor that is none.
    """
    until, after = _read(cursor) if cursor else (None, None)
    asked: dict[str, Any] = {
        "market": market,
        "at": at,
        "category": category,
        "below": f"{category}/%",
        "until": until,
        "after": after,
    }
    with connection.cursor() as found:
        found.execute(_PAGE, asked | {"limit": limit + 1})
        rows: list[tuple[UUID, datetime]] = found.fetchall()
    more = len(rows) > limit
    return DealPage(tuple(id for id, _ in rows[:limit]), _cursor(*rows[limit - 1]) if more else "")


def deal_categories(market: str, at: datetime) -> list[tuple[str, int]]:
    """The departments (paths) with deals, and how many products have one, most first."""
    with connection.cursor() as found:
        found.execute(_COUNTS, {"market": market, "at": at})
        return list(found.fetchall())


def pieces_of(deal_ids: Sequence[UUID]) -> dict[UUID, Pieces]:
    """What is left of these deals, by their ids; those without a number of pieces are not among them."""
    with connection.cursor() as found:
        found.execute(_STOCK, [list(deal_ids)])
        return {deal_id: Pieces(left, of) for deal_id, of, left in found.fetchall()}


def _cursor(product_id: UUID, until: datetime) -> str:
    return f"{until.isoformat()}~{product_id}"


def _read(cursor: str) -> tuple[datetime, UUID]:
    until, _tilde, product_id = cursor.partition("~")
    try:
        return datetime.fromisoformat(until), UUID(product_id)
    except ValueError as e:
        raise BadRequest("deals.cursor", _("This link does not belong to this list. Start again from its first page.")) from e
