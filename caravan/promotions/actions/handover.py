from __future__ import annotations

from uuid import UUID

from django.db import connection, transaction

_LOCK = "SELECT 1 FROM promotions_hold WHERE buyer_id = %s ORDER BY id FOR NO KEY UPDATE"
# Each takes the lowest number that the other's own pieces of the same deal leave free.
_MOVE = """
UPDATE promotions_hold SET buyer_id = %(to)s, nth = moved.nth FROM (
    SELECT mine.id, free.nth
    FROM (
        SELECT id, goods_id, row_number() OVER at_the_deal AS place, count(*) OVER (PARTITION BY goods_id)::int AS pieces
        FROM promotions_hold WHERE buyer_id = %(from)s WINDOW at_the_deal AS (PARTITION BY goods_id ORDER BY id)
    ) AS mine
    CROSS JOIN LATERAL (
        SELECT nth, row_number() OVER (ORDER BY nth) AS place
        FROM promotions_slots(mine.goods_id, %(to)s, NULL, mine.pieces) AS nth
    ) AS free
    WHERE free.place = mine.place
) AS moved
WHERE promotions_hold.id = moved.id
"""


def move_pieces(*, from_buyer: UUID, to_buyer: UUID) -> int:
    """Let the pieces of deals that one buyer has be another's, and count against the other's limit, even beyond it; returns how
    many moved. Repeating it moves nothing. Raises IntegrityError where the other gets one at that instant: then again."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_LOCK, [from_buyer])
        cursor.execute(_MOVE, {"from": from_buyer, "to": to_buyer})
        return int(cursor.rowcount)
