"""What a store gives back by itself: part of an order or all of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from caravan.kernel.errors import Conflict
from caravan.trade.actions.moves import locked_order
from caravan.trade.actions.refunding import RefundLine, refund_order
from caravan.trade.models import Order
from caravan.trade.queries.orders import order_for_store

REASON = "by_store"


def refund_by_store(
    *, user_id: UUID, number: str, lines: Sequence[RefundLine], shipping_minor: int = 0, attempt: str, at: datetime
) -> UUID:
    """A member of the store gives money back; returns the refund's id. `attempt` is new for each form: the same is one refund.

    Raises NotFound for another store's order or line, Invalid for more than is left or nothing, Conflict where there is no money
    to give back or a dispute is open, which decides about it.
    """
    order_id = order_for_store(user_id=user_id, number=number).id
    with transaction.atomic():
        order = locked_order(order_id)
        if order.dispute_state == Order.Dispute.OPEN:
            text = _("A dispute about order %(number)s is open: propose a refund there.")
            raise Conflict("refund.disputed", text % {"number": number})
        refund = refund_order(
            order=order, cause=uuid5(order_id, attempt), reason=REASON, lines=lines, shipping_minor=shipping_minor, at=at
        )
    return refund.pk
