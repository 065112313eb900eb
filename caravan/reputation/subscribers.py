from __future__ import annotations

from caravan.kernel.clock import now
from caravan.reputation.actions import refresh_store, unscore_decided, unscore_overtaken
from caravan.reputation.events import FeedbackLeft
from caravan.trade.events import DisputeSettled
from caravan.trade.queries.disputes import was_decided


def recompute(event: FeedbackLeft) -> None:
    unscore_overtaken(feedback_id=event.feedback_id)
    refresh_store(store_id=event.store_id, product_ids=[event.product_id], at=now())


def dispute_settled(event: DisputeSettled) -> None:
    """What the buyer said of an order the platform had to decide about is shown without being scored."""
    if was_decided(event.dispute_id):
        unscore_decided(order_id=event.order_id)
        refresh_store(store_id=event.store_id, product_ids=[], at=now())
