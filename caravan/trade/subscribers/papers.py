from __future__ import annotations

from caravan.trade.actions.papers import issue_credit_note, issue_invoice
from caravan.trade.events import OrderPaid, RefundDecided


def invoice_paid(event: OrderPaid) -> None:
    issue_invoice(order_id=event.order_id, at=event.at)


def note_refund(event: RefundDecided) -> None:
    issue_credit_note(refund_id=event.refund_id, at=event.at)
