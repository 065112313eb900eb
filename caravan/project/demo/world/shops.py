from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from caravan.kernel.copying import record_id
from caravan.kernel.markets import Country, country
from caravan.project.demo.content.companies import company
from caravan.project.demo.content.traders import Trader
from caravan.stores.rules import slug_of
from caravan.stores.rules.history import PastStore

SOURCE = "demo"


@dataclass(frozen=True, slots=True, eq=False)
class Shop:
    """A store of the demo world at work."""

    id: UUID
    number: int
    slug: str
    trader: Trader
    place: Country
    opened_at: datetime

    @property
    def currency(self) -> str:
        return self.place.currency

    def ships_to(self, market: str) -> bool:
        return not self.trader.ships_to or market in self.trader.ships_to

    def record(self) -> PastStore:
        trader = self.trader
        return PastStore(
            id=self.id,
            source=SOURCE,
            ref=str(self.number),
            slug=self.slug,
            name=trader.name,
            country=self.place.code,
            currency=self.currency,
            language=trader.language,
            zone=self.place.zone,
            opened_at=self.opened_at,
            description=trader.description,
            handling_days=trader.handling_days,
            ships_to=trader.ships_to,
            legal=company(trader.name, self.place.code, self.number),
        )


def store_id(number: int) -> UUID:
    return record_id(SOURCE, "store", str(number))


def shops(traders: Sequence[Trader], begins_at: datetime, rng: Random) -> list[Shop]:
    """The traders open for business, all of them before the world begins."""
    return [
        Shop(
            id=store_id(n),
            number=n,
            slug=slug_of(trader.name, longest=52),
            trader=trader,
            place=country(trader.country),
            opened_at=begins_at - timedelta(days=rng.randint(30, 1500), minutes=rng.randint(0, 1439)),
        )
        for n, trader in enumerate(traders, start=1)
    ]
