from __future__ import annotations

from caravan.kernel.clock import now
from caravan.reputation.actions import refresh_store
from caravan.reputation.events import FeedbackLeft


def recompute(event: FeedbackLeft) -> None:
    refresh_store(store_id=event.store_id, product_ids=[event.product_id], at=now())
