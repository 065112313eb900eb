"""When people of a market come: their evenings and weekends, on their own clock."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate
from random import Random
from zoneinfo import ZoneInfo

# Visits by local hour, midnight first.
_HOURS = (14, 7, 4, 3, 3, 5, 10, 18, 27, 33, 37, 40, 45, 43, 40, 39, 41, 46, 54, 63, 72, 74, 58, 32)
_BY_HOUR = tuple(accumulate(_HOURS))


def instants(day: date, zone: ZoneInfo, number: int, rng: Random) -> Iterator[float]:
    """`number` instants of that local day, in seconds since the epoch."""
    midnight = datetime.combine(day, time(), zone).astimezone(UTC).timestamp()
    for hour in rng.choices(range(24), cum_weights=_BY_HOUR, k=number):
        yield midnight + hour * 3600 + int(rng.random() * 3600)


def days_between(begins_at: datetime, ends_at: datetime) -> list[date]:
    """The calendar days that some market lives through in between."""
    first, last = begins_at.date() - timedelta(days=1), ends_at.date() + timedelta(days=1)
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
