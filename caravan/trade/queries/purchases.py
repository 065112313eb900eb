from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from caravan.kernel.errors import NotFound
from caravan.kernel.money import Money
from caravan.trade.models import Payment, Purchase
from caravan.trade.queries.access import Viewer, may_see
from caravan.trade.queries.orders import OrderRow, orders_of_purchase


@dataclass(frozen=True, slots=True)
class PurchaseRow:
    """What was placed at once and is paid at once. `state`: awaiting, paid, lapsed or voided.

    `payment_state` and `payment_reason` are the newest attempt's, empty before the first.
    """

    id: UUID
    state: str
    total: Money
    placed_at: datetime
    pay_by: datetime
    orders: tuple[OrderRow, ...]
    payment_state: str
    payment_reason: str


def purchase_for(*, viewer: Viewer, purchase_id: UUID) -> PurchaseRow:
    """Raises NotFound unless it is the viewer's, by account or by key."""
    orders = orders_of_purchase(viewer=viewer, purchase_id=purchase_id)
    purchase = Purchase.objects.get(pk=purchase_id)
    newest = (
        Payment.objects.filter(purchase=purchase_id).order_by("-created_at", "-id").values_list("state", "reason").first()
    ) or ("", "")
    return PurchaseRow(
        id=purchase.pk,
        state=purchase.state,
        total=Money(purchase.total_minor, purchase.currency),
        placed_at=purchase.placed_at,
        pay_by=purchase.pay_by,
        orders=orders,
        payment_state=newest[0],
        payment_reason=newest[1],
    )


_OF_ORDER = "SELECT o.purchase_id, b.user_id FROM trade_order o JOIN people_buyer b ON b.id = o.buyer_id WHERE o.number = %s"


def purchase_of_order(*, viewer: Viewer, number: str) -> UUID | None:
    """What the order was placed and is paid with; None for an imported one. Raises NotFound unless it is the viewer's."""
    with connection.cursor() as cursor:
        cursor.execute(_OF_ORDER, [number])
        found = cursor.fetchone()
    if found is None or not may_see(viewer, purchase_id=found[0], buyer_user_id=found[1]):
        raise NotFound("order.unknown", _("There is no such order, or this link is not complete."))
    purchase_id: UUID | None = found[0]
    return purchase_id
