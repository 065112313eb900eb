"""A store's credit: everything buyers read about its standing, from its ratings alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from caravan.reputation.rules.detailed import CategoryMeans, DetailedRating, detailed_rating
from caravan.reputation.rules.histogram import Histogram
from caravan.reputation.rules.points import Rating, verdicts
from caravan.reputation.rules.rates import positive_rate, wilson_low
from caravan.reputation.rules.settings import DEFAULTS, ReputationSettings
from caravan.reputation.rules.symbols import Symbol, symbol


@dataclass(frozen=True, slots=True)
class StoreCredit:
    """`points` and `histogram` are of the store's lifetime, the rest of the last 182 days; rates in 0..1."""

    points: int
    symbol: Symbol | None
    positive: int
    neutral: int
    negative: int
    positive_rate: float | None
    positive_rate_low: float | None
    described: DetailedRating
    communication: DetailedRating
    shipping: DetailedRating
    histogram: Histogram


def store_credit(
    ratings: Iterable[Rating], *, at: datetime, usual: CategoryMeans, settings: ReputationSettings = DEFAULTS
) -> StoreCredit:
    """The credit of the store all `ratings` are of, as it stood at `at`; ratings from `at` on do not exist yet."""
    known = [r for r in ratings if r.at < at]
    since = at - settings.rate_window
    judged = verdicts(known, settings)
    points = sum(v.point for v in judged)
    recent = [v.point for v in judged if v.at >= since]
    positive, neutral, negative = recent.count(1), recent.count(0), recent.count(-1)
    detailed = [r for r in known if r.scored and r.at >= since]
    return StoreCredit(
        points=points,
        symbol=symbol(points, settings),
        positive=positive,
        neutral=neutral,
        negative=negative,
        positive_rate=positive_rate(positive, negative),
        positive_rate_low=wilson_low(positive, positive + negative, settings),
        described=detailed_rating((r.described for r in detailed), usual.described),
        communication=detailed_rating((r.communication for r in detailed), usual.communication),
        shipping=detailed_rating((r.shipping for r in detailed), usual.shipping),
        histogram=Histogram.of(r.stars for r in known),
    )
