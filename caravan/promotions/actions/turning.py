"""What the clock does: promotions begin and end without anybody's hand.

Prices follow by themselves, since every price is computed as of an instant. Here the rest of the market is told, and what was set
aside and is left goes back to the shelf. After a time without a worker the next run finds all that is due.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from caravan.outbox.actions import each_apart
from caravan.promotions.actions.offered import freeze_references
from caravan.promotions.actions.standing import keep, lock_owner, take_down
from caravan.promotions.models import Promotion
from caravan.promotions.rules.lifecycle import Status, status

BATCH = 500
_TO_BEGIN = Q(told=Status.SCHEDULED)
_TO_END = Q(told__in=[Status.SCHEDULED, Status.LIVE, Status.PAUSED])


def turn(*, at: datetime) -> int:
    """Promotions that began or ended since they were last told of. Returns how many turned; twice is no error."""
    due = Promotion.objects.filter(_TO_BEGIN & Q(since__lte=at) | _TO_END & Q(until__lte=at))
    owners = dict(due.order_by("until", "pk").values_list("pk", "store_id")[:BATCH])
    return each_apart(ids=owners, move=lambda promotion_id: _turn(promotion_id, owners[promotion_id], at), what="promotion")


def _turn(promotion_id: UUID, store_id: UUID | None, at: datetime) -> bool:
    with transaction.atomic():
        lock_owner(store_id=store_id)
        promotion = Promotion.objects.filter(pk=promotion_id).first()
        if promotion is None:
            return False
        stands = status(promotion.state, promotion.since, promotion.until, at)
        if stands == promotion.told:
            return False
        if stands is Status.ENDED:
            take_down(promotion=promotion, state=promotion.state, at=at)
        else:
            freeze_references(promotion=promotion, at=at)
            keep(promotion=promotion, at=at)
        return True
