"""Buyers say what they think of what arrived; stores answer, some of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random

from caravan.kernel.copying import record_id
from caravan.kernel.money import Money
from caravan.kernel.rates import RateTable
from caravan.project.demo.content.opinions import answer, review
from caravan.project.demo.world.shops import SOURCE
from caravan.project.demo.world.trading import DAY, Sale, Trip
from caravan.project.demo.world.visits import Wanted
from caravan.reputation.rules.history import PastFeedback
from caravan.trade.rules.history import PastLine

SPEAK, WRITE = 0.74, 0.68  # of the received lines are rated; of those, with words
MISHAPS = 0.018  # something goes wrong in the best of stores


@dataclass(frozen=True, slots=True)
class Voices:
    """What is said up to `ends_at` of what was bought. An order's worth is told in dollars by `rates`."""

    rates: RateTable
    ends_at: datetime

    def feedback(self, sale: Sale, rng: Random) -> Iterator[PastFeedback]:
        if sale.trip.received is None:
            return
        order, ends = sale.order, self.ends_at.timestamp()
        euros = sum(line.eur_minor for line in order.lines) + order.shipping_eur_minor
        dollars = self.rates.convert(Money(euros, "EUR"), "USD").minor
        for line, wanted in zip(order.lines, sale.wanted, strict=True):
            said = sale.trip.received + rng.random() ** 2 * 14 * DAY + 600
            if rng.random() < SPEAK and said < ends:
                yield self._one(sale, line, wanted, said, dollars, rng)

    def _one(self, sale: Sale, line: PastLine, wanted: Wanted, said: float, dollars: int, rng: Random) -> PastFeedback:
        order, trip, trader = sale.order, sale.trip, wanted.item.shop.trader
        stars = _stars(1.6 + 3.6 * wanted.item.quality - (0.7 if trip.late else 0.0), 0.75, rng)
        if rng.random() < MISHAPS:
            stars = rng.choice((1, 1, 2, 3))
        answered = said + (0.1 + 3 * rng.random()) * DAY
        replies = rng.random() < 0.34 * trader.quality and answered < self.ends_at.timestamp()
        detailed = rng.random() < 0.85
        return PastFeedback(
            id=record_id(SOURCE, "feedback", str(line.id)),
            line_id=line.id,
            order_id=order.id,
            store_id=order.store_id,
            buyer_id=order.buyer_id,
            product_id=line.product_id,
            version_id=line.version_id,
            market=order.market,
            stars=stars,
            created_at=_instant(said),
            language=order.language,
            text=review(order.language, stars, trip.days, trip.late, rng) if rng.random() < WRITE else "",
            described=_stars(1.7 + 3.5 * wanted.item.quality, 0.5, rng) if detailed else None,
            communication=_stars(2.0 + 3.0 * trader.quality, 0.5, rng) if detailed else None,
            shipping=_punctual(trip, trader.speed, rng) if detailed else None,
            reply=answer(order.language, stars, rng) if replies else "",
            replied_at=_instant(answered) if replies else None,
            order_usd_minor=dollars,
        )


def _stars(mean: float, spread: float, rng: Random) -> int:
    return max(1, min(5, round(rng.gauss(mean, spread))))


def _punctual(trip: Trip, speed: float, rng: Random) -> int:
    return _stars(2.2 if trip.late else 3.2 + 1.7 * speed, 0.5, rng)


def _instant(seconds: float) -> datetime:
    return datetime.fromtimestamp(int(seconds), UTC)
