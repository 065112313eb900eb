"""Carts become orders; orders are paid, sent, received late or never, and sometimes given back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from random import Random
from uuid import UUID

from caravan.kernel.copying import record_id
from caravan.kernel.markets import country
from caravan.kernel.money import Money
from caravan.project.demo.world.buyers import Crowd
from caravan.project.demo.world.prices import PriceTags
from caravan.project.demo.world.shops import SOURCE, Shop
from caravan.project.demo.world.visits import Visit, Wanted
from caravan.shipping.rules import Book, Piece, Service, Shipment, StoreBook, actual_grams, options
from caravan.shipping.rules.bundled import bundled_tariff, bundled_zones
from caravan.trade.rules.history import PastLine, PastOrder, PastPurchase, PastRefund
from caravan.trade.rules.numbers import order_number

DAY = 86_400
_BOOK = Book((bundled_tariff(),), bundled_zones())
UNPAID, FORSAKEN = 0.035, 0.012  # never paid; given back although nothing is wrong
_EUR = "EUR"


@dataclass(frozen=True, slots=True)
class Trip:
    """What happened to an order after it was placed, in seconds since the epoch; None for what did not, or not yet."""

    paid: float | None = None
    shipped: float | None = None
    received: float | None = None
    cancelled: float | None = None
    refunded: float | None = None
    days: int = 0  # from payment to the buyer's hands
    late: bool = False


@dataclass(frozen=True, slots=True)
class Sale:
    """An order, what went into it line by line, and how it travelled."""

    order: PastOrder
    wanted: tuple[Wanted, ...]
    trip: Trip


@dataclass(frozen=True, slots=True)
class Deal:
    """One checkout with its sales, one per store."""

    purchase: PastPurchase
    sales: tuple[Sale, ...]

    def refunds(self) -> Iterator[PastRefund]:
        for sale in self.sales:
            if (at := sale.order.refunded_at) is not None:
                for line in sale.order.lines:
                    yield PastRefund(
                        line_id=line.id, order_id=sale.order.id, quantity=line.quantity, minor=line.total_minor, at=at
                    )


class Trade:
    """Turns carts into deals, with prices by the day's rates and parcels by the rules live trade has."""

    def __init__(self, tags: PriceTags, ends_at: datetime) -> None:
        self.tags, self.ends_at, self.ends = tags, ends_at, ends_at.timestamp()
        self._parcels: dict[tuple[int, str, int], tuple[Money, int, int]] = {}
        self._rates: dict[tuple[str, str], Decimal] = {}

    def close(self, visit: Visit, crowd: Crowd, ref: str, rng: Random) -> Deal | None:
        """The deal that the visit ended with; None where it would lie beyond the end of the world."""
        assert visit.buyer is not None
        placed = visit.at + 60 + int(rng.random() * 240)
        if placed >= self.ends:
            return None
        pays = rng.random() > UNPAID or placed + DAY > self.ends
        paid = placed + 20 + int(rng.random() ** 3 * 3000) if pays else None
        if paid is not None and paid >= self.ends:
            return None
        purchase_id = record_id(SOURCE, "purchase", ref)
        sales = tuple(
            self._sale(purchase_id, f"{ref}-{n}", visit, crowd, shop, wanted, placed, paid, rng)
            for n, (shop, wanted) in enumerate(_by_store(visit.cart), start=1)
        )
        total = sum(sale.order.items_minor + sale.order.shipping_minor for sale in sales)
        purchase = PastPurchase(
            id=purchase_id,
            source=SOURCE,
            ref=ref,
            buyer_id=crowd.ids[visit.buyer],
            total_minor=total,
            paid_minor=total if paid else 0,
            currency=sales[0].order.currency,
            placed_at=_instant(placed),
            paid_at=_instant(paid) if paid else None,
            refunded=all(sale.order.refunded_at for sale in sales),
            sandbox=True,
        )
        return Deal(purchase, sales)

    def _sale(
        self, purchase_id: UUID, ref: str, visit: Visit, crowd: Crowd, shop: Shop, wanted: tuple[Wanted, ...], placed: float,
        paid: float | None, rng: Random,
    ) -> Sale:  # fmt: skip
        assert visit.buyer is not None
        market = visit.market.code
        currency = country(market).currency
        order_id = record_id(SOURCE, "order", ref)
        grams = actual_grams([Piece(w.item.type.grams, w.quantity) for w in wanted])
        shipping, fastest, slowest = self._parcel(shop, market, grams)
        trip = self._trip(shop, wanted, placed, paid, fastest, slowest, rng)
        convert = self.tags.rates.convert
        order = PastOrder(
            id=order_id,
            source=SOURCE,
            ref=ref,
            number=order_number(order_id),
            store_id=shop.id,
            buyer_id=crowd.ids[visit.buyer],
            market=market,
            currency=currency,
            store_currency=shop.currency,
            rate=self._rate(shop.currency, currency),
            shipping_minor=convert(shipping, currency).minor,
            shipping_eur_minor=shipping.minor,
            lines=tuple(self._line(order_id, n, w, currency) for n, w in enumerate(wanted, start=1)),
            placed_at=_instant(placed),
            purchase_id=purchase_id,
            paid_at=_maybe(trip.paid),
            shipped_at=_maybe(trip.shipped),
            received_at=_maybe(trip.received),
            cancelled_at=_maybe(trip.cancelled),
            refunded_at=_maybe(trip.refunded),
            language=visit.language,
            as_of=self.ends_at,
        )
        return Sale(order, wanted, trip)

    def _line(self, order_id: UUID, n: int, wanted: Wanted, currency: str) -> PastLine:
        item, piece = wanted.item, wanted.piece
        unit = self.tags.unit(piece.id, piece.price, currency)
        return PastLine(
            id=record_id(SOURCE, "line", str(order_id), str(n)),
            product_id=item.id,
            variant_id=piece.id,
            version_id=item.version_id,
            title=item.title,
            sku=piece.sku,
            options=piece.options,
            quantity=wanted.quantity,
            unit_minor=unit,
            eur_minor=self.tags.rates.convert(Money(unit * wanted.quantity, currency), _EUR).minor,
        )

    def _trip(
        self, shop: Shop, wanted: tuple[Wanted, ...], placed: float, paid: float | None, fastest: int, slowest: int, rng: Random
    ) -> Trip:
        if paid is None:
            return Trip(cancelled=placed + DAY)
        slack = 1.0 - shop.trader.speed
        if rng.random() < 0.08 * slack**2:  # never sent; the money comes back
            gone = paid + (8 + 6 * rng.random()) * DAY
            return Trip(paid=paid, cancelled=gone, refunded=gone) if gone < self.ends else Trip(paid=paid)
        handling = (0.3 + rng.random() * shop.trader.handling_days) * (1 + 2.2 * slack**2 * rng.random())
        shipped = paid + handling * DAY
        way = rng.uniform(fastest, slowest) * (0.8 + 1.3 * slack**2 * rng.random())
        received = shipped + max(1.0, way) * DAY + rng.random() ** 2 * 3 * DAY
        if shipped >= self.ends:
            return Trip(paid=paid)
        if received >= self.ends:
            return Trip(paid=paid, shipped=shipped)
        refunded = None
        poor = 1.0 - min(w.item.quality for w in wanted)
        if rng.random() < FORSAKEN + 0.22 * poor**2:
            back = received + (1 + 6 * rng.random()) * DAY
            refunded = back if back < self.ends else None
        days = round((received - paid) / DAY)
        return Trip(
            paid=paid,
            shipped=shipped,
            received=received,
            refunded=refunded,
            days=days,
            late=days > shop.trader.handling_days + slowest + 2,
        )

    def _parcel(self, shop: Shop, market: str, grams: int) -> tuple[Money, int, int]:
        key = (shop.number, market, grams)
        known = self._parcels.get(key)
        if known is None:
            shipment = Shipment(shop.place, country(market), (Piece(grams),), Money.zero(_EUR), handling_days=0)
            offered = options(shipment, StoreBook(), _BOOK, self.tags.rates, datetime.fromtimestamp(self.ends, UTC))
            way = next(option for option in offered if option.service == Service.STANDARD)
            known = self._parcels[key] = (way.cost, way.days_min, way.days_max)
        return known

    def _rate(self, base: str, quote: str) -> Decimal:
        known = self._rates.get((base, quote))
        if known is None:
            known = self._rates[base, quote] = self.tags.rates.rate(base, quote).value
        return known


def _by_store(cart: list[Wanted]) -> list[tuple[Shop, tuple[Wanted, ...]]]:
    """The cart by store; the same variant twice is one line."""
    found: dict[Shop, dict[UUID, Wanted]] = {}
    for wanted in cart:
        found.setdefault(wanted.item.shop, {}).setdefault(wanted.piece.id, wanted)
    return [(shop, tuple(lines.values())) for shop, lines in found.items()]


def _instant(seconds: float) -> datetime:
    return datetime.fromtimestamp(int(seconds), UTC)


def _maybe(seconds: float | None) -> datetime | None:
    return None if seconds is None else _instant(seconds)
