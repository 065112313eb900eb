"""Placing: a cart becomes one purchase of an order per store, with its stock taken, once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import connection, transaction
from django.utils.translation import gettext as _
from msgspec import to_builtins

from caravan.catalog.actions.stock import Held, take_stock
from caravan.kernel.errors import Conflict, Invalid, NotFound
from caravan.kernel.ids import uuid7
from caravan.kernel.markets import Market
from caravan.kernel.money import Money, Rate
from caravan.kernel.rates import RateTable
from caravan.outbox.actions import record
from caravan.people.actions.buyers import buyer_of_user, guest_buyer
from caravan.people.rules import PostalAddress
from caravan.promotions.actions.budgets import charge_budgets
from caravan.promotions.actions.redeeming import redeem
from caravan.tax.rules.record import to_json
from caravan.trade.actions.cuts import cuts_of, spent_on
from caravan.trade.actions.paying import settle_free
from caravan.trade.actions.rows import json_of
from caravan.trade.events import OrderPlaced
from caravan.trade.models import Order, OrderCut, OrderLine, Purchase
from caravan.trade.queries.access import access_key
from caravan.trade.queries.carts import priced, wanted_lines
from caravan.trade.queries.offered import Offered, offered
from caravan.trade.rules.basket import NOTHING_CHOSEN, Basket, Parcel, WantedLine
from caravan.trade.rules.cart import CartOwner
from caravan.trade.rules.exchange import settle
from caravan.trade.rules.numbers import order_number
from caravan.trade.rules.terms import TERMS, payment_window

LONGEST_NOTE = 500


@dataclass(frozen=True, slots=True)
class PlacedOrder:
    id: UUID
    number: str
    store_id: UUID
    total: Money


@dataclass(frozen=True, slots=True)
class Placed:
    """What was placed, to be paid until `pay_by`. `key` opens it for a guest; `repeated`: it stood already."""

    purchase_id: UUID
    key: str
    total: Money
    pay_by: datetime
    orders: tuple[PlacedOrder, ...]
    repeated: bool = False


_LOCK = "SELECT id, user_id, ordered_at FROM trade_cart WHERE id = %s FOR NO KEY UPDATE"
# All that an order is, in one statement; foreign keys are looked at when the transaction commits.
_WRITE = """
WITH purchase AS (
    INSERT INTO trade_purchase SELECT * FROM json_populate_recordset(NULL::trade_purchase, %(purchase)s::json)
), orders AS (
    INSERT INTO trade_order SELECT * FROM json_populate_recordset(NULL::trade_order, %(orders)s::json)
), lines AS (
    INSERT INTO trade_orderline SELECT * FROM json_populate_recordset(NULL::trade_orderline, %(lines)s::json)
)
UPDATE trade_cart SET ordered_at = %(at)s, updated_at = %(at)s WHERE id = %(cart_id)s
"""
_WRITE_CUTS = "INSERT INTO trade_ordercut SELECT * FROM json_populate_recordset(NULL::trade_ordercut, %(cuts)s::json)"


@dataclass(frozen=True, slots=True)
class _Cart:
    """Under its lock. Once `ordered_at` is set, the purchase it became stands: both are written by one statement."""

    id: UUID
    user_id: UUID | None
    ordered_at: datetime | None


@dataclass(frozen=True, slots=True)
class _Wish:
    """Where the goods go, and by which services, by the stores' slugs."""

    market: Market
    region: str
    services: Mapping[str, str]

    def priced(self, lines: Sequence[WantedLine], offers: Offered, at: datetime) -> Basket:
        return priced(lines, offers, market=self.market, at=at, region=self.region, services=self.services)


