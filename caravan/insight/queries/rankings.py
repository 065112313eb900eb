"""Published lists, as pages and API read them: one row each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args
from uuid import UUID

import msgspec
from django.db import connection

from caravan.insight.models import Refresh
from caravan.insight.rules import Cell, Period, Place, PlaceFigures, Windows, windows

Kind = Literal["products", "stores", "rising_products", "rising_stores"]
KINDS: tuple[Kind, ...] = get_args(Kind)

_Stored = list[tuple[UUID, float, tuple[int, float, float, float, float, float, float, int, int, int, int, int, float, int]]]
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
    listed = _decode(stored) if stored else []
    chosen = listed[after : after + limit]
    return RankingPage(
        kind=kind,
        cell=Cell(category, market, period),
        places=tuple(
            Place(after + n, subject_id, score, PlaceFigures(*figures))
            for n, (subject_id, score, figures) in enumerate(chosen, start=1)
        ),
        total=len(listed),
        windows=windows(period, as_of) if as_of else None,
        refreshed_at=refreshed_at,
        next=after + limit if after + limit < len(listed) else None,
    )


def last_refresh() -> tuple[datetime | None, datetime | None]:
    """(as of, refreshed at) of everything published."""
    row = Refresh.objects.filter(pk=1).first()
    return (row.as_of, row.refreshed_at) if row else (None, None)
