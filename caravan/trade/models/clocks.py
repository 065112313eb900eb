"""An index per clock of an order: it holds the orders that clock still runs for, so a tick reads what is due and nothing else."""

from __future__ import annotations

from django.db.models import Index, Q

# Each is also the condition of the query that reads it (actions/timers.py): the same words, so the planner knows.
SHIP_BY = Q(order_state="placed", fund_state="held", fulfilment_state__in=["none", "part_shipped"])
CANCEL_ASKED = Q(order_state="placed", cancel_state="asked")
CONFIRM_BY = Q(order_state="placed", fund_state="held", fulfilment_state__in=["shipped", "delivered"])
PROMISED = Q(on_time_promise_minor__gt=0, payment_state="paid", promise_settled_at=None)
DISPUTE_UNTIL = Q(fund_state="released", available_at=None)


def clocks() -> list[Index]:
    return [
        Index(fields=["ship_by_at"], condition=SHIP_BY, name="trade_order_ship_by"),
        Index(fields=["cancel_asked_at"], condition=CANCEL_ASKED, name="trade_order_cancel_asked"),
        Index(fields=["confirm_by"], condition=CONFIRM_BY, name="trade_order_confirm_by"),
        Index(fields=["deliver_until"], condition=PROMISED, name="trade_order_promised"),
        Index(fields=["dispute_until"], condition=DISPUTE_UNTIL, name="trade_order_dispute_until"),
    ]
