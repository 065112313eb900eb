"""When people want what: the year at a latitude, holidays, fashions that rise and fade."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

from caravan.project.demo.content.catalogue import Season

YEAR = 365.25
# Days of the year when demand is highest in the north: shopping comes a little before the weather.
_PEAK = {"winter": 345, "summer": 165}
_SWING = 1.9  # the logarithm of how much more is wanted at the peak than half-way, far from the equator
_FULL_SWING_LATITUDE = 45.0

# (month, day), how many days before it people buy presents, how much more of them.
_HOLIDAYS = (((2, 14), 12, 0.6), ((3, 8), 12, 0.5), ((5, 10), 12, 0.4), ((12, 25), 35, 1.3))
_SALES = (((11, 11), 0.6), ((11, 27), 0.5), ((12, 12), 0.3))  # shopping festivals, when everybody comes


def demand(season: Season, latitude: float, day: date) -> float:
    """How much more (above 1) or less (below 1) goods of that season are wanted there on that day than on an average one."""
    if season == "steady":
        return 1.0
    if season == "gift":
        return 1.0 + sum(more for (month, d), ahead, more in _HOLIDAYS if 0 <= (_next(month, d, day) - day).days <= ahead)
    turned = _PEAK[season] + (YEAR / 2 if latitude < 0 else 0)
    swing = _SWING * min(1.0, abs(latitude) / _FULL_SWING_LATITUDE)
    return math.exp(swing * math.cos(2 * math.pi * (day.timetuple().tm_yday - turned) / YEAR))


def traffic(day: date) -> float:
    """How many more visitors a day of the calendar has, its weekday included."""
    weekday = (1.0, 0.96, 0.97, 0.99, 1.02, 1.1, 1.16)[day.weekday()]
    return weekday * (1.0 + sum(more for (month, d), more in _SALES if (day.month, day.day) == (month, d)))


@dataclass(frozen=True, slots=True)
class Trend:
    """How wanted a product is as the days of the world go by: `times` as much at the end as at the start.

    The curve is logistic, half-way on day `middle`, `width` days for most of it.
    """

    times: float = 1.0
    middle: float = 0.0
    width: float = 1.0

    def on(self, day: float) -> float:
        if self.times == 1.0:
            return 1.0
        return 1.0 + (self.times - 1.0) / (1.0 + math.exp(-4.0 * (day - self.middle) / self.width))


def _next(month: int, d: int, day: date) -> date:
    this_year = date(day.year, month, d)
    return this_year if this_year >= day else date(day.year + 1, month, d)
