"""A cart with its prices: grouped into the orders it would become, each with its parcel, and what cannot be bought set apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from caravan.kernel.markets import Market, country
from caravan.kernel.money import Money
from caravan.kernel.rates import RateTable
from caravan.promotions.rules import CartFacts, LineFacts, Step, StoreQuote, Terms, quote, unit_price
from caravan.shipping.rules import (
    Books,
    Piece,
    Shipment,
    ShippingOption,
    actual_grams,
    default_service,
    on_time_promise,
    options,
    ships,
)  # fmt: skip
from caravan.stores.rules.vacation import Vacation
from caravan.tax.rules.facts import ConsignmentLine
from caravan.tax.rules.record import Reckoning
from caravan.tax.rules.tables import Tables
from caravan.trade.rules.cart import Availability, availability
from caravan.trade.rules.taxes import Destination, reckon

NOTHING_CHOSEN: Mapping[str, str] = MappingProxyType({})


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
    """A line of a cart as the catalogue knows it now. `options` are (code, value) pairs, `picture` a digest or empty.

    `hs_code` and `origin` (where it was made) are empty where nobody said; `hs_by_category`: the code is its category's usual.
    `customs_value` is one piece's for customs, in the store's currency, where that is not its price. `sides` are those of the
    packed piece in millimetres (0: not measured). `away`: the vacation its store is on.
    """

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
    sides: tuple[int, int, int]
    quantity: int
    list_price: Money
    stock: int
    on_sale: bool
    hs_code: str = ""
    origin: str = ""
    hs_by_category: bool = False
    customs_value: Money | None = None
    away: Vacation | None = None


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
    """What one store would send: the order it becomes. `delivery` is the service chosen among `services`, `shipping` its cost
    in the buyer's currency; `on_time_promise` comes back by itself if the parcel is late.

    `reckoning` is what it costs where it lands; of that, `tax` is asked for by us and in the `total`.
    """

    store: StoreFacts
    lines: tuple[BasketLine, ...]
    items: Money
    delivery: ShippingOption
    services: tuple[ShippingOption, ...]
    shipping: Money
    reckoning: Reckoning
    tax: Money
    total: Money
    on_time_promise: Money


@dataclass(frozen=True, slots=True)
class Basket:
    """`parcels` can be bought at `total`; lines of `unavailable` have to be changed or taken out first."""

    parcels: tuple[Parcel, ...]
    unavailable: tuple[BasketLine, ...]
    items: Money
    shipping: Money
    tax: Money
    total: Money

    @property
    def ready(self) -> bool:
        return bool(self.parcels) and not self.unavailable


def fill(
    lines: Sequence[WantedLine],
    market: Market,
    rates: RateTable,
    at: datetime,
    *,
    tables: Tables,
    books: Books,
    region: str | None = None,
    services: Mapping[str, str] = NOTHING_CHOSEN,
) -> Basket:
    """Price `lines` for delivery within `market`, to its `region` (state or province; None: not known yet).

    `tables` are the tax tables in force, `books` the shipping tables of the platform and of these stores. `services` are those
    chosen, by the store's slug; where none is, or it is not offered, the default one is taken. Pure; raises `Invalid` for
    a currency without a rate.
    """
    terms = Terms(rates=rates)
    checked = [(line, _availability(line, market)) for line in lines]
    good = {line.variant_id: line for line, how in checked if how == "ok"}
    quoted = quote(CartFacts(market.code, market.currency, tuple(_facts(line) for line in good.values())), terms, at)
    destination = Destination(market, region, tables, at)
    parcels = [_parcel(store, good, destination, rates, books, services) for store in quoted.stores]
    sent = tuple(parcel for parcel in parcels if isinstance(parcel, Parcel))
    too_large = [line for parcel in parcels if not isinstance(parcel, Parcel) for line in parcel]
    unavailable = tuple(_unpriced(line, how, market, terms) for line, how in checked if how != "ok")
    items, shipping, tax = (
        sum(amounts, start=Money.zero(market.currency))
        for amounts in ([p.items for p in sent], [p.shipping for p in sent], [p.tax for p in sent])
    )
    return Basket(sent, (*unavailable, *too_large), items, shipping, tax, items + shipping + tax)


def _availability(line: WantedLine, market: Market) -> Availability:
    here = ships(line.store.ships_to, market.code)
    away = line.away is not None and line.away.is_closed
    return availability(on_sale=line.on_sale, ships_here=here, stock=line.stock, quantity=line.quantity, away=away)


def _facts(line: WantedLine) -> LineFacts:
    return LineFacts(line.variant_id, line.product_id, line.store.id, line.quantity, line.list_price)


def _parcel(
    quoted: StoreQuote,
    wanted: dict[UUID, WantedLine],
    destination: Destination,
    rates: RateTable,
    books: Books,
    services: Mapping[str, str],
) -> Parcel | list[BasketLine]:
    """The parcel, or its lines where no service carries it."""
    market = destination.market
    lines = tuple(BasketLine(wanted[q.facts.variant_id], "ok", q.unit, q.total, q.trace) for q in quoted.lines)
    store = lines[0].wanted.store
    pieces = tuple(Piece(line.wanted.weight_grams, line.wanted.quantity, line.wanted.sides) for line in lines)
    own = books.of(store.id)
    shipment = Shipment(country(store.country), market.country, pieces, quoted.items, store.handling_days)
    offered = {option.service: option for option in options(shipment, own, books.platform, rates, destination.at)}
    if not offered:
        return [replace(line, availability="too_large") for line in lines]
    way = offered.get(services.get(store.slug, "")) or offered[default_service(tuple(offered))]
    shipping = way.cost
    goods = tuple(_goods(line, market, rates) for line in lines)
    reckoning = reckon(store.country, goods, shipping, actual_grams(pieces), destination, rates)
    tax = reckoning.landed.collected
    return Parcel(
        store=store,
        lines=lines,
        items=quoted.items,
        delivery=way,
        services=tuple(offered.values()),
        shipping=shipping,
        reckoning=reckoning,
        tax=tax,
        total=quoted.items + shipping + tax,
        on_time_promise=on_time_promise(quoted.items, own.on_time_percent),
    )


def _goods(line: BasketLine, market: Market, rates: RateTable) -> ConsignmentLine:
    wanted = line.wanted
    return ConsignmentLine(
        value=line.total,
        hs_code=wanted.hs_code,
        origin=wanted.origin,
        quantity=wanted.quantity,
        customs=rates.convert(wanted.customs_value, market.currency) * wanted.quantity if wanted.customs_value else None,
        by_category=wanted.hs_by_category,
    )


def _unpriced(line: WantedLine, how: Availability, market: Market, terms: Terms) -> BasketLine:
    unit = unit_price(line.list_price, market.currency, terms)
    return BasketLine(line, how, unit, unit * line.quantity, ())
