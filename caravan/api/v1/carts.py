"""A cart belongs to the token's account, or, without a token, to whoever knows its id."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from caravan.api.endpoint import Call, Nothing, Shape, endpoint
from caravan.api.v1.orders import AddressShape, OrderShape, order_shape
from caravan.api.v1.shapes import Amount, CutShape, LandedShape
from caravan.kernel import markets
from caravan.kernel.errors import Invalid, NotFound
from caravan.kernel.money import Money
from caravan.people.rules.limits import CHECKOUTS
from caravan.promotions.rules import Cut, LineCut, Nearly
from caravan.promotions.rules.fates import Fate
from caravan.shipping.rules import Service, ShippingOption
from caravan.trade.actions.carts import add_to_cart, create_cart, remove_line, set_quantity
from caravan.trade.actions.placing import place_purchase
from caravan.trade.queries.access import Viewer
from caravan.trade.queries.carts import cart, open_cart_id
from caravan.trade.queries.cuts import cuts_of_orders
from caravan.trade.queries.orders import orders_of_purchase
from caravan.trade.rules.basket import BasketLine
from caravan.trade.rules.cart import CartOwner


class CartLineShape(Shape, frozen=True):
    """`id` is the variant's, `options` by attribute code. `total` is what is paid: the pieces at the prices on their cards, less
    the line's share of `cuts`; `unit_price` is that of the first. `availability`: ok, short (fewer are left), sold_out, gone,
    not_here (no delivery there), too_large (no service carries it), away (its store is on vacation)."""

    id: UUID
    product_id: UUID
    store: str
    title: str
    sku: str
    options: dict[str, str]
    quantity: int
    unit_price: Amount
    cuts: list[CutShape]
    total: Amount
    availability: str


class ServiceShape(Shape, frozen=True):
    """A way to send the parcel: economy, standard or express. `paid_by`: who pays it where it is `free`."""

    service: str
    cost: Amount
    free: bool
    paid_by: str
    days_min: int
    days_max: int


class ParcelShape(Shape, frozen=True):
    """What one store would send: an order of its own. `cuts` are the store's. `service` is the one chosen among `services`, its
    cost is `shipping`."""

    store: str
    cuts: list[CutShape]
    items: Amount
    shipping: Amount
    tax: Amount
    total: Amount
    landed: LandedShape
    days_min: int
    days_max: int
    service: str
    services: list[ServiceShape]


class CouponInCartShape(Shape, frozen=True):
    """A coupon of the account and what becomes of it. `why` it is not used: not_here, not_for_you, no_goods, min_spend (`missing`
    more, where that is known) or better; empty where it is used."""

    id: UUID
    name: str
    used: bool
    why: str
    missing: Amount | None


class NearlyShape(Shape, frozen=True):
    """A threshold nearly reached: with `missing` or so many `pieces` more, `saves` comes off in all. `store`: a slug, null: the
    market's."""

    name: str
    store: str | None
    missing: Amount | None
    pieces: int
    saves: Amount


class CartShape(Shape, frozen=True):
    """`goods` at the prices on their cards, less the `cuts` of the parcels and those of the market itself, are `items`."""

    id: UUID
    name: str
    lines: list[CartLineShape]
    parcels: list[ParcelShape]
    goods: Amount
    cuts: list[CutShape]
    items: Amount
    shipping: Amount
    tax: Amount
    total: Amount
    coupons: list[CouponInCartShape]
    nearly: list[NearlyShape]
    ready: bool


class CartQuery(Shape, frozen=True):
    """`region`: the state or province it goes to, as its post writes it ("CA", "SP"); without it the highest tax is taken.

    `services`: the shipping services to price with, "store:service" with commas between; the default ones otherwise.
    """

    region: str = ""
    services: str = ""


class NewLine(Shape, frozen=True):
    """`quantity` pieces of a variant more."""

    variant_id: UUID
    quantity: int = 1


class Quantity(Shape, frozen=True):
    quantity: int


class Checkout(Shape, frozen=True):
    """`total` is what the cart said, e.g. "129.90 BRL"; if that changed, nothing is ordered. `email` is for guests.

    `services` are the shipping services chosen, "store:service" with commas between; the default ones otherwise.
    `note` is for the stores.
    """

    address: AddressShape
    total: str
    email: str = ""
    services: str = ""
    note: str = ""


