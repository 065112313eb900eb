"""Moving orders through their table of states, under a lock."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from django.utils.translation import gettext as _

from caravan.kernel.errors import Conflict
from caravan.trade.models import Order
from caravan.trade.rules import states
from caravan.trade.rules.states import Facets, Move

_STAMPS: dict[Move, Literal["paid_at", "cancelled_at", "shipped_at", "received_at"]] = {
    Move.PAY: "paid_at",
    Move.LAPSE: "cancelled_at",
    Move.VOID: "cancelled_at",
    Move.SHIP: "shipped_at",
    Move.RECEIVE: "received_at",
}


def facets_of(order: Order) -> Facets:
    """The three states that decide which moves the order allows."""
    return Facets(order.order_state, order.payment_state, order.fulfilment_state)


def move_orders(*, orders: Iterable[Order], move: Move, at: datetime) -> None:
    """Move every order, whose rows the caller has locked. Raises Conflict, and moves none, where the table forbids it."""
    moved = list(orders)
    for order in moved:
        new = states.after(facets_of(order), move)
        if new is None:
            raise Conflict(f"order.cannot_{move}", _refusal(move) % {"number": order.number})
        order.order_state, order.payment_state, order.fulfilment_state = new.order, new.payment, new.fulfilment
        setattr(order, _STAMPS[move], at)
    fields = ["order_state", "payment_state", "fulfilment_state", _STAMPS[move]]
    Order.objects.bulk_update(moved, fields)


def _refusal(move: Move) -> str:
    return {
        Move.PAY: _("Order %(number)s does not wait for a payment."),
        Move.LAPSE: _("Order %(number)s does not wait for a payment."),
        Move.VOID: _("Order %(number)s cannot be cancelled here any more: it was paid or cancelled meanwhile."),
        Move.SHIP: _("Order %(number)s cannot be shipped: it is not paid, or was shipped already."),
        Move.RECEIVE: _("Order %(number)s cannot be received: it has not been shipped."),
    }[move]
