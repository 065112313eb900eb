"""An order's parcel as the tax room sees it: a consignment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from caravan.kernel.markets import Market
from caravan.kernel.money import Money
from caravan.kernel.rates import RateTable
from caravan.tax.rules.facts import ConsignmentFacts, ConsignmentLine
from caravan.tax.rules.landed import landed
from caravan.tax.rules.record import Reckoning
from caravan.tax.rules.tables import Tables


@dataclass(frozen=True, slots=True)
class Destination:
    """Where it goes and under which tables. `region` None: not known yet, and the highest rate of the country is taken."""

    market: Market
    region: str | None
    tables: Tables
    at: datetime


def reckon(
    sent_from: str,
    goods: Sequence[ConsignmentLine],
    shipping: Money,
    grams: int,
    destination: Destination,
    rates: RateTable,
) -> Reckoning:
    """What a parcel costs where it lands. Limits and fixed duties are turned at the published rate, without our margin."""
    facts = ConsignmentFacts(
        origin=sent_from,
        destination=destination.market.code,
        currency=destination.market.currency,
        lines=tuple(goods),
        shipping=shipping,
        at=destination.at,
        region=destination.region,
        grams=grams,
    )
    return Reckoning(facts, landed(facts, destination.tables, rates.with_margin(0)))
