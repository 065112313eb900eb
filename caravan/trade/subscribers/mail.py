"""Letters about orders. Buyers get one letter per purchase, however many stores it is from; the first order's event sends it."""

from __future__ import annotations

from collections.abc import Callable

from caravan.kernel.money import Money
from caravan.people.actions.mail import send_mail, writing_in
from caravan.stores.queries import members_of, stores_by_ids
from caravan.trade.actions.lateness import REASON
from caravan.trade.events import OrderEvent, OrderLapsed, OrderPaid, OrderPlaced, ParcelShipped, RefundDecided
from caravan.trade.queries.access import Viewer
from caravan.trade.queries.orders import OrderRow, order_by_id, orders_of_purchase
from caravan.trade.queries.parcels import parcel_by_id
from caravan.trade.subscribers import letters
from caravan.trade.subscribers.letters import Letter


def mail_placed(event: OrderPlaced) -> None:
    _write_of_purchase(event, letters.placed)


def mail_paid(event: OrderPaid) -> None:
    _write_of_purchase(event, letters.paid)


def mail_lapsed(event: OrderLapsed) -> None:
    _write_of_purchase(event, letters.lapsed)


def mail_parcel(event: ParcelShipped) -> None:
    order, parcel = order_by_id(event.order_id), parcel_by_id(event.parcel_id)
    _write(order, lambda: letters.shipped(order, parcel))


def mail_late(event: RefundDecided) -> None:
    """Of the refunds, the one nobody asked for."""
    if event.reason == REASON:
        order, given = order_by_id(event.order_id), Money(event.minor, event.currency)
        _write(order, lambda: letters.late(order, given))


def mail_store(event: OrderPaid) -> None:
    """To everyone who acts for the store, in the store's language."""
    order = order_by_id(event.order_id)
    language = stores_by_ids([order.store_id])[order.store_id].language
    with writing_in(language):
        letter = letters.to_store(order, language)
    for member in members_of(order.store_id):
        send_mail(to=member.email, subject=letter.subject, text=letter.text)


def _write_of_purchase(event: OrderEvent, compose: Callable[[tuple[OrderRow, ...]], Letter]) -> None:
    order = order_by_id(event.order_id)
    if order.purchase_id is None:
        return
    orders = orders_of_purchase(viewer=Viewer(key=order.key), purchase_id=order.purchase_id)
    if order.id == orders[0].id:
        _write(order, lambda: compose(orders))


def _write(order: OrderRow, compose: Callable[[], Letter]) -> None:
    if not order.buyer_email:
        return
    with writing_in(order.language):
        letter = compose()
    send_mail(to=order.buyer_email, subject=letter.subject, text=letter.text)
