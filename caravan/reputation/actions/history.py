from __future__ import annotations

from collections.abc import Sequence

from django.db import connection, transaction

from caravan.kernel.copying import copy_new
from caravan.reputation.rules import unscored_reason
from caravan.reputation.rules.history import PastFeedback

COLUMNS = (
    "id", "line_id", "order_id", "store_id", "buyer_id", "product_id", "version_id", "market", "language", "stars",
    "described", "communication", "shipping", "text", "reply", "replied_at", "scored", "unscored_reason", "created_at", "changed",
)  # fmt: skip


def record_feedback(*, feedback: Sequence[PastFeedback]) -> int:
    """Store feedback of other records. What is already here is left alone. Refresh standings afterwards."""
    with transaction.atomic(), connection.cursor() as cursor:
        copy_new(cursor, "reputation_feedback", COLUMNS, [_row(f) for f in feedback])
    return len(feedback)


def _row(f: PastFeedback) -> tuple[object, ...]:
    reason = unscored_reason(f.order_usd_minor, decided_by_platform=False)
    return (
        f.id, f.line_id, f.order_id, f.store_id, f.buyer_id, f.product_id, f.version_id, f.market, f.language, f.stars,
        f.described, f.communication, f.shipping, f.text.replace("\x00", ""), f.reply, f.replied_at,
        not reason, reason, f.created_at, 0,
    )  # fmt: skip