def place_purchase(
    *,
    cart_id: UUID,
    user_id: UUID | None,
    email: str,
    address: PostalAddress,
    market: Market,
    expected_total: Money,
    idempotency_key: str,
    at: datetime,
    services: Mapping[str, str] = NOTHING_CHOSEN,
    note: str = "",
) -> Placed:
    """Order everything in the cart for delivery to `address` (checked, within `market`). `email` is a guest's; users have theirs.
    `services` are the shipping services chosen, by the store's slug; a store that is not named sends by its default one. `note`
    is what the buyer writes to the stores.

    The same `idempotency_key` with the same request answers the same purchase, however often and however simultaneously it
    comes; with another request it is a Conflict. `expected_total` is what the buyer was shown: where that is not the price any
    more, Conflict("price.changed") says the new one in `fields["total"]`. Conflict, too, for articles gone or sold out.
    Locks: the cart, then its coupons and pieces of deals, then the variants by id (docs/locking.md).
    """
    _check(email if user_id is None else None, address, market, idempotency_key)
    note = _checked_note(note)
    digest = _digest(user_id, email, address, market, expected_total, services, note)
    wish = _Wish(market, address.country_area, services)
    with transaction.atomic():
        cart = _locked(cart_id, user_id)
        if cart.ordered_at is not None:
            return _again(cart, idempotency_key, digest)
        basket, offers = _filled(cart, wish, email, at)
        if basket.total != expected_total:
            raise _repriced(basket.total)
        buyer_id = _buyer(user_id, email, address, at)
        purchase_id, pay_by = uuid7(), at + payment_window(limited=bool(basket.held_pieces))
        redeems = _redeem(basket, purchase_id, buyer_id, pay_by, at)
        _hold_stock(basket, wish, offers, at)
        purchase = Purchase(
            id=purchase_id,
            buyer_id=buyer_id,
            cart_id=cart.id,
            idempotency_key=idempotency_key,
            request_digest=digest,
            total_minor=basket.total.minor,
            currency=basket.total.currency,
            placed_at=at,
            pay_by=pay_by,
            redeems=redeems,
        )
        rates = offers.terms.rates
        orders = [_order(parcel, purchase, address, market, rates, note) for parcel in basket.parcels]
        by_order = [_lines(order, parcel, rates) for order, parcel in zip(orders, basket.parcels, strict=True)]
        cuts = [
            cut
            for lines, parcel in zip(by_order, basket.parcels, strict=True)
            for cut in cuts_of(parcel=parcel, lines=lines, rates=rates)
        ]
        _write(purchase, orders, [line for lines in by_order for line in lines], cuts, at)
        charge_budgets(spent=spent_on(cuts=cuts))
        record(*(_placed_event(order, at) for order in orders))
        if not basket.total:
            settle_free(purchase_id=purchase.pk, at=at)
    return _placed(purchase, orders)


def _check(guest_email: str | None, address: PostalAddress, market: Market, idempotency_key: str) -> None:
    if not 1 <= len(idempotency_key) <= 80:
        raise Invalid("idempotency.key", _("Send an Idempotency-Key of 1 to 80 characters, new for each purchase."))
    if address.country_code != market.code:
        elsewhere = _("These prices are for delivery to %(country)s. Choose your country first.")
        text = elsewhere % {"country": market.country.name(market.language)}
        raise Invalid("address.elsewhere", text, country_code=text)
    if guest_email is not None:
        try:
            validate_email(guest_email)
        except ValidationError as e:
            text = _("Enter an e-mail address we can write to, like name@example.com.")
            raise Invalid("checkout.email", text, email=text) from e


def _checked_note(note: str) -> str:
    """What the buyer writes to the stores, as it is kept: for all orders of the purchase the same."""
    tidy = note.strip().replace("\r\n", "\n").replace("\0", "")
    if len(tidy) > LONGEST_NOTE:
        text = _("Shorten this to %(length)d characters.") % {"length": LONGEST_NOTE}
        raise Invalid("checkout.note", text, note=text)
    return tidy


def _digest(
    user_id: UUID | None, email: str, address: PostalAddress, market: Market, total: Money, services: Mapping[str, str], note: str
) -> str:
    who = str(user_id) if user_id else email.lower()
    request = [who, to_builtins(address), market.prefix, str(total), dict(services), note]
    return hashlib.sha256(json.dumps(request, sort_keys=True).encode()).hexdigest()


