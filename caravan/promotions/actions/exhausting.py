from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from caravan.promotions.actions.standing import lock_owner, take_down
from caravan.promotions.models import Promotion


def exhaust(*, promotion_ids: Iterable[UUID], at: datetime) -> None:
    """Pause promotions whose cap left too little for an order: from now on prices are without them. Their owners may raise the
    cap and go on. Once paused, a second call changes nothing."""
    for id in sorted(set(promotion_ids)):
        with transaction.atomic():
            store_id = Promotion.objects.values_list("store_id", flat=True).get(pk=id)
            lock_owner(store_id=store_id)
            promotion = Promotion.objects.filter(pk=id, state=Promotion.State.ON).first()
            if promotion is not None:
                take_down(promotion=promotion, state=Promotion.State.PAUSED, at=at)
