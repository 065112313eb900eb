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
from caravan.promotions.rules import (
    ANYONE,
    NO_OFFERS,
    BuyerFacts,
    CartFacts,
    Cut,
    LineCut,
    LineFacts,
    Nearly,
    Payer,
    Pieces,
    QuotedLine,
    Step,
    StoreQuote,
    Terms,
    limit,
    quote,
    unit_price,
)
from caravan.promotions.rules.added import terms_without
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
from caravan.trade.rules.costs import costs
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
    `stock` is what is not set aside for deals.

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
    category: str = ""
    hs_code: str = ""
    origin: str = ""
    hs_by_category: bool = False
    customs_value: Money | None = None
    away: Vacation | None = None


@dataclass(frozen=True, slots=True)
class BasketLine:
    """Amounts in the buyer's currency. `unit` is the price on the card, `total` what is paid after all `cuts`. `quoted` is how it
    came about, None for what cannot be bought: that has no `pieces`, `cuts` or `trace`."""

    wanted: WantedLine
    availability: Availability
    unit: Money
    total: Money
    quoted: QuotedLine | None = None

    @property
    def trace(self) -> tuple[Step, ...]:
        """How the price on the card came about."""
        return self.quoted.trace if self.quoted else ()

    @property
    def pieces(self) -> tuple[Pieces, ...]:
        """How many there are at which price: several, where deals had too few left."""
        return self.quoted.pieces if self.quoted else ()

    @property
    def cuts(self) -> tuple[LineCut, ...]:
        return self.quoted.cuts if self.quoted else ()

    @property
    def list_unit(self) -> Money:
        """One piece at the list price."""
        return self.quoted.list_unit if self.quoted else self.unit

    @property
    def goods(self) -> Money:
        """All pieces at their prices on the card."""
        return self.quoted.goods if self.quoted else self.total

    @property
    def set_aside(self) -> int:
        """Pieces of deals that have set them aside from the stock."""
        return sum(some.quantity for some in self.pieces if some.deal and some.deal.left is not None)

    @property
    def subsidy(self) -> Money:
        """What the platform bears of it."""
        return self.quoted.paid_by(Payer.PLATFORM) if self.quoted else Money.zero(self.total.currency)


@dataclass(frozen=True, slots=True)
class Parcel:
    """What one store would send: the order it becomes. `delivery` is the service chosen among `services`, `shipping` its cost
    in the buyer's currency; `on_time_promise` comes back by itself if the parcel is late.

    `items` are the goods as they are paid: `goods` at the prices on the cards, less the store's own `cuts` and the platform's.
    `reckoning` is what it costs where it lands; of that, `tax` is asked for by us and in the `total`.
    """

    store: StoreFacts
    lines: tuple[BasketLine, ...]
    goods: Money
    cuts: tuple[Cut, ...]
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
    """`parcels` can be bought at `total`; lines of `unavailable` have to be changed or taken out first.

    `goods` are at the prices on the cards, `cuts` what the platform takes off all of them; `items` are what is paid for them.
    `nearly`: what a little more would save. `bounded`: so many offers compete that not every combination was tried. `beyond`: the
    promotions it goes without, since it would cost them more than they may cost still.
    """

    parcels: tuple[Parcel, ...]
    unavailable: tuple[BasketLine, ...]
    goods: Money
    cuts: tuple[Cut, ...]
    items: Money
    shipping: Money
    tax: Money
    total: Money
    nearly: tuple[Nearly, ...] = ()
    bounded: bool = False
    beyond: frozenset[UUID] = frozenset()

    @property
    def ready(self) -> bool:
        return bool(self.parcels) and not self.unavailable

    @property
    def saved(self) -> Money:
        """Off the prices on the cards."""
        return self.goods - self.items

    @property
    def coupon_ids(self) -> tuple[UUID, ...]:
        """The coupons it uses."""
        used = (*self.cuts, *(cut for parcel in self.parcels for cut in parcel.cuts))
        return tuple(cut.coupon_id for cut in used if cut.coupon_id)

    @property
    def held_pieces(self) -> dict[UUID, int]:
        """How many pieces it has of deals that have only so many, in all or for each buyer, by the deal's id."""
        found: dict[UUID, int] = {}
        for line in (line for parcel in self.parcels for line in parcel.lines):
            for some in line.pieces:
                if some.deal and some.deal.is_limited:
                    found[some.deal.id] = found.get(some.deal.id, 0) + some.quantity
        return found


