from __future__ import annotations

from uuid import UUID

from django.db import transaction

from caravan.trade.models import Order, Purchase


def move_purchases(*, from_buyer: UUID, to_buyer: UUID) -> int:
    """Let everything one buyer ordered be another's; returns how many orders moved. Repeating it moves nothing."""
    with transaction.atomic():
        Purchase.objects.filter(buyer_id=from_buyer).update(buyer_id=to_buyer)
        return Order.objects.filter(buyer_id=from_buyer).update(buyer_id=to_buyer)