class PlacedShape(Shape, frozen=True):
    """Orders to be paid together until `pay_by`. A guest needs `key` to see and pay them."""

    id: UUID
    name: str
    key: str
    total: Amount
    pay_by: datetime
    orders: list[OrderShape]


@endpoint("POST", "carts", answer=CartShape, query=CartQuery, auth="optional", status=201)
def create_a_cart(call: Call[CartQuery, None]) -> CartShape:
    """A new cart, or the account's open one, priced for `market`"""
    owner = _owner(call, None)
    cart_id = create_cart(owner=owner, market=call.market, at=call.at)
    return _shape(call, _owner(call, cart_id), cart_id)


@endpoint("GET", "carts/{cart_id}", answer=CartShape, query=CartQuery, auth="optional")
def get_cart(call: Call[CartQuery, None], cart_id: UUID) -> CartShape:
    """The cart as it would be ordered now: prices, delivery, tax and duty, what cannot be bought"""
    return _shape(call, _own(call, cart_id), cart_id)


@endpoint("POST", "carts/{cart_id}/lines", answer=CartShape, query=CartQuery, body=NewLine, auth="optional", status=201)
def add_line(call: Call[CartQuery, NewLine], cart_id: UUID) -> CartShape:
    """Put a variant into the cart"""
    owner = _own(call, cart_id)
    add_to_cart(owner=owner, variant_id=call.body.variant_id, quantity=call.body.quantity, market=call.market, at=call.at)
    return _shape(call, owner, cart_id)


@endpoint("PATCH", "carts/{cart_id}/lines/{variant_id}", answer=CartShape, query=CartQuery, body=Quantity, auth="optional")
def change_line(call: Call[CartQuery, Quantity], cart_id: UUID, variant_id: UUID) -> CartShape:
    """Want another number of pieces"""
    owner = _own(call, cart_id)
    set_quantity(owner=owner, variant_id=variant_id, quantity=call.body.quantity, at=call.at)
    return _shape(call, owner, cart_id)


@endpoint("DELETE", "carts/{cart_id}/lines/{variant_id}", answer=CartShape, query=CartQuery, auth="optional")
def drop_line(call: Call[CartQuery, None], cart_id: UUID, variant_id: UUID) -> CartShape:
    """Take a variant out of the cart"""
    owner = _own(call, cart_id)
    remove_line(owner=owner, variant_id=variant_id, at=call.at)
    return _shape(call, owner, cart_id)


@endpoint(
    "POST", "carts/{cart_id}/checkout", answer=PlacedShape, body=Checkout, auth="optional", status=201,
    spends=("checkout", CHECKOUTS),
)  # fmt: skip
def check_out(call: Call[Nothing, Checkout], cart_id: UUID) -> PlacedShape:
    """Order everything in the cart: an order per store, paid together

    Needs an Idempotency-Key: the same key and request place one purchase however often they come.
    """
    address = call.body.address.checked()
    market = replace(call.market, country=markets.country(address.country_code))
    placed = place_purchase(
        cart_id=cart_id,
        user_id=call.account_id,
        email=call.body.email,
        address=address,
        market=market,
        expected_total=Money.parse(call.body.total),
        idempotency_key=_idempotency_key(call),
        services=_services(call.body.services),
        note=call.body.note,
        at=call.at,
    )
    orders = orders_of_purchase(viewer=Viewer(key=placed.key), purchase_id=placed.purchase_id)
    cuts = cuts_of_orders(orders)
    return PlacedShape(
        id=placed.purchase_id,
        name=", ".join(o.number for o in placed.orders),
        key=placed.key,
        total=Amount.of(placed.total),
        pay_by=placed.pay_by,
        orders=[order_shape(o, (), cuts.get(o.id, ())) for o in orders],
    )


def _services(text: str) -> dict[str, str]:
    """ "lumen:express,oak:economy" by store. Raises Invalid for anything else."""
    parts = [part.strip().partition(":") for part in text.split(",") if part.strip()]
    if not all(colon and store and service in tuple(Service) for store, colon, service in parts):
        wrong = _("Write services like store:express, with commas between; they are economy, standard and express.")
        raise Invalid("shipping.services", wrong, services=wrong)
    return {store: service for store, _colon, service in parts}


