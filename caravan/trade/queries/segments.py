from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import connection

from caravan.promotions.queries.offers import PLATFORM
from caravan.promotions.rules.segments import Bought, Segment, segments_of

_BOUGHT = """
SELECT o.buyer_id, count(*), max(o.placed_at) FROM trade_order o
WHERE o.payment_state IN ('paid', 'refunded') AND (%(store)s::uuid IS NULL OR o.store_id = %(store)s::uuid) GROUP BY o.buyer_id
"""


def members_of(store_id: UUID | None, segment: Segment, at: datetime) -> list[UUID]:
    """The buyers in a segment of a store (None: of the market), by what they paid for there. One statement; for tasks."""
    with connection.cursor() as cursor:
        cursor.execute(_BOUGHT, {"store": store_id})
        bought = [(buyer_id, Bought(store_id or PLATFORM, orders, last_at)) for buyer_id, orders, last_at in cursor.fetchall()]
    return [buyer_id for buyer_id, some in bought if segment in segments_of(some, at)]
