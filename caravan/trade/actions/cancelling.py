"""Calling off a paid order that is not shipped: the buyer asks, the store answers or cancels by itself, or time does it.

All of the money goes back, and the pieces go back into stock.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from caravan.kernel.errors import Conflict, Invalid
from caravan.kernel.ids import uuid7
from caravan.outbox.actions import record
from caravan.trade.actions.moves import locked_order, move_orders
from caravan.trade.actions.refunding import refund_rest, refund_unsent
from caravan.trade.events import CancelAnswered, CancelAsked
from caravan.trade.models import Order
from caravan.trade.queries.access import Viewer
from caravan.trade.queries.orders import order_for_buyer, order_for_store
from caravan.trade.rules.states import Move
from caravan.trade.rules.terms import TERMS

LONGEST_REASON = 200


def ask_cancel(*, viewer: Viewer, number: str, reason: str, at: datetime) -> None:
    """The buyer of a paid order asks its store to cancel it. Asking twice is no error.

    Unanswered for `TERMS.cancel_answer` it is granted. Raises NotFound for somebody else's, Invalid for too long a reason,
    Conflict once it is shipped, closed, or refused.
    """
    reason = " ".join(reason.split())
    if len(reason) > LONGEST_REASON:
        text = _("Write it in at most %(most)s characters.") % {"most": LONGEST_REASON}
        raise Invalid("cancel.reason", text, reason=text)
    order_id = order_for_buyer(viewer=viewer, number=number).id
    with transaction.atomic():
        order = locked_order(order_id)
        if order.cancel_state == Order.Cancel.ASKED:
            return
        move_orders(orders=[order], move=Move.ASK_CANCEL, at=at)
        order.cancel_reason = reason
        order.save(update_fields=["cancel_reason"])
        record(CancelAsked(at=at, order_id=order.pk, store_id=order.store_id, buyer_id=order.buyer_id, reason=reason))


def answer_cancel(*, user_id: UUID, number: str, granted: bool, at: datetime) -> None:
    """The store grants or refuses what the buyer asked. The same answer twice is no error; another one is a Conflict."""
    order_id = order_for_store(user_id=user_id, number=number).id
    with transaction.atomic():
        order = locked_order(order_id)
        if order.cancel_state == (Order.Cancel.GRANTED if granted else Order.Cancel.REFUSED):
            return
        if granted:
            _grant(order, at)
        else:
            move_orders(orders=[order], move=Move.REFUSE_CANCEL, at=at)
            record(_answered(order, False, at))


def cancel_by_store(*, user_id: UUID, number: str, at: datetime) -> None:
    """The store calls off a paid order it cannot ship. Doing so twice is no error; where the buyer asked, it grants that."""
    order_id = order_for_store(user_id=user_id, number=number).id
    with transaction.atomic():
        order = locked_order(order_id)
        if order.order_state == Order.State.CANCELLED and order.payment_state == Order.PaymentState.REFUNDED:
            return
        if order.cancel_state == Order.Cancel.ASKED:
            _grant(order, at)
        else:
            _close(order, Move.CANCEL_BY_STORE, "by_store", at)


def grant_overdue(*, order: Order, at: datetime) -> bool:
    """A locked order whose store did not answer in time is cancelled. False where its clock does not say so (any more)."""
    asked = order.cancel_asked_at
    if order.cancel_state != Order.Cancel.ASKED or asked is None or asked + TERMS.cancel_answer > at:
        return False
    _grant(order, at)
    return True


def close_unshipped(*, order: Order, at: datetime) -> bool:
    """A locked order whose time to ship is over is closed; of a partly shipped one, what was not sent goes back.

    False where its clock does not say so (any more), or where the buyer asked to cancel: then that clock runs.
    """
    if order.ship_by_at is None or order.ship_by_at > at or order.cancel_state == Order.Cancel.ASKED:
        return False
    if order.fulfilment_state == Order.Fulfilment.PART_SHIPPED:
        # First the refund: the pieces that never left go back to stock while the order still has such.
        refund_unsent(order=order, cause=uuid7(), reason="not_shipped", at=at)
        if order.payment_state == Order.PaymentState.PAID:
            move_orders(orders=[order], move=Move.CLOSE_REST, at=at)
    else:
        _close(order, Move.CLOSE_UNSHIPPED, "not_shipped", at)
    return True


def _grant(order: Order, at: datetime) -> None:
    _close(order, Move.GRANT_CANCEL, "cancel_granted", at)
    record(_answered(order, True, at))


def _close(order: Order, move: Move, reason: str, at: datetime) -> None:
    if order.fund_state != Order.Fund.HELD:
        raise Conflict(f"order.cannot_{move}", _("Order %(number)s cannot be cancelled any more.") % {"number": order.number})
    refund_rest(order=order, cause=uuid7(), reason=reason, closing=move, at=at)


def _answered(order: Order, granted: bool, at: datetime) -> CancelAnswered:
    return CancelAnswered(at=at, order_id=order.pk, store_id=order.store_id, buyer_id=order.buyer_id, granted=granted)
