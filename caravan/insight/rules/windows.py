"""The spans of time a list looks at. Every span is half-open: its first instant belongs to it, its last does not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Period(StrEnum):
    """What a visitor chooses; the value stands in addresses."""

    DAY = "24h"
    WEEK = "7d"
    MONTH = "30d"


@dataclass(frozen=True, slots=True)
class Windows:
    """`[recent_from, until)` is the period itself, `[before_from, recent_from)` the one just before, `[long_from, until)` the
    longer memory that steadies it."""

    period: Period
    long_from: datetime
    before_from: datetime
    recent_from: datetime
    until: datetime


_DAYS = {Period.DAY: (1, 7), Period.WEEK: (7, 30), Period.MONTH: (30, 90)}
LONGEST = timedelta(days=max(long for _, long in _DAYS.values()))


def windows(period: Period, at: datetime) -> Windows:
    """The windows of `period` as of `at`: 1 day steadied by 7, 7 by 30, 30 by 90."""
    recent, long = (timedelta(days=d) for d in _DAYS[period])
    return Windows(period, at - long, at - 2 * recent, at - recent, at)
