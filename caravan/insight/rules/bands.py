"""What may be shown of a figure that few people stand behind."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from caravan.insight.rules.settings import DEFAULTS, InsightSettings


@dataclass(frozen=True, slots=True)
class Shown:
    """A count as it may be shown: exactly (`low == high`), as a band, or from `low` upwards (`high` None)."""

    low: int
    high: int | None

    @property
    def exact(self) -> bool:
        return self.low == self.high

    def __str__(self) -> str:
        if self.exact:
            return str(self.low)
        return f"{self.low}+" if self.high is None else f"{self.low}-{self.high}"


def shown(value: int, *, buyers: int, settings: InsightSettings = DEFAULTS) -> Shown:
    """`value` itself where 20 buyers or more stand behind it, or where it is 0; else 1-4, 5-9, 10-19, 20-49 or 50+."""
    if buyers >= settings.few_buyers or value <= 0:
        return Shown(value, value)
    floors = settings.band_floors
    place = bisect_right(floors, value)
    return Shown(floors[place - 1], floors[place] - 1 if place < len(floors) else None)


def amount_shown(minor: int, *, buyers: int, settings: InsightSettings = DEFAULTS) -> int | None:
    """An amount of money, or None (withheld) where fewer than 20 buyers stand behind it."""
    return minor if buyers >= settings.few_buyers else None
