"""Orders of the token's account. A guest adds `?key=` from the checkout's answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from caravan.api.endpoint import Call, Page, Shape, endpoint
from caravan.api.v1.shapes import Amount, CutShape, LandedShape, page_of
from caravan.kernel.errors import Invalid, NotFound
from caravan.people.actions.buyers import buyer_of_user
from caravan.people.rules.addresses import PostalAddress, check
from caravan.people.rules.limits import PAYMENTS
from caravan.reputation.actions import leave_feedback
from caravan.reputation.actions.feedback import Opinion
from caravan.trade.actions.completing import receive_order
from caravan.trade.actions.parcels import ship_parcel
from caravan.trade.actions.paying import pay_purchase
from caravan.trade.payments.protocol import Card
from caravan.trade.queries.access import Viewer
from caravan.trade.queries.cuts import CutRow, cuts_of_order, cuts_of_orders
from caravan.trade.queries.orders import OrderRow, order_for_buyer, order_for_store, orders_of_buyer, orders_of_store
from caravan.trade.queries.parcels import ParcelRow, parcels_of, parcels_of_order
from caravan.trade.queries.purchases import purchase_of_order


class AddressShape(Shape, frozen=True):
    """Fields as in Google's address data; which are required depends on the country."""

    name: str
    country_code: str
    street_address: str = ""
    company_name: str = ""
    country_area: str = ""
    city: str = ""
    city_area: str = ""
    postal_code: str = ""
    sorting_code: str = ""
    phone: str = ""

    def checked(self) -> PostalAddress:
        """Raises Invalid, naming the fields."""
        return check({name: getattr(self, name) for name in self.__struct_fields__})


class OrderLineShape(Shape, frozen=True):
    """Words and prices as they were when it was bought. `options` by attribute code."""

    id: UUID
    product_id: UUID
    title: str
    sku: str
    options: dict[str, str]
    quantity: int
    unit_price: Amount
    total: Amount
    tax: Amount
    shipped: int
    refunded: int


class PieceShape(Shape, frozen=True):
    line_id: UUID
    sku: str
    quantity: int


class TrackingShape(Shape, frozen=True):
    """`status` is one of the words a tracking webhook may say."""

    status: str
    place: str
    text: str
    at: datetime


class ParcelShape(Shape, frozen=True):
    """`link`: where the carrier shows it, empty for a carrier we do not know."""

    number: int
    carrier: str
    tracking_code: str
    link: str
    shipped_at: datetime
    delivered_at: datetime | None
    pieces: list[PieceShape]
    events: list[TrackingShape]


class OrderShape(Shape, frozen=True):
    """`status` is the one word for people; `payment` and `fulfilment` are the facets behind it.

    `cuts` are what promotions took off the goods at the prices on their cards, `carrier` and `tracking_code` the first parcel's.
    """

    id: str
    name: str
    status: str
    payment: str
    fulfilment: str
    store: str
    market: str
    lines: list[OrderLineShape]
    cuts: list[CutShape]
    items: Amount
    shipping: Amount
    tax: Amount
    total: Amount
    landed: LandedShape | None
    parcels: list[ParcelShape]
    carrier: str
    tracking_code: str
    placed_at: datetime
    pay_by: datetime | None
    paid_at: datetime | None
    shipped_at: datetime | None
    received_at: datetime | None


class OrdersQuery(Shape, frozen=True):
    """`store`: the orders of a store of yours, instead of what you bought."""

    store: str = ""
    status: str = ""
    cursor: str = ""
    limit: int = 20


class KeyQuery(Shape, frozen=True):
    """`key`: a guest's, from the checkout's answer. `store`: look as the store's staff."""

    key: str = ""
    store: str = ""


class CardPayment(Shape, frozen=True):
    """A card, and an `attempt` of your own choosing: the same attempt twice is the same try.

    `return_url`: where a buyer who confirmed at the bank goes on, in this market. A market whose provider asks for the card on
    its own page takes none here: send no number, and the buyer to the `url` of the answer.
    """

    number: str = ""
    expiry: str = ""
    code: str = ""
    attempt: str = "1"
    return_url: str = ""


