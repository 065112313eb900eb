"""What a store gives back by itself when a parcel comes after the last day it promised."""

from __future__ import annotations

from caravan.kernel.money import Money

MOST_PERCENT = 50


def on_time_promise(items: Money, percent: int) -> Money:
    """`percent` of what the items cost, rounded half up; frozen in the order when it is placed."""
    return Money((items.minor * percent * 2 + 100) // 200, items.currency)
