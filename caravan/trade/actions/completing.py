"""Completion: the buyer has the goods, or time says so. The escrow is released, and what the store earned is known."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from caravan.kernel.ids import uuid7
from caravan.outbox.actions import record
from caravan.trade.actions.funds import release_funds
from caravan.trade.actions.moves import locked_order, move_orders
from caravan.trade.events import OrderCompleted, OrderReceived
from caravan.trade.models import Order
from caravan.trade.queries.access import Viewer
from caravan.trade.queries.orders import order_for_buyer
from caravan.trade.rules.states import Move


def receive_order(*, viewer: Viewer, number: str, at: datetime) -> None:
    """The buyer has the goods. Saying so twice is no error. Raises NotFound for somebody else's, Conflict if never shipped."""
    order_id = order_for_buyer(viewer=viewer, number=number).id
    with transaction.atomic():
        order = locked_order(order_id)
        if order.fulfilment_state == Order.Fulfilment.RECEIVED:
            return
        complete_order(order=order, move=Move.RECEIVE, at=at)
        record(OrderReceived(at=at, order_id=order_id, store_id=order.store_id, buyer_id=order.buyer_id))


def confirm_order(*, order: Order, at: datetime) -> bool:
    """Nobody said anything in time: a locked order counts as received. False where its clock does not say so (any more)."""
    if order.confirm_by is None or order.confirm_by > at:
        return False
    complete_order(order=order, move=Move.CONFIRM, at=at)
    return True


def complete_order(*, order: Order, move: Move, at: datetime) -> None:
    """Make `move` (RECEIVE or CONFIRM) with a locked order and release its escrow. Raises Conflict where it is not allowed."""
    move_orders(orders=[order], move=move, at=at)
    cause = uuid7()
    part = release_funds(order=order, cause=cause, at=at)
    record(
        OrderCompleted(
            at=at,
            event_id=cause,
            order_id=order.pk,
            store_id=order.store_id,
            buyer_id=order.buyer_id,
            earned_minor=part.earned.minor,
            store_currency=order.store_currency,
        )
    )
