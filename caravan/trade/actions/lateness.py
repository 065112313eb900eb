"""Compensation for late delivery where the store promised it: found by the clock, given once, by nobody's asking."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from django.db.models import F, Q

from caravan.trade.actions.refunding import refund_order
from caravan.trade.actions.timers import each_due
from caravan.trade.models import Order, OrderLine
from caravan.trade.models.clocks import PROMISED
from caravan.trade.rules.lateness import compensation, verdict
from caravan.trade.rules.terms import TERMS

REASON = "late"
_ARRIVED = Q(delivered_at__isnull=False) | Q(received_at__isnull=False)
_UNDISPUTED = ~Q(dispute_state="open") & Q(fund_state__in=["held", "released"])


def compensate_late(*, at: datetime) -> int:
    """Settle every promise that is clear: the order arrived, or its last day and the grace are over. Returns how many."""
    overdue = (at - TERMS.late_grace).date() - timedelta(days=1)
    return each_due(PROMISED & _UNDISPUTED & _ARRIVED, clock="deliver_until", until=date.max, strike=_settle, at=at) + each_due(
        PROMISED & _UNDISPUTED & ~_ARRIVED, clock="deliver_until", until=overdue, strike=_settle, at=at
    )


def cause_of(order_id: UUID) -> UUID:
    """The one cause a compensation of that order can have."""
    return uuid5(order_id, REASON)


def _settle(*, order: Order, at: datetime) -> bool:
    assert order.deliver_until is not None
    said = verdict(order.deliver_until, arrived_at=order.delivered_at or order.received_at, at=at)
    if said == "open":
        return False
    order.promise_settled_at = at
    order.save(update_fields=["promise_settled_at"])
    if said == "late":
        _give(order, at)
    return True


def _give(order: Order, at: datetime) -> None:
    lines = OrderLine.objects.filter(order=order).order_by("number").annotate(left=F("total_minor") - F("refunded_minor"))
    shipping, parts = compensation(
        order.on_time_promise_minor,
        shipping_left=order.shipping_minor - order.refunded_shipping_minor,
        lines_left=list(lines.values_list("id", "left")),
    )
    if shipping or parts:
        refund_order(
            order=order,
            cause=cause_of(order.pk),
            reason=REASON,
            lines=parts,
            shipping_minor=shipping,
            shipping_tax_minor=0,
            at=at,
        )