class PaymentShape(Shape, frozen=True):
    """`state`: paid, declined (with a `reason`), confirming (send the buyer to `url`), or pending (we shall hear)."""

    id: UUID
    name: str
    state: str
    url: str
    reason: str


class PieceBody(Shape, frozen=True):
    line_id: UUID
    quantity: int


class Shipment(Shape, frozen=True):
    """`lines`: the pieces in this parcel; none: all that is left of the order."""

    carrier: str
    tracking_code: str
    lines: list[PieceBody] | None = None


class FeedbackBody(Shape, frozen=True):
    """Feedback on one line: stars 1-5, all three detailed ratings or none."""

    line_id: UUID
    stars: int
    described: int | None = None
    communication: int | None = None
    shipping: int | None = None
    text: str = ""


class FeedbackShape(Shape, frozen=True):
    id: UUID
    name: str


@endpoint("GET", "orders", answer=Page[OrderShape], query=OrdersQuery, auth="required")
def list_orders(call: Call[OrdersQuery, None]) -> Page[OrderShape]:
    """What you bought, or with `store` what a store of yours sold, newest first"""
    q = call.query
    if q.store:
        page = orders_of_store(user_id=call.user_id, store_slug=q.store, status=q.status, cursor=q.cursor, limit=page_of(q.limit))
    else:
        page = orders_of_buyer(user_id=call.user_id, cursor=q.cursor, limit=page_of(q.limit))
    parcels, cuts = parcels_of([o.id for o in page.orders]), cuts_of_orders(page.orders)
    shapes = [order_shape(o, parcels.get(o.id, ()), cuts.get(o.id, ())) for o in page.orders]
    return Page(items=shapes, next=page.next_cursor)


@endpoint("GET", "orders/{number}", answer=OrderShape, query=KeyQuery, auth="optional")
def get_order(call: Call[KeyQuery, None], number: str) -> OrderShape:
    """One order, of yours or of a store of yours"""
    if call.query.store:
        return _shape(order_for_store(user_id=call.user_id, number=number))
    return _shape(order_for_buyer(viewer=_viewer(call), number=number))


@endpoint(
    "POST", "orders/{number}/payment", answer=PaymentShape, query=KeyQuery, body=CardPayment, auth="optional", status=201,
    spends=("payment", PAYMENTS),
)  # fmt: skip
def pay_order(call: Call[KeyQuery, CardPayment], number: str) -> PaymentShape:
    """Pay the order, and those placed together with it, by card"""
    viewer = _viewer(call)
    purchase_id = purchase_of_order(viewer=viewer, number=number)
    if purchase_id is None:
        raise Invalid("payment.imported", "This order was paid elsewhere.")
    attempt = pay_purchase(
        viewer=viewer,
        purchase_id=purchase_id,
        card=Card(call.body.number, call.body.expiry, call.body.code) if call.body.number else None,
        attempt=call.body.attempt,
        return_url=_way_back(call.body.return_url),
        at=call.at,
    )
    return PaymentShape(id=attempt.payment_id, name=number, state=attempt.state, url=attempt.url, reason=attempt.reason)


@endpoint("POST", "orders/{number}/shipment", answer=OrderShape, body=Shipment, auth="required", status=201)
def ship(call: Call[KeyQuery, Shipment], number: str) -> OrderShape:
    """As the store's staff: hand the order, or some pieces of it, to a carrier"""
    body = call.body
    pieces = None if body.lines is None else {piece.line_id: piece.quantity for piece in body.lines}
    ship_parcel(
        user_id=call.user_id,
        number=number,
        carrier=body.carrier,
        tracking_code=body.tracking_code,
        pieces=pieces,
        at=call.at,
    )
    return _shape(order_for_store(user_id=call.user_id, number=number))


