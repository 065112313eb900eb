"""The history of a price as a chart draws it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from caravan.kernel.money import Money
from caravan.promotions.rules.past import PastPrice, within


@dataclass(frozen=True, slots=True)
class PriceStep:
    """From `since` until before `until` the list price was `listed`, and the lowest a promotion offered was `offered`."""

    since: datetime
    until: datetime
    listed: Money | None
    offered: Money | None

    @property
    def lowest(self) -> Money:
        """What was to be paid."""
        found = [price for price in (self.listed, self.offered) if price is not None]
        return min(found)


def steps(prices: Iterable[PastPrice], since: datetime, until: datetime) -> list[PriceStep]:
    """The prices buyers of one market met (`past.met_in`), between the two instants, from change to change."""
    met = within(prices, since, until)
    instants = sorted({p.since for p in met} | {p.until for p in met if p.until})
    found: list[PriceStep] = []
    for begin, end in pairwise(instants):
        there = [p for p in met if p.since <= begin and (p.until is None or p.until > begin)]
        listed = [p.price for p in there if p.promotion_id is None]
        offered = [p.price for p in there if p.promotion_id is not None]
        if not there:
            continue
        step = PriceStep(begin, end, min(listed, default=None), min(offered, default=None))
        if found and found[-1].until == begin and (found[-1].listed, found[-1].offered) == (step.listed, step.offered):
            step = PriceStep(found.pop().since, end, step.listed, step.offered)
        found.append(step)
    return found