def _locked(cart_id: UUID, user_id: UUID | None) -> _Cart:
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [cart_id])
        found = cursor.fetchone()
    if found is None or found[1] not in (None, user_id):
        raise NotFound("cart.none", _("This cart does not exist."))
    return _Cart(*found)


def _again(cart: _Cart, idempotency_key: str, digest: str) -> Placed:
    """A cart is ordered once. Whoever holds the key it was ordered by is told of that purchase."""
    purchase = Purchase.objects.filter(cart=cart.id, idempotency_key=idempotency_key).first()
    if purchase is None:
        raise Conflict("cart.ordered", _("This cart was ordered already. See your orders."))
    if purchase.request_digest != digest:
        raise Conflict("idempotency.reused", _("This Idempotency-Key was used for another request. Send a new one."))
    return replace(_placed(purchase, list(purchase.orders.order_by("store_id"))), repeated=True)


def _filled(cart: _Cart, wish: _Wish, email: str, at: datetime) -> tuple[Basket, Offered]:
    _cart_id, lines, stamps = wanted_lines(owner=CartOwner(cart.user_id, cart.id), market=wish.market, at=at)
    offers = offered(lines, stamps, user_id=cart.user_id, at=at, email=email)
    basket = wish.priced(lines, offers, at)
    if not lines:
        raise Conflict("cart.empty", _("The cart is empty."))
    if not basket.ready:
        titles = ", ".join(line.wanted.title for line in basket.unavailable)
        raise Conflict("cart.unavailable", _("Cannot be bought as it is: %(titles)s. Change the cart.") % {"titles": titles})
    _check_services(basket, wish.services)
    return basket, offers


def _check_services(basket: Basket, services: Mapping[str, str]) -> None:
    for parcel in basket.parcels:
        chosen = services.get(parcel.store.slug, "")
        if chosen and chosen != parcel.delivery.service:
            gone = _("%(store)s does not send this parcel by the service chosen any more. Choose another.")
            raise Conflict("shipping.gone", gone % {"store": parcel.store.name}, service=chosen)


def _buyer(user_id: UUID | None, email: str, address: PostalAddress, at: datetime) -> UUID:
    if user_id is not None:
        return buyer_of_user(user_id=user_id, at=at)
    return guest_buyer(email=email, name=address.name, country=address.country_code, at=at)


def _redeem(basket: Basket, purchase_id: UUID, buyer_id: UUID, until: datetime, at: datetime) -> bool:
    """The coupons it uses and the pieces of limited deals become this purchase's, all or none. Returns whether there are any."""
    coupons, pieces = basket.coupon_ids, basket.held_pieces
    if coupons or pieces:
        redeem(purchase_id=purchase_id, buyer_id=buyer_id, coupon_ids=coupons, pieces=list(pieces.items()), until=until, at=at)
    return bool(coupons or pieces)


def _hold_stock(basket: Basket, wish: _Wish, offers: Offered, at: datetime) -> None:
    """Take the stock. Prices stand from now on, since nobody else can change them: where they have changed since they were
    read, the total is asked for again."""
    lines = [line for parcel in basket.parcels for line in parcel.lines]
    wanted = [(line.wanted.variant_id, line.wanted.quantity) for line in lines]
    aside = {line.wanted.variant_id: line.set_aside for line in lines if line.set_aside}
    taken = take_stock(wanted=wanted, market=wish.market.code, at=at, aside=aside)
    held = {h.variant_id: h for h in taken}
    if any(held[line.wanted.variant_id].list_price != line.wanted.list_price for line in lines):
        now = [_at_price(line.wanted, held[line.wanted.variant_id]) for line in lines]
        raise _repriced(wish.priced(now, offers, at).total)


def _at_price(wanted: WantedLine, held: Held) -> WantedLine:
    return replace(wanted, list_price=held.list_price, stock=held.stock + wanted.quantity)


def _repriced(total: Money) -> Conflict:
    return Conflict("price.changed", _("The price has changed: it is %(total)s now.") % {"total": total}, total=str(total))


