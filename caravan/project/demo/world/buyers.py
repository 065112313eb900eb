from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from caravan.kernel.copying import record_id
from caravan.people.rules.history import PastBuyer
from caravan.project.demo.content.places import DemoMarket
from caravan.project.demo.world.shops import SOURCE

ALREADY_THERE = 0.65  # of the buyers, when the world begins


@dataclass(slots=True)
class Crowd:
    """The buyers of a market, in the order they joined. Who has been there longer comes more often."""

    market: DemoMarket
    ids: list[UUID] = field(default_factory=list)
    visitors: list[UUID] = field(default_factory=list)
    joined: list[float] = field(default_factory=list)  # seconds since the epoch

    def someone(self, at: float, rng: Random) -> int | None:
        """The index of one who has joined by then."""
        there = bisect_right(self.joined, at)
        return int(there * rng.random() ** 1.7) if there else None

    def records(self, rng: Random, at: datetime) -> Iterator[PastBuyer]:
        for n, (buyer_id, joined) in enumerate(zip(self.ids, self.joined, strict=True), start=1):
            yield PastBuyer(
                id=buyer_id,
                source=SOURCE,
                ref=f"{self.market.code}-{n}",
                name=self.market.name(rng),
                country=self.market.code,
                created_at=datetime.fromtimestamp(joined, at.tzinfo),
            )


def crowd(market: DemoMarket, number: int, begins_at: datetime, ends_at: datetime, rng: Random) -> Crowd:
    made = Crowd(market)
    long_ago, begin, end = ((begins_at - timedelta(days=420)).timestamp(), begins_at.timestamp(), ends_at.timestamp())
    spans = ((long_ago, begin) if rng.random() < ALREADY_THERE else (begin, end - 86_400) for _ in range(number))
    made.joined = sorted(float(int(rng.uniform(*span))) for span in spans)
    made.ids = [record_id(SOURCE, "buyer", market.code, str(n)) for n in range(1, number + 1)]
    made.visitors = [record_id(SOURCE, "visitor", market.code, str(n)) for n in range(1, number + 1)]
    return made
