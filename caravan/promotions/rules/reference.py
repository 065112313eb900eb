"""The truth of discounts: what a price may be called lower than.

The reference price is the lowest price of the thirty days before a promotion begins (Directive 98/6/EC, Article 6a: the "Omnibus"
rule), list prices and offered ones alike, per variant and market. Only what is below it may be announced as a discount, and only
by as much. `docs/discounts.md` has it in prose.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from caravan.kernel.money import Money
from caravan.promotions.rules.past import PastPrice, within


@dataclass(frozen=True, slots=True)
class Truth:
    """How far back a price is compared, how old goods must be before a discount on them may be announced, and over how many
    days the badge of a lowest price looks."""

    days: int = 30
    least_days: int = 7
    badge_days: int = 90


TRUTH = Truth()


@dataclass(frozen=True, slots=True)
class Reference:
    """The lowest price goods had before a discount, and the last day it stood: from `since` until before `until`."""

    price: Money
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Announced:
    """What may be said of a price: that it `was` so much before, and is whole `percent` less. Below one percent it is 0."""

    was: Money
    percent: int


def reference(prices: Iterable[PastPrice], start: datetime, truth: Truth = TRUTH) -> Reference | None:
    """The reference price of a discount that starts at `start`; of two times at the same price, the later one.

    `prices` are those buyers of one market met (`past.met_in`). None for goods that were on sale for too short a time: nobody can
    say yet that anything is lower. Goods younger than thirty days are compared with all the days they had.
    """
    met = list(prices)
    since = min((past.asked_since for past in met if past.promotion_id is None), default=start)
    if start - since < timedelta(days=truth.least_days):
        return None
    lowest = min(
        within(met, start - timedelta(days=truth.days), start), key=lambda past: (past.price.minor, -past.since.timestamp())
    )
    return Reference(lowest.price, lowest.since, lowest.until or start)


def is_borne(price: Money, reference: Reference | None) -> bool:
    """Whether goods may be announced as cheaper at `price`."""
    return reference is not None and price < reference.price


def announced(price: Money, list_price: Money, reference: Reference | None) -> Announced | None:
    """What may be said of `price` beside the list price: crossed out is the reference price, never a higher one than the list's,
    and the percentage is computed from it, rounded down. None: nothing may."""
    if reference is None or not is_borne(price, reference) or price >= list_price:
        return None
    was = min(reference.price, list_price)
    return Announced(was, (was.minor - price.minor) * 100 // was.minor)


def is_lowest(price: Money, prices: Iterable[PastPrice], at: datetime, days: int = TRUTH.badge_days) -> bool:
    """Whether `price`, of now, is the lowest of the last `days`: they had a price for all of them, never a lower one, and
    sometimes a higher one."""
    met = list(prices)
    window = at - timedelta(days=days)
    if not any(past.asked_since <= window for past in met if past.promotion_id is None):
        return False
    seen = [past.price for past in within(met, window, at)]
    return bool(seen) and min(seen) >= price and max(seen) > price
