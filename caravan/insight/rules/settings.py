"""Every number of the insight rules, with the defaults of the house."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class InsightSettings:
    """Weights of the hot score, and how its parts are bounded, drawn towards the usual, shown and cut off.

    `growth_smoothing` and `prior_weight` are counts of buyers or ratings; `stars_prior` is what is taken for usual while
    nobody has rated anything.
    """

    recent_weight: float = 0.5
    long_weight: float = 0.2
    growth_weight: float = 0.2
    quality_weight: float = 0.1
    growth_smoothing: float = 5.0
    growth_bound: float = 1.0
    prior_weight: int = 20
    stars_prior: float = 4.0
    units_per_buyer: int = 2
    places: int = 100
    rising_from_buyers: int = 3
    few_buyers: int = 20
    band_floors: tuple[int, ...] = (1, 5, 10, 20, 50)


DEFAULTS = InsightSettings()