def _idempotency_key(call: Call[Nothing, Checkout]) -> str:
    key = call.request.headers.get("idempotency-key", "").strip()
    if not key or "\x00" in key:
        raise Invalid("idempotency.key", "Send an Idempotency-Key header of 1 to 80 characters, new for each purchase.")
    return key


def _owner(call: Call, cart_id: UUID | None) -> CartOwner:  # type: ignore[type-arg]
    return CartOwner(user_id=call.account.id) if call.account else CartOwner(cart_id=cart_id)


def _own(call: Call, cart_id: UUID) -> CartOwner:  # type: ignore[type-arg]
    """The owner, once it is sure that the cart named is theirs and open. Raises NotFound."""
    owner = _owner(call, cart_id)
    if open_cart_id(owner=owner) != cart_id:
        raise NotFound("cart.none", _("This cart does not exist, or was ordered already."))
    return owner


def _shape(call: Call[CartQuery, Any], owner: CartOwner, cart_id: UUID) -> CartShape:
    region, services = call.query.region[:120] or None, _services(call.query.services)
    seen = cart(owner=owner, market=call.market, at=call.at, region=region, services=services)
    basket = seen.basket
    slugs = {parcel.store.id: parcel.store.slug for parcel in basket.parcels}
    lines = [line for parcel in basket.parcels for line in parcel.lines]
    return CartShape(
        id=cart_id,
        name=str(cart_id),
        lines=[_line(line) for line in (*lines, *basket.unavailable)],
        parcels=[
            ParcelShape(
                store=p.store.slug, cuts=_cuts(p.cuts), items=Amount.of(p.items), shipping=Amount.of(p.shipping),
                tax=Amount.of(p.tax), total=Amount.of(p.total), landed=LandedShape.of(p.reckoning.landed),
                days_min=p.delivery.days_min, days_max=p.delivery.days_max, service=p.delivery.service,
                services=[_service(way) for way in p.services],
            )
            for p in basket.parcels
        ],
        goods=Amount.of(basket.goods),
        cuts=_cuts(basket.cuts),
        items=Amount.of(basket.items),
        shipping=Amount.of(basket.shipping),
        tax=Amount.of(basket.tax),
        total=Amount.of(basket.total),
        coupons=[_coupon(fate) for fate in seen.fates],
        nearly=[_nearly(one, slugs) for one in basket.nearly],
        ready=basket.ready,
    )  # fmt: skip


def _cuts(cuts: Iterable[Cut | LineCut]) -> list[CutShape]:
    return [CutShape(kind=cut.stage.code, name=cut.name, amount=Amount.of(cut.amount), paid_by=cut.payer) for cut in cuts]


def _coupon(fate: Fate) -> CouponInCartShape:
    return CouponInCartShape(
        id=fate.coupon.id,
        name=fate.coupon.name,
        used=fate.why is None,
        why=fate.why or "",
        missing=Amount.if_any(fate.missing),
    )


def _nearly(one: Nearly, slugs: Mapping[UUID, str]) -> NearlyShape:
    return NearlyShape(
        name=one.name,
        store=slugs.get(one.store_id) if one.store_id else None,
        missing=Amount.if_any(one.missing),
        pieces=one.pieces,
        saves=Amount.of(one.saves),
    )


def _service(way: ShippingOption) -> ServiceShape:
    return ServiceShape(
        service=way.service,
        cost=Amount.of(way.cost),
        free=way.free,
        paid_by=way.payer,
        days_min=way.days_min,
        days_max=way.days_max,
    )


def _line(line: BasketLine) -> CartLineShape:
    w = line.wanted
    return CartLineShape(
        id=w.variant_id,
        product_id=w.product_id,
        store=w.store.slug,
        title=w.title,
        sku=w.sku,
        options=dict(w.options),
        quantity=w.quantity,
        unit_price=Amount.of(line.unit),
        cuts=_cuts(line.cuts),
        total=Amount.of(line.total),
        availability=line.availability,
    )
