from __future__ import annotations

from collections.abc import Sequence

from caravan.reputation.models import Feedback
from caravan.reputation.rules import unscored_reason
from caravan.reputation.rules.history import PastFeedback


def record_feedback(*, feedback: Sequence[PastFeedback]) -> int:
    """Store feedback of other records. What is already here is left alone. Refresh standings afterwards."""
    Feedback.objects.bulk_create((_row(f) for f in feedback), batch_size=2000, ignore_conflicts=True)
    return len(feedback)


def _row(f: PastFeedback) -> Feedback:
    reason = unscored_reason(f.order_usd_minor, decided_by_platform=False)
    return Feedback(
        id=f.id,
        line_id=f.line_id,
        order_id=f.order_id,
        store_id=f.store_id,
        buyer_id=f.buyer_id,
        product_id=f.product_id,
        version_id=f.version_id,
        market=f.market,
        language=f.language,
        stars=f.stars,
        described=f.described,
        communication=f.communication,
        shipping=f.shipping,
        text=f.text,
        reply=f.reply,
        replied_at=f.replied_at,
        scored=not reason,
        unscored_reason=reason,
        created_at=f.created_at,
    )
