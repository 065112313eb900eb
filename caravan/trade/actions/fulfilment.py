from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from caravan.kernel.errors import Invalid
from caravan.outbox.actions import record
from caravan.trade.actions.moves import move_orders
from caravan.trade.events import OrderReceived, OrderShipped
from caravan.trade.models import Order
from caravan.trade.queries.access import Viewer
from caravan.trade.queries.orders import order_for_buyer, order_for_store
from caravan.trade.rules.states import Move


def ship_order(*, user_id: UUID, number: str, carrier: str, tracking_code: str, at: datetime) -> None:
    """A member of the store hands a paid order to a carrier. The same once more is no error; another parcel is a Conflict.

    Raises NotFound for another store's order, Invalid without carrier and tracking code.
    """
    order_id = order_for_store(user_id=user_id, number=number).id
    carrier, tracking_code = " ".join(carrier.split()), "".join(tracking_code.split())
    _check(carrier, tracking_code)
    with transaction.atomic():
        order = _locked(order_id)
        if order.fulfilment_state != Order.Fulfilment.NONE and (order.carrier, order.tracking_code) == (carrier, tracking_code):
            return
        move_orders(orders=[order], move=Move.SHIP, at=at)
        Order.objects.filter(pk=order_id).update(carrier=carrier, tracking_code=tracking_code)
        record(
            OrderShipped(
                at=at,
                order_id=order_id,
                store_id=order.store_id,
                buyer_id=order.buyer_id,
                carrier=carrier,
                tracking_code=tracking_code,
            )
        )


def receive_order(*, viewer: Viewer, number: str, at: datetime) -> None:
    """The buyer has the parcel. Saying so twice is no error. Raises NotFound for somebody else's, Conflict if never shipped."""
    order_id = order_for_buyer(viewer=viewer, number=number).id
    with transaction.atomic():
        order = _locked(order_id)
        if order.fulfilment_state == Order.Fulfilment.RECEIVED:
            return
        move_orders(orders=[order], move=Move.RECEIVE, at=at)
        record(OrderReceived(at=at, order_id=order_id, store_id=order.store_id, buyer_id=order.buyer_id))


def _check(carrier: str, tracking_code: str) -> None:
    longest = {"carrier": 40, "tracking_code": 80}
    wrong = {
        name: _("Write it in at most %(most)s characters.") % {"most": longest[name]}
        for name, text in (("carrier", carrier), ("tracking_code", tracking_code))
        if not 1 <= len(text) <= longest[name]
    }
    if wrong:
        raise Invalid("shipment.incomplete", _("The buyer follows the parcel by its carrier and tracking code."), **wrong)


def _locked(order_id: UUID) -> Order:
    return Order.objects.select_for_update(no_key=True).get(pk=order_id)
