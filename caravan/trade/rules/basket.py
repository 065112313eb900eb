"""A cart with its prices: grouped into the orders it would become, each with its parcel, and what cannot be bought set apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from caravan.kernel.markets import Market, country
from caravan.kernel.money import Money
from caravan.kernel.rates import RateTable
from caravan.promotions.rules import CartFacts, LineFacts, Step, StoreQuote, Terms, quote, unit_price
from caravan.trade.rules.cart import Availability, availability
from caravan.trade.rules.delivery import Delivery, delivery, parcel_grams, ships


@dataclass(frozen=True, slots=True)
class StoreFacts:
    id: UUID
    slug: str
    name: str
    country: str
    currency: str
    ships_to: tuple[str, ...]
    handling_days: int


@dataclass(frozen=True, slots=True)
class WantedLine:
    """A line of a cart as the catalogue knows it now. `options` are (code, value) pairs, `picture` a digest or empty."""

    variant_id: UUID
    product_id: UUID
    version_id: UUID
    store: StoreFacts
    slug: str
    title: str
    sku: str
    options: tuple[tuple[str, str], ...]
    picture: str
    weight_grams: int
    quantity: int
    list_price: Money
    stock: int
    on_sale: bool


@dataclass(frozen=True, slots=True)
class BasketLine:
    """`unit` and `total` in the buyer's currency; `trace` says how `unit` came about."""

    wanted: WantedLine
    availability: Availability
    unit: Money
    total: Money
    trace: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Parcel:
    """What one store would send: the order it becomes. `shipping` is the delivery's cost in the buyer's currency."""

    store: StoreFacts
    lines: tuple[BasketLine, ...]
    items: Money
    delivery: Delivery
    shipping: Money
    total: Money


@dataclass(frozen=True, slots=True)
class Basket:
    """`parcels` can be bought at `total`; lines of `unavailable` have to be changed or taken out first."""

    parcels: tuple[Parcel, ...]
    unavailable: tuple[BasketLine, ...]
    items: Money
    shipping: Money
    total: Money

    @property
    def ready(self) -> bool:
        return bool(self.parcels) and not self.unavailable


def fill(lines: Sequence[WantedLine], market: Market, rates: RateTable, at: datetime) -> Basket:
    """Price `lines` for delivery within `market`. Pure; raises `Invalid` for a currency without a rate."""
    terms = Terms(rates=rates)
    checked = [(line, _availability(line, market)) for line in lines]
    good = {line.variant_id: line for line, how in checked if how == "ok"}
    quoted = quote(CartFacts(market.code, market.currency, tuple(_facts(line) for line in good.values())), terms, at)
    parcels = tuple(_parcel(store, good, market, rates) for store in quoted.stores)
    unavailable = tuple(_unpriced(line, how, market, terms) for line, how in checked if how != "ok")
    shipping = sum((p.shipping for p in parcels), start=Money.zero(market.currency))
    return Basket(parcels, unavailable, quoted.items, shipping, quoted.items + shipping)


def _availability(line: WantedLine, market: Market) -> Availability:
    here = ships(line.store.ships_to, market.code)
    return availability(on_sale=line.on_sale, ships_here=here, stock=line.stock, quantity=line.quantity)


def _facts(line: WantedLine) -> LineFacts:
    return LineFacts(line.variant_id, line.product_id, line.store.id, line.quantity, line.list_price)


def _parcel(quoted: StoreQuote, wanted: dict[UUID, WantedLine], market: Market, rates: RateTable) -> Parcel:
    lines = tuple(BasketLine(wanted[q.facts.variant_id], "ok", q.unit, q.total, q.trace) for q in quoted.lines)
    store = lines[0].wanted.store
    grams = parcel_grams([(line.wanted.weight_grams, line.wanted.quantity) for line in lines])
    way = delivery(country(store.country), market.country, grams, store.handling_days)
    shipping = rates.convert(way.cost, market.currency)
    return Parcel(store, lines, quoted.items, way, shipping, quoted.items + shipping)


def _unpriced(line: WantedLine, how: Availability, market: Market, terms: Terms) -> BasketLine:
    unit = unit_price(line.list_price, market.currency, terms)
    return BasketLine(line, how, unit, unit * line.quantity, ())