@endpoint("POST", "orders/{number}/receipt", answer=OrderShape, query=KeyQuery, auth="optional", status=201)
def receive(call: Call[KeyQuery, None], number: str) -> OrderShape:
    """As the buyer: it has arrived"""
    viewer = _viewer(call)
    receive_order(viewer=viewer, number=number, at=call.at)
    return _shape(order_for_buyer(viewer=viewer, number=number))


@endpoint("POST", "orders/{number}/feedback", answer=FeedbackShape, body=FeedbackBody, auth="required", status=201)
def give_feedback(call: Call[KeyQuery, FeedbackBody], number: str) -> FeedbackShape:
    """As the buyer: rate a line of a received order"""
    order = order_for_buyer(viewer=Viewer(user_id=call.user_id), number=number)
    b = call.body
    if b.line_id not in [line.id for line in order.lines]:
        raise NotFound("feedback.line", _("This order has no such line."))
    feedback_id = leave_feedback(
        buyer_id=buyer_of_user(user_id=call.user_id, at=call.at),
        line_id=b.line_id,
        opinion=Opinion(stars=b.stars, described=b.described, communication=b.communication, shipping=b.shipping, text=b.text),
        at=call.at,
    )
    return FeedbackShape(id=feedback_id, name=number)


def _way_back(return_url: str) -> str:
    """Only to this market: else a link to the bank here would be a link to anywhere."""
    home = f"{settings.SITE_URL}/"
    if not url_has_allowed_host_and_scheme(return_url or home, allowed_hosts={urlsplit(home).netloc}):
        raise Invalid("payment.return_url", f"The way back has to begin with {home}.", return_url="elsewhere")
    return return_url or home


def _shape(o: OrderRow) -> OrderShape:
    return order_shape(o, parcels_of_order(o.id), cuts_of_order(o))


def order_shape(o: OrderRow, parcels: Sequence[ParcelRow], cuts: Sequence[CutRow]) -> OrderShape:
    first = parcels[0] if parcels else None
    return OrderShape(
        id=o.number,
        name=o.number,
        status=o.status,
        payment=o.facets.payment,
        fulfilment=o.facets.fulfilment,
        store=o.store_slug,
        market=o.market,
        lines=[
            OrderLineShape(
                id=x.id, product_id=x.product_id, title=x.title, sku=x.sku, options=dict(x.options),
                quantity=x.quantity, unit_price=Amount.of(x.unit), total=Amount.of(x.total), tax=Amount.of(x.tax),
                shipped=x.shipped, refunded=x.refunded,
            )
            for x in o.lines
        ],
        cuts=[CutShape(kind=c.code, name=c.name, amount=Amount.of(c.amount), paid_by=c.payer) for c in cuts],
        items=Amount.of(o.items),
        shipping=Amount.of(o.shipping),
        tax=Amount.of(o.tax),
        total=Amount.of(o.total),
        landed=LandedShape.of(o.reckoning.landed) if o.reckoning else None,
        parcels=[_parcel(p) for p in parcels],
        carrier=first.carrier if first else "",
        tracking_code=first.tracking_code if first else "",
        placed_at=o.placed_at,
        pay_by=o.pay_by,
        paid_at=o.paid_at,
        shipped_at=o.shipped_at,
        received_at=o.received_at,
    )  # fmt: skip


def _parcel(p: ParcelRow) -> ParcelShape:
    return ParcelShape(
        number=p.number,
        carrier=p.carrier,
        tracking_code=p.tracking_code,
        link=p.link,
        shipped_at=p.shipped_at,
        delivered_at=p.delivered_at,
        pieces=[PieceShape(line_id=x.line_id, sku=x.sku, quantity=x.quantity) for x in p.pieces],
        events=[TrackingShape(status=e.status, place=e.place, text=e.text, at=e.happened_at) for e in p.events],
    )


def _viewer(call: Call) -> Viewer:  # type: ignore[type-arg]
    return Viewer(user_id=call.account_id, key=call.query.key)
