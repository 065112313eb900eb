"""Who may do how much. One statement a spend; what is spent survives no crash of the server, and need not (UNLOGGED)."""

from __future__ import annotations

import threading
from datetime import datetime

from django.db import connection

from caravan.kernel.errors import RateLimited
from caravan.people.rules.limits import Limit

_SPEND = """
INSERT INTO people_ratelimit AS held (key, full_at)
VALUES (%(key)s, %(at)s::timestamptz + make_interval(secs => %(cost)s))
ON CONFLICT (key) DO UPDATE
SET full_at = greatest(held.full_at, %(at)s::timestamptz) + make_interval(secs => %(cost)s)
WHERE greatest(held.full_at, %(at)s::timestamptz) + make_interval(secs => %(cost)s)
      <= %(at)s::timestamptz + make_interval(secs => %(burst)s)
RETURNING full_at
"""
_MOST_LOCAL = 50_000


def spend(*, key: str, cost: int = 1, per: Limit, at: datetime) -> None:
    """Take `cost` from the bucket `key` (say "sign-in:203.0.113.7"), the same for all processes. Raises RateLimited.

    Call it before the transaction of the action it guards: inside, a rollback would give the tokens back, and the row
    stays locked until the end.
    """
    if cost > per.burst:
        raise ValueError(f"a cost of {cost} can never be paid from a bucket of {per.burst}")
    with connection.cursor() as cursor:
        seconds = {"cost": per.refill(cost).total_seconds(), "burst": per.refill(per.burst).total_seconds()}
        cursor.execute(_SPEND, {"key": key, "at": at, **seconds})
        if cursor.fetchone() is None:
            cursor.execute("SELECT full_at FROM people_ratelimit WHERE key = %s", [key])
            held = cursor.fetchone()
            raise RateLimited(per.retry_after(held[0], cost, at) if held else 1)


def spend_here(*, key: str, cost: int = 1, per: Limit, at: datetime) -> None:
    """The same within this process only, without the database: for hot reads, where N workers may allow N times as much."""
    with _lock:
        full_at = _local.get(key)
        spent = per.spent(full_at, cost, at)
        if spent is None:
            assert full_at is not None
            raise RateLimited(per.retry_after(full_at, cost, at))
        if len(_local) >= _MOST_LOCAL:
            _forget_local(at)
        _local[key] = spent


def forget(*, at: datetime) -> int:
    """Drop the buckets that are full again: they say nothing. Returns how many."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM people_ratelimit WHERE full_at < %s", [at])
        return int(cursor.rowcount)


def forget_here() -> None:
    """Drop every bucket of this process, for a clock that is set back."""
    with _lock:
        _local.clear()


_local: dict[str, datetime] = {}
_lock = threading.Lock()


def _forget_local(at: datetime) -> None:
    for key in [key for key, full_at in _local.items() if full_at <= at]:
        del _local[key]
    if len(_local) >= _MOST_LOCAL:
        _local.clear()
