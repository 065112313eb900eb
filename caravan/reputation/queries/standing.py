"""The read models: what a store's credit and a product's rating are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from caravan.reputation.rules import Comparison, Histogram, Symbol, compared, symbol


@dataclass(frozen=True, slots=True)
class CreditRow:
    """A store's credit; rates in 0..1, detailed ratings 1..5 with their place against the main category, windows 182 days."""

    store_id: UUID
    points: int
    symbol: Symbol | None
    positive: int
    neutral: int
    negative: int
    positive_rate: float | None
    positive_rate_low: float | None
    described: float | None
    communication: float | None
    shipping: float | None
    described_against: Comparison | None
    communication_against: Comparison | None
    shipping_against: Comparison | None
    detailed_ratings: int
    main_category_path: str
    refreshed_at: datetime | None


@dataclass(frozen=True, slots=True)
class RatingRow:
    ratings: int
    mean: float | None
    bayesian: float | None
    histogram: Histogram
    refreshed_at: datetime | None


CREDITS = """
SELECT s.store_id, s.points, s.positive, s.neutral, s.negative, s.positive_rate, s.positive_rate_low, s.described,
       s.communication, s.shipping, s.detailed_ratings, coalesce(c.path, ''), s.refreshed_at,
       m.described, m.communication, m.shipping
FROM reputation_storecredit s
LEFT JOIN catalog_category c ON c.id = s.main_category_id
LEFT JOIN reputation_categorymean m ON m.category_id = s.main_category_id
WHERE s.store_id = ANY(%s)
"""


def credits_of(store_ids: Iterable[UUID]) -> dict[UUID, CreditRow]:
    """Credit by store, in one statement; a store nobody rated has a row of zeros."""
    wanted = list(dict.fromkeys(store_ids))
    with connection.cursor() as cursor:
        cursor.execute(CREDITS, [wanted])
        found = {r[0]: _credit(r) for r in cursor.fetchall()}
    return {store_id: found.get(store_id) or _blank(store_id) for store_id in wanted}


def credit_of(store_id: UUID) -> CreditRow:
    return credits_of([store_id])[store_id]


def _credit(r: tuple[Any, ...]) -> CreditRow:
    return CreditRow(
        store_id=r[0],
        points=r[1],
        symbol=symbol(r[1]),
        positive=r[2],
        neutral=r[3],
        negative=r[4],
        positive_rate=r[5],
        positive_rate_low=r[6],
        described=r[7],
        communication=r[8],
        shipping=r[9],
        described_against=_against(r[7], r[13]),
        communication_against=_against(r[8], r[14]),
        shipping_against=_against(r[9], r[15]),
        detailed_ratings=r[10],
        main_category_path=r[11],
        refreshed_at=r[12],
    )


def _against(mean: float | None, usual: float | None) -> Comparison | None:
    return compared(mean, usual) if mean and usual else None


def _blank(store_id: UUID) -> CreditRow:
    return CreditRow(store_id, 0, None, 0, 0, 0, None, None, None, None, None, None, None, None, 0, "", None)
