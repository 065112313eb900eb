"""When stores are paid out, how much, and what becomes of a payout."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from caravan.kernel.money import Money

MINIMUM = Money(2_000, "EUR")  # less stays until the next day of payouts; in other currencies what it is worth that day
MOST_RESERVE_PERCENT = 50
LONGEST_RESERVE_DAYS = 180
_A_MONDAY = date(2024, 1, 1)


class Schedule(StrEnum):
    WEEKLY = "weekly"  # on Mondays
    BIWEEKLY = "biweekly"  # every other Monday, the same ones for all stores
    MONTHLY = "monthly"  # on the first


class Held(StrEnum):
    """Why a store is not paid out on its day."""

    NO_ACCOUNT = "no_account"
    OPERATOR = "operator"
    SUSPENDED = "suspended"
    MINIMUM = "minimum"


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a store on its day. `minimum` is in the currency of `available`."""

    destination: str
    hold_reason: str
    store_status: str
    available: Money
    minimum: Money


def payout_day(schedule: Schedule, today: date) -> date:
    """The newest day of payouts that is not after `today`."""
    if schedule == Schedule.MONTHLY:
        return today.replace(day=1)
    length = 14 if schedule == Schedule.BIWEEKLY else 7
    return today - timedelta(days=(today - _A_MONDAY).days % length)


def next_payout_day(schedule: Schedule, today: date) -> date:
    """The first day of payouts after `today`."""
    if schedule == Schedule.MONTHLY:
        return (today.replace(day=1) + timedelta(days=32)).replace(day=1)
    return payout_day(schedule, today) + timedelta(days=14 if schedule == Schedule.BIWEEKLY else 7)


def held(standing: Standing) -> Held | None:
    """Why nothing is paid out now, or None where all that is available is."""
    if standing.hold_reason:
        return Held.OPERATOR
    if standing.store_status == "suspended":
        return Held.SUSPENDED
    if not standing.destination:
        return Held.NO_ACCOUNT
    return Held.MINIMUM if standing.available < standing.minimum or not standing.available else None


def reserved(earned: Money, percent: int) -> Money:
    """The part of what an order earned that waits in the reserve, rounded down to the minor unit; of a loss nothing."""
    return Money(max(0, earned.minor) * percent // 100, earned.currency)


# A payout: what its provider says of it, against what we know. A bank may still return what had arrived; never the reverse.
PAYOUT_NEWS: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("waiting", "pending"): "sent",
        ("waiting", "paid"): "paid",
        ("waiting", "failed"): "failed",
        ("sent", "paid"): "paid",
        ("sent", "failed"): "failed",
        ("paid", "failed"): "failed",
    }
)


def payout_after(state: str, news: str) -> str | None:
    """The state of a payout after the provider's `news`, or None where it is old news."""
    return PAYOUT_NEWS.get((state, news))