def fill(
    lines: Sequence[WantedLine],
    market: Market,
    terms: Terms,
    at: datetime,
    *,
    tables: Tables,
    books: Books,
    region: str | None = None,
    services: Mapping[str, str] = NOTHING_CHOSEN,
    buyer: BuyerFacts = ANYONE,
) -> Basket:
    """Price `lines` for delivery to `buyer` within `market`, to its `region` (state or province; None: not known yet).

    `terms` are the day's rates and what is on offer, `tables` the tax tables in force, `books` the shipping tables of the
    platform and of these stores. `services` are those chosen, by the store's slug; where none is, or it is not offered, the
    default one is taken. A promotion that would cost its owner more than its cap leaves is left out. Pure; raises `Invalid` for a
    currency without a rate.
    """
    beyond = frozenset[UUID]()
    while True:
        filled = _filled(lines, market, terms, at, tables, books, region, services, buyer)
        spent = costs((line for parcel in filled.parcels for line in parcel.lines), terms.rates) if terms.left else {}
        over = {id for id, minor in spent.items() if id in terms.left and minor > terms.left[id].minor}
        if not over:
            return replace(filled, beyond=beyond) if beyond else filled
        terms, beyond = terms_without(terms, over), beyond | over


def _filled(
    lines: Sequence[WantedLine], market: Market, terms: Terms, at: datetime, tables: Tables, books: Books, region: str | None,
    services: Mapping[str, str], buyer: BuyerFacts,
) -> Basket:  # fmt: skip
    checked = [(line, _availability(line, market, _set_aside(line, market, terms, buyer, at))) for line in lines]
    good = {line.variant_id: line for line, how in checked if how == "ok"}
    facts = CartFacts(market.code, market.currency, tuple(facts_of_line(line) for line in good.values()), buyer)
    quoted = quote(facts, terms, at)
    destination = Destination(market, region, tables, at)
    parcels = [_parcel(store, good, destination, terms.rates, books, services) for store in quoted.stores]
    sent = tuple(parcel for parcel in parcels if isinstance(parcel, Parcel))
    too_large = [line for parcel in parcels if not isinstance(parcel, Parcel) for line in parcel]
    unavailable = tuple(_unpriced(line, how, market, terms) for line, how in checked if how != "ok")
    goods, items, shipping, tax = (
        sum(amounts, start=Money.zero(market.currency))
        for amounts in ([p.goods for p in sent], [p.items for p in sent], [p.shipping for p in sent], [p.tax for p in sent])
    )
    return Basket(
        parcels=sent,
        unavailable=(*unavailable, *too_large),
        goods=goods,
        cuts=quoted.cuts,
        items=items,
        shipping=shipping,
        tax=tax,
        total=items + shipping + tax,
        nearly=quoted.nearly,
        bounded=quoted.bounded,
    )


def _set_aside(line: WantedLine, market: Market, terms: Terms, buyer: BuyerFacts, at: datetime) -> int:
    """Pieces this buyer may have of deals that set some aside from the stock."""
    deals = terms.stores.get(line.store.id, NO_OFFERS).deals.get(line.product_id, ())
    return sum(
        limit(deal, buyer) or 0
        for deal in deals
        if deal.left is not None and deal.price(facts_of_line(line)) and deal.when.met(market.code, buyer, line.store.id, at)
    )


def _availability(line: WantedLine, market: Market, set_aside: int) -> Availability:
    here = ships(line.store.ships_to, market.code)
    away = line.away is not None and line.away.is_closed
    stock = line.stock + set_aside
    return availability(on_sale=line.on_sale, ships_here=here, stock=stock, quantity=line.quantity, away=away)


def facts_of_line(line: WantedLine) -> LineFacts:
    """The line as the pricing engine reads it."""
    return LineFacts(line.variant_id, line.product_id, line.store.id, line.quantity, line.list_price, line.category)


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
    lines = tuple(BasketLine(wanted[q.facts.variant_id], "ok", q.unit, q.total, q) for q in quoted.lines)
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
        goods=quoted.goods,
        cuts=quoted.cuts,
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
    return BasketLine(line, how, unit, unit * line.quantity)
