"""What goods cost before: list prices and what promotions offered, as buyers of one market met them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from caravan.kernel.money import Money


@dataclass(frozen=True, slots=True)
class PastPrice:
    """A price from `since` until before `until` (None: it stands). `market` empty: wherever there was no other.

    A list price, or where there is a `promotion_id` what that promotion offered. `met_since`: when the goods came on sale, where
    they had a list price before (None: they had not).
    """

    price: Money
    since: datetime
    until: datetime | None = None
    market: str = ""
    promotion_id: UUID | None = None
    met_since: datetime | None = None

    @property
    def asked_since(self) -> datetime:
        """When it was asked of anybody first."""
        return max(self.since, self.met_since) if self.met_since else self.since


def met_in(prices: Iterable[PastPrice], market: str) -> list[PastPrice]:
    """What buyers of `market` met, in order of time: its own prices where there were any, the general ones the rest of the time.

    So for the list prices, and so for each promotion's.
    """
    sources: dict[UUID | None, list[PastPrice]] = {}
    for past in prices:
        if past.market in ("", market):
            sources.setdefault(past.promotion_id, []).append(past)
    met: list[PastPrice] = []
    for of_one in sources.values():
        own = [past for past in of_one if market and past.market == market]
        met += own
        for general in (past for past in of_one if past not in own):
            met += _without(general, own)
    return sorted(met, key=lambda past: (past.since, past.price.minor))


def within(prices: Iterable[PastPrice], since: datetime, until: datetime) -> list[PastPrice]:
    """The parts of `prices` between the two instants; a price that stood no moment of it is left out."""
    cut = (replace(p, since=max(p.since, since), until=until if p.until is None else min(p.until, until)) for p in prices)
    return [p for p in cut if p.until is not None and p.since < p.until]


def _without(general: PastPrice, own: Sequence[PastPrice]) -> list[PastPrice]:
    """The times of a general price at which the market had none of its own."""
    rest, since = list[PastPrice](), general.since
    for other in sorted(own, key=lambda past: past.since):
        if general.until is not None and other.since >= general.until:
            break
        if other.since > since:
            rest.append(replace(general, since=since, until=other.since))
        if other.until is None:
            return rest
        since = max(since, other.until)
    if general.until is None or since < general.until:
        rest.append(replace(general, since=since))
    return rest
