from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from caravan.kernel.errors import Invalid
from caravan.kernel.markets import Market, country
from caravan.kernel.money import Money
from caravan.kernel.rates import RateTable
from caravan.stores.queries import StoreRow
from caravan.trade.rules.delivery import delivery, parcel_grams


@dataclass(frozen=True, slots=True)
class DeliveryView:
    """Days on which a piece bought now arrives, and what the parcel costs."""

    arrives_from: date
    arrives_until: date
    cost: Money


def delivery_view(store: StoreRow, grams: int, *, market: Market, rates: RateTable, at: datetime) -> DeliveryView | None:
    """For one piece of `grams` (0: unknown); None where the store does not ship to the visitor's country."""
    if not store.ships_to_country(market.code):
        return None
    way = delivery(country(store.country), market.country, parcel_grams([(grams, 1)]), store.handling_days)
    return DeliveryView(
        (at + timedelta(days=way.days_min)).date(), (at + timedelta(days=way.days_max)).date(), _cost(way.cost, market, rates)
    )


def _cost(cost: Money, market: Market, rates: RateTable) -> Money:
    try:
        return rates.convert(cost, market.currency)
    except Invalid:
        return cost
