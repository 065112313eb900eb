from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from caravan.outbox.actions import each_apart
from caravan.trade.actions.disputes.moving import locked, move, said
from caravan.trade.models import Dispute
from caravan.trade.models.dispute import UNSETTLED
from caravan.trade.rules import disputes as rules
from caravan.trade.rules.disputes import EXPIRING, Move, Party, Remedy, State

BATCH = 500


def move_expired(*, at: datetime) -> int:
    """Let the clock make its move wherever nobody moved in time, each dispute in its own transaction; returns how many moved.

    Due instants are stored, so a clock that stood still catches up. One dispute that cannot move does not stop the others.
    """
    due = Dispute.objects.filter(UNSETTLED, due_at__lte=at, state__in=EXPIRING).order_by("due_at")
    ids = due.values_list("order_id", flat=True)[:BATCH]
    return each_apart(ids=ids, move=lambda order_id: _expire(order_id, at), what="dispute about order")


def _expire(order_id: UUID, at: datetime) -> bool:
    with transaction.atomic():
        order, dispute = locked(order_id)
        if dispute.due_at is None or dispute.due_at > at or dispute.state not in EXPIRING:
            return False
        agreed: tuple[Remedy, int] | None = None
        if dispute.state == State.OPEN:
            asked = rules.standing(said(dispute))[Party.BUYER]
            agreed = (asked.remedy, asked.minor)
        move(order=order, dispute=dispute, move=Move.EXPIRE, party=Party.CLOCK, at=at, agreed=agreed)
    return True
