"""The clocks of orders: whoever is due is moved, each in its own transaction and looked at again under its lock.

Instants are stored with the order, so nothing is lost while no worker runs: the next tick finds what is overdue. Any number of
workers may tick at once: a row somebody else holds is skipped, and theirs to move.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from caravan.outbox.actions import each_apart
from caravan.trade.actions import cancelling, completing
from caravan.trade.models import Order
from caravan.trade.models.clocks import CANCEL_ASKED, CONFIRM_BY, SHIP_BY
from caravan.trade.rules.terms import TERMS

BATCH = 500


def grant_unanswered(*, at: datetime) -> int:
    """Requests to cancel that no store answered in time are granted."""
    return each_due(CANCEL_ASKED, clock="cancel_asked_at", until=at - TERMS.cancel_answer, strike=cancelling.grant_overdue, at=at)


def close_unshipped(*, at: datetime) -> int:
    """Orders not shipped in time are closed and paid back."""
    return each_due(SHIP_BY & ~Q(cancel_state="asked"), clock="ship_by_at", until=at, strike=cancelling.close_unshipped, at=at)


def confirm_due(*, at: datetime) -> int:
    """Orders nobody confirmed in time count as received. An open dispute stops this clock."""
    return each_due(CONFIRM_BY & ~Q(dispute_state="open"), clock="confirm_by", until=at, strike=completing.confirm_order, at=at)


def each_due(running: Q, *, clock: str, until: datetime | date, strike: Callable[..., bool], at: datetime) -> int:
    """`strike` each order whose `clock` says `until` or earlier, the longest overdue first. Returns how many moved."""
    due = Order.objects.filter(running, **{f"{clock}__lte": until}).order_by(clock)

    def move(order_id: UUID) -> bool:
        with transaction.atomic():
            order = Order.objects.select_for_update(no_key=True, skip_locked=True).filter(running, pk=order_id).first()
            return order is not None and strike(order=order, at=at)

    return each_apart(ids=due.values_list("id", flat=True)[:BATCH], move=move, what="order")
