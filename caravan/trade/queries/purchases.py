from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from caravan.kernel.money import Money
from caravan.trade.models import Payment, Purchase
from caravan.trade.queries.access import Viewer
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
