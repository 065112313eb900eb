"""Detailed seller ratings: three means of six months, each beside what is usual in the store's main category."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import floor
from typing import Literal


@dataclass(frozen=True, slots=True)
class CategoryMeans:
    """What is usual in a category, each in 1..5; None where nobody has rated that yet."""

    stars: float | None = None
    described: float | None = None
    communication: float | None = None
    shipping: float | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """`percent` is never negative: a store stands 12% above, 3% below, or the same."""

    percent: int
    standing: Literal["above", "same", "below"]


@dataclass(frozen=True, slots=True)
class DetailedRating:
    """`mean` in 1..5 of `count` ratings; None of both while there are none."""

    mean: float | None
    count: int
    against_category: Comparison | None


def detailed_rating(ratings: Iterable[int | None], usual: float | None) -> DetailedRating:
    """The mean of the ratings given (None: left blank) and where it stands against `usual`."""
    given = [r for r in ratings if r is not None]
    if not given:
        return DetailedRating(None, 0, None)
    mean = sum(given) / len(given)
    return DetailedRating(mean, len(given), compared(mean, usual) if usual else None)


def compared(mean: float, usual: float) -> Comparison:
    """`mean / usual - 1` in whole per cent, rounded half up by size: 4.48 against 4.00 is 12% above."""
    difference = mean / usual - 1
    percent = floor(abs(difference) * 100 + 0.5)
    if not percent:
        return Comparison(0, "same")
    return Comparison(percent, "above" if difference > 0 else "below")
