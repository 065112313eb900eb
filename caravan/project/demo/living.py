"""A process that lives through the demo world's days, one after the other: pure simulation, and nothing of Django."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from caravan.kernel.rates import RateTable
from caravan.project.demo.world import Day, World

_days: Iterator[Day] = iter(())


def begin(seed: int, scale: float, ends_at: datetime, rates: RateTable, skip: int) -> None:
    """Open the world in this process, after its first `skip` days."""
    global _days
    _days = World(seed, scale, ends_at, rates).days(skip=skip)


def next_day() -> Day | None:
    """The next day, None after the last."""
    return next(_days, None)
