from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from caravan.catalog.queries import ProductRow
from caravan.kernel.errors import Invalid
from caravan.kernel.markets import Market, country
from caravan.kernel.money import Money
from caravan.kernel.rates import RateTable
from caravan.shipping.queries import books_of
from caravan.shipping.rules import Piece, Shipment, default_service, options
from caravan.stores.queries import StoreRow
from caravan.web.delivery import ServiceView, service_view


@dataclass(frozen=True, slots=True)
class DeliveryView:
    """How one piece bought now would come: every service, and the one a buyer gets who chooses nothing.

    `free_at` so much more in the parcel it would travel free; `promise_percent` of the items come back when it is late.
    """

    services: list[ServiceView]
    chosen: ServiceView
    free_at: Money | None
    promise_percent: int

    @property
    def arrives_from(self) -> date:
        return self.chosen.arrives_from

    @property
    def arrives_until(self) -> date:
        return self.chosen.arrives_until

    @property
    def cost(self) -> Money:
        return self.chosen.cost


def delivery_view(
    store: StoreRow, row: ProductRow, unit: Money, *, market: Market, rates: RateTable, at: datetime
) -> DeliveryView | None:
    """For one piece at `unit`; None where the store does not ship it to the visitor's country."""
    if not store.ships_to_country(market.code):
        return None
    books = books_of([store.id], at)
    own = books.of(store.id)
    shipment = Shipment(
        country(store.country), market.country, (Piece(row.weight_grams, 1, row.sides),), unit, store.handling_days
    )
    try:
        found = {option.service: option for option in options(shipment, own, books.platform, rates, at)}
    except Invalid:
        return None  # without an exchange rate there is no price to tell
    if not found:
        return None
    chosen = found[default_service(tuple(found))]
    views = {service: service_view(option, at) for service, option in found.items()}
    return DeliveryView(list(views.values()), views[chosen.service], chosen.free_at, own.on_time_percent)
