"""What there is of something limited (pieces of a deal's goods, coupons of a promotion), in parts, so that thousands can take
from it at the same time: most of them find a part nobody else is taking from just now."""

from __future__ import annotations

from uuid import UUID

from django.db import connection

PARTS = 64
# By number: whoever fills, empties or gives back locks them in the order everybody does.
_FILL = """
INSERT INTO promotions_bucket AS bucket (subject_id, number, "left")
SELECT %(subject)s::uuid, number, %(pieces)s::int / %(parts)s::int + (number < %(pieces)s::int %% %(parts)s::int)::int
FROM generate_series(0, least(%(parts)s::int, %(pieces)s::int) - 1) AS number ORDER BY number
ON CONFLICT (subject_id, number) DO UPDATE SET "left" = bucket."left" + excluded."left"
"""
_LOCK = "SELECT 1 FROM promotions_bucket WHERE subject_id = %s ORDER BY number FOR UPDATE"
_EMPTY = """
WITH gone AS (DELETE FROM promotions_bucket WHERE subject_id = %s RETURNING "left")
SELECT coalesce(sum("left"), 0)::int FROM gone
"""


def fill_buckets(*, subject_id: UUID, pieces: int) -> None:
    """There are `pieces` more of `subject_id`, inside the caller's transaction, who sees to it that this happens once."""
    if pieces <= 0:
        raise ValueError(f"{pieces} pieces of {subject_id}")
    _check_transaction()
    with connection.cursor() as cursor:
        cursor.execute(_FILL, {"subject": subject_id, "pieces": pieces, "parts": PARTS})


def empty_buckets(*, subject_id: UUID) -> int:
    """Nobody gets any more of `subject_id`: returns how many were left, for the caller to free. Inside the caller's transaction;
    a second call finds none. What buyers hold is not among them: `holding.give_back_expired` frees that in its time."""
    _check_transaction()
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [subject_id])
        cursor.execute(_EMPTY, [subject_id])
        return int(cursor.fetchone()[0])


def _check_transaction() -> None:
    if not connection.in_atomic_block:
        raise RuntimeError("pieces move in the transaction of what they move for")
