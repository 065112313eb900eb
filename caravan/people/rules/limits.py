"""How much somebody may do: a token bucket, in the form of the generic cell rate algorithm (ITU-T I.371).

Instead of a level and when it was last filled, it keeps one instant: `full_at`, when the bucket will be full again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `burst` at once, refilled by `rate` a second."""

    rate: float
    burst: int

    def spent(self, full_at: datetime | None, cost: int, at: datetime) -> datetime | None:
        """The new `full_at` after spending `cost` at `at`, or None when there is not that much in the bucket."""
        after = max(full_at or at, at) + self.refill(cost)
        return after if after - at <= self.refill(self.burst) else None

    def retry_after(self, full_at: datetime, cost: int, at: datetime) -> int:
        """Whole seconds until `cost` can be spent, at least one."""
        wait = full_at + self.refill(cost) - self.refill(self.burst) - at
        return max(1, -int(-wait.total_seconds() // 1))

    def refill(self, amount: int) -> timedelta:
        """How long the bucket takes to gain `amount`."""
        return timedelta(seconds=amount / self.rate)


def per_minute(amount: int) -> Limit:
    """So many at once, and as many again over each minute."""
    return Limit(amount / 60, amount)


def per_hour(amount: int) -> Limit:
    """So many at once, and as many again over each hour."""
    return Limit(amount / 3600, amount)


CHECKOUTS = per_hour(60)  # of one account or network, on pages and in the API together
PAYMENTS = per_hour(30)  # the same; a thief with a list of card numbers needs many more
CLAIMS = per_minute(60)  # the same: coupons collected, pieces held
CODES = per_hour(20)  # typed in by one account
CODES_OF_NETWORK = per_hour(60)  # by all accounts of one network address: a guesser makes himself many accounts
