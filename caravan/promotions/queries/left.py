from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import connection

_LEFT = """
SELECT CASE WHEN p.state = 'on' AND p.exhausted_at IS NULL AND p.since <= %(at)s AND p.until > %(at)s
            THEN COALESCE((SELECT sum(b."left")::int FROM promotions_bucket b WHERE b.subject_id = g.id), 0) ELSE 0 END,
       g.quantity
FROM promotions_promotiongoods g JOIN promotions_promotion p ON p.id = g.promotion_id
WHERE g.id = %(goods)s AND g.product_id = %(product)s AND g.quantity IS NOT NULL AND p.state <> 'draft'
"""


def pieces_left(goods_id: UUID, product_id: UUID, at: datetime) -> tuple[int, int] | None:
    """How many pieces a limited deal has left at this moment, of how many; none once it is over. None where there is no such deal
    on that product. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_LEFT, {"goods": goods_id, "product": product_id, "at": at})
        found: tuple[int, int] | None = cursor.fetchone()
    return found
