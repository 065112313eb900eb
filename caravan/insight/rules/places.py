"""A place in a list, and the figures that put it there."""

from __future__ import annotations

from dataclasses import dataclass
from math import log
from uuid import UUID

from caravan.insight.rules.settings import DEFAULTS, InsightSettings
from caravan.insight.rules.windows import Period


@dataclass(frozen=True, slots=True)
class PlaceFigures:
    """Why something stands where it does. Windows: `rules.windows`; buyers are distinct.

    `buyers` people bought in the period; `recent`, `before` and `long` are buyers of the three windows, each weighed by trust
    (0..1). `units` counts at most two of a product a buyer. `paid_eur_minor` is in euro cents. `refunded_units` of the
    period are left out of everything else. `kept` of `paid` buyers of the long window kept something. `stars` is the
    Bayesian mean of `ratings` ratings.
    """

    buyers: int
    recent: float
    before: float
    long: float
    growth: float
    quality: float
    rise: float
    units: int
    paid_eur_minor: int
    refunded_units: int
    kept: int
    paid: int
    stars: float
    ratings: int

    @property
    def hides_nobody(self) -> bool:
        """Whether score and growth may be told, since no band could be worked out of them: as many buyers as are told in figures
        now, and before, or nobody then."""
        few = DEFAULTS.few_buyers
        return self.buyers >= few and (not self.before or self.before >= few)


@dataclass(frozen=True, slots=True)
class Cell:
    """Which list: a category path ("" for all goods), a market ("" for all) and a period."""

    category: str
    market: str
    period: Period


@dataclass(frozen=True, slots=True)
class Place:
    """`rank` counts from 1. `score` is the hot score, or for rising lists the rise."""

    rank: int
    subject_id: UUID
    score: float
    figures: PlaceFigures


@dataclass(frozen=True, slots=True)
class ScoreParts:
    """What each part adds to the hot score; together they are the score."""

    recent: float
    long: float
    growth: float
    quality: float


def score_parts(figures: PlaceFigures, settings: InsightSettings = DEFAULTS) -> ScoreParts:
    """The hot score taken apart, for the explanation of a place."""
    return ScoreParts(
        recent=log(1 + figures.recent) * settings.recent_weight,
        long=log(1 + figures.long) * settings.long_weight,
        growth=figures.growth * settings.growth_weight,
        quality=figures.quality * settings.quality_weight,
    )
