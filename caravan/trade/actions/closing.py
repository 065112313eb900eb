"""Closing an unpaid purchase: its time ran out, or the buyer called it off. The stock goes back, exactly once."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from caravan.catalog.actions.stock import return_stock
from caravan.kernel.errors import Conflict
from caravan.outbox.actions import each_apart, record
from caravan.promotions.actions.redeeming import release_redeemed
from caravan.trade.actions.cuts import give_caps_back
from caravan.trade.actions.moves import locked_orders, move_orders
from caravan.trade.events import OrderCancelled, OrderEvent, OrderLapsed
from caravan.trade.models import OrderLine, Payment, Purchase
from caravan.trade.queries.access import Viewer
from caravan.trade.queries.orders import order_for_buyer
from caravan.trade.rules.payments import OPEN_PAYMENTS
from caravan.trade.rules.states import Move

BATCH = 500
_CLOSED: dict[Move, tuple[Purchase.State, type[OrderEvent]]] = {
    Move.LAPSE: (Purchase.State.LAPSED, OrderLapsed),
    Move.VOID: (Purchase.State.VOIDED, OrderCancelled),
}


def lapse_unpaid(*, at: datetime) -> int:
    """Close every purchase whose payment window has ended, each in its own transaction; returns how many."""
    due = Purchase.objects.filter(state=Purchase.State.AWAITING, pay_by__lte=at).order_by("pay_by")
    ids = due.values_list("id", flat=True)[:BATCH]
    return each_apart(ids=ids, move=lambda purchase_id: _close(purchase_id, Move.LAPSE, at), what="purchase")


def cancel_unpaid(*, viewer: Viewer, number: str, at: datetime) -> None:
    """The buyer calls off an order not paid yet, and with it the whole purchase, which is paid at once or not at all.

    Calling it off twice is no error. Raises NotFound for somebody else's, Conflict once it is paid.
    """
    order = order_for_buyer(viewer=viewer, number=number)
    closed = order.purchase_id is not None and _close(order.purchase_id, Move.VOID, at)
    if not closed and order_for_buyer(viewer=viewer, number=number).status != "cancelled":
        raise Conflict("order.cannot_void", _("This order cannot be cancelled here any more: it was paid meanwhile."))


def _close(purchase_id: UUID, move: Move, at: datetime) -> bool:
    with transaction.atomic():
        purchase = Purchase.objects.select_for_update(no_key=True).get(pk=purchase_id)
        if purchase.state != Purchase.State.AWAITING:
            return False
        state, event = _CLOSED[move]
        orders = locked_orders(purchase_id)
        move_orders(orders=orders, move=move, at=at)
        Purchase.objects.filter(pk=purchase_id).update(state=state)
        Payment.objects.filter(purchase_id=purchase_id, state__in=OPEN_PAYMENTS).update(state=Payment.State.LAPSED, settled_at=at)
        aside = release_redeemed(purchase_id=purchase_id) if purchase.redeems else {}
        pieces = OrderLine.objects.filter(order__purchase_id=purchase_id).values_list("variant_id", "quantity")
        return_stock(given=list(pieces), at=at, aside=aside)
        give_caps_back(order_ids=[order.pk for order in orders])
        record(*(event(at=at, order_id=o.pk, store_id=o.store_id, buyer_id=o.buyer_id) for o in orders))
    return True
