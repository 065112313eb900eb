"""Published lists, as pages and API read them: one row each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Literal, get_args
from uuid import UUID

import msgspec
from django.db import connection

from caravan.insight.rules import DEFAULTS, Cell, Period, Place, PlaceFigures, Windows, windows

Kind = Literal["products", "stores", "rising_products", "rising_stores"]
KINDS: tuple[Kind, ...] = get_args(Kind)

_Stored = tuple[
    tuple[UUID, float, tuple[int, float, float, float, float, float, float, int, int, int, int, int, float, int]], ...
]
_decode = msgspec.json.Decoder(_Stored).decode


@dataclass(frozen=True, slots=True)
class RankingPage:
    """Some places of a list. `windows` and `refreshed_at` are None before the first refresh; `next` is the rank to go on from."""

    kind: Kind
    cell: Cell
    places: tuple[Place, ...]
    total: int
    windows: Windows | None
    refreshed_at: datetime | None
    next: int | None


LIST = """
SELECT s.as_of, s.refreshed_at, r.places FROM insight_refresh s
LEFT JOIN insight_ranking r ON r.kind = %s AND r.category_path = %s AND r.market = %s AND r.period = %s
WHERE s.id = 1
"""


def ranking(kind: Kind, *, category: str = "", market: str = "", period: Period, limit: int = 20, after: int = 0) -> RankingPage:
    """The places after rank `after` of one list; an empty page where nobody bought anything there."""
    with connection.cursor() as cursor:
        cursor.execute(LIST, [kind, category, market, period.value])
        as_of, refreshed_at, stored = cursor.fetchone() or (None, None, None)
    listed = _places(stored) if stored else ()
    return RankingPage(
        kind=kind,
        cell=Cell(category, market, period),
        places=listed[after : after + limit],
        total=len(listed),
        windows=windows(period, as_of) if as_of else None,
        refreshed_at=refreshed_at,
        next=after + limit if after + limit < len(listed) else None,
    )


@lru_cache(maxsize=256)
def _places(stored: str) -> tuple[Place, ...]:
    """All of a list. Never stale: what is stored is the key."""
    return tuple(
        Place(rank, subject_id, score, PlaceFigures(*figures))
        for rank, (subject_id, score, figures) in enumerate(_decode(stored), start=1)
    )


MARKETS = """
SELECT DISTINCT market FROM insight_ranking
WHERE kind = %s AND category_path = %s AND period = %s AND market <> '' ORDER BY market
"""


def markets_listed(kind: Kind, *, category: str = "", period: Period) -> list[str]:
    """The countries there is such a list for."""
    with connection.cursor() as cursor:
        cursor.execute(MARKETS, [kind, category, period.value])
        return [row[0] for row in cursor.fetchall()]


def place_of(kind: Kind, subject_id: UUID, *, category: str = "", market: str = "", period: Period) -> Place | None:
    """Where something stands in one list; None where it does not."""
    page = ranking(kind, category=category, market=market, period=period, limit=DEFAULTS.places)
    return next((place for place in page.places if place.subject_id == subject_id), None)


SHELF = """
SELECT c.path FROM catalog_product p JOIN catalog_category c ON c.id = p.category_id
WHERE p.store_id = %(store)s AND p.status = 'active' GROUP BY c.path ORDER BY count(*) DESC, c.path LIMIT %(limit)s
"""


def shelf_of_store(store_id: UUID, *, limit: int = 12) -> list[str]:
    """The categories (paths) the store has goods in, those with most first."""
    with connection.cursor() as cursor:
        cursor.execute(SHELF, {"store": store_id, "limit": limit})
        return [row[0] for row in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class StorePlace:
    """One of a store's goods, and where it stands in a list of `total` places."""

    kind: Kind
    cell: Cell
    place: Place
    total: int


PLACES = f"""
WITH shelf AS ({SHELF}), node AS (
    SELECT DISTINCT array_to_string((string_to_array(path, '/'))[:n], '/') AS path
    FROM shelf, generate_series(0, cardinality(string_to_array(path, '/'))) n
)
SELECT r.kind, r.category_path, r.places FROM insight_ranking r JOIN node ON node.path = r.category_path
WHERE r.kind IN ('products', 'rising_products') AND r.market = %(market)s AND r.period = %(period)s
"""  # noqa: S608 - constants of this module
MINE = "SELECT id FROM catalog_product WHERE store_id = %s AND id = ANY(%s)"


def places_of_store(store_id: UUID, *, market: str = "", period: Period, limit: int = 50) -> list[StorePlace]:
    """Where the store's goods stand in the lists of its own categories and of those above them, the best places first."""
    with connection.cursor() as cursor:
        cursor.execute(PLACES, {"store": store_id, "market": market, "period": period.value, "limit": 200})
        lists = [(kind, category, _decode(places)) for kind, category, places in cursor.fetchall()]
        cursor.execute(MINE, [store_id, list({listed[0] for _, _, listing in lists for listed in listing})])
        mine = {row[0] for row in cursor.fetchall()}
    found = [
        StorePlace(kind, Cell(category, market, period), Place(rank, id, score, PlaceFigures(*figures)), len(listing))
        for kind, category, listing in lists
        for rank, (id, score, figures) in enumerate(listing, start=1)
        if id in mine
    ]
    return sorted(found, key=lambda one: (one.place.rank, -one.total, one.cell.category, one.kind))[:limit]


def last_refresh() -> tuple[datetime | None, datetime | None]:
    """(as of, refreshed at) of everything published."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT as_of, refreshed_at FROM insight_refresh WHERE id = 1")
        return cursor.fetchone() or (None, None)
