from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from caravan.outbox.actions import record
from caravan.trade.actions.moves import move_orders
from caravan.trade.actions.parcels import ship_parcel
from caravan.trade.events import OrderReceived
from caravan.trade.models import Order
from caravan.trade.queries.access import Viewer
from caravan.trade.queries.orders import order_for_buyer
from caravan.trade.rules.states import Move


def ship_order(*, user_id: UUID, number: str, carrier: str, tracking_code: str, at: datetime) -> None:
    """A member of the store hands all that is left of a paid order to a carrier, as one parcel (`actions/parcels.py`)."""
    ship_parcel(user_id=user_id, number=number, carrier=carrier, tracking_code=tracking_code, at=at)


def receive_order(*, viewer: Viewer, number: str, at: datetime) -> None:
    """The buyer has the parcel. Saying so twice is no error. Raises NotFound for somebody else's, Conflict if never shipped."""
    order_id = order_for_buyer(viewer=viewer, number=number).id
    with transaction.atomic():
        order = _locked(order_id)
        if order.fulfilment_state == Order.Fulfilment.RECEIVED:
            return
        move_orders(orders=[order], move=Move.RECEIVE, at=at)
        record(OrderReceived(at=at, order_id=order_id, store_id=order.store_id, buyer_id=order.buyer_id))


def _locked(order_id: UUID) -> Order:
    return Order.objects.select_for_update(no_key=True).get(pk=order_id)