def _order(parcel: Parcel, purchase: Purchase, address: PostalAddress, market: Market, rates: RateTable, note: str) -> Order:
    order_id, at = uuid7(), purchase.placed_at
    frozen = rates.rate(parcel.store.currency, purchase.currency)
    return Order(
        id=order_id,
        number=order_number(order_id),
        purchase_id=purchase.pk,
        store_id=parcel.store.id,
        buyer_note=note,
        buyer_id=purchase.buyer_id,
        market=market.code,
        language=market.language,
        currency=purchase.currency,
        store_currency=parcel.store.currency,
        rate=frozen.value,
        rate_source=frozen.source,
        rate_as_of=frozen.as_of,
        rate_margin_bps=frozen.margin_bps,
        commission_bps=TERMS.commission_bps,
        items_minor=parcel.items.minor,
        shipping_minor=parcel.shipping.minor,
        tax_minor=parcel.tax.minor,
        landed=to_json(parcel.reckoning),
        total_minor=parcel.total.minor,
        total_eur_minor=rates.with_margin(0).convert(parcel.total, "EUR").minor,
        address=to_builtins(address),
        service=parcel.delivery.service,
        on_time_promise_minor=parcel.on_time_promise.minor,
        shipping_subsidy_minor=_subsidy(parcel, frozen),
        handling_days=parcel.store.handling_days,
        deliver_from=(at + timedelta(days=parcel.delivery.days_min)).date(),
        deliver_until=(at + timedelta(days=parcel.delivery.days_max)).date(),
        placed_at=at,
    )


def _subsidy(parcel: Parcel, frozen: Rate) -> int:
    """What the store gets from the market for shipping the market gave away, in minor units of the store's currency."""
    if parcel.delivery.payer != "platform":
        return 0
    full, currency = parcel.delivery.full, parcel.store.currency
    return settle(full, store_currency=currency, rate=frozen.value, margin_bps=frozen.margin_bps).store.minor


def _lines(order: Order, parcel: Parcel, rates: RateTable) -> list[OrderLine]:
    shares = rates.with_margin(0).convert(parcel.items, "EUR").split([line.total.minor for line in parcel.lines])
    return [
        OrderLine(
            order_id=order.pk,
            number=number,
            product_id=line.wanted.product_id,
            variant_id=line.wanted.variant_id,
            version_id=line.wanted.version_id,
            title=line.wanted.title,
            sku=line.wanted.sku,
            options=line.wanted.options,
            quantity=line.wanted.quantity,
            unit_minor=line.unit.minor,
            total_minor=line.total.minor,
            cut_minor=line.goods.minor - line.total.minor,
            subsidy_minor=line.subsidy.minor,
            tax_minor=asked.collected.minor,
            total_eur_minor=share.minor,
            hs_code=line.wanted.hs_code,
            origin=line.wanted.origin,
        )
        for number, (line, share, asked) in enumerate(
            zip(parcel.lines, shares, parcel.reckoning.landed.lines, strict=True), start=1
        )
    ]


def _write(
    purchase: Purchase, orders: Sequence[Order], lines: Sequence[OrderLine], cuts: Sequence[OrderCut], at: datetime
) -> None:
    rows = {"purchase": json_of([purchase]), "orders": json_of(orders), "lines": json_of(lines)}
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, {**rows, "cart_id": purchase.cart_id, "at": at})
        if cuts:
            cursor.execute(_WRITE_CUTS, {"cuts": json_of(cuts)})


def _placed_event(order: Order, at: datetime) -> OrderPlaced:
    return OrderPlaced(
        at=at,
        order_id=order.pk,
        store_id=order.store_id,
        buyer_id=order.buyer_id,
        total_minor=order.total_minor,
        currency=order.currency,
    )


def _placed(purchase: Purchase, orders: list[Order]) -> Placed:
    return Placed(
        purchase_id=purchase.pk,
        key=access_key(purchase.pk),
        total=Money(purchase.total_minor, purchase.currency),
        pay_by=purchase.pay_by,
        orders=tuple(PlacedOrder(o.pk, o.number, o.store_id, Money(o.total_minor, o.currency)) for o in orders),
    )
