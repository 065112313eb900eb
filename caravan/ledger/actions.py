"""Posting to the ledger. It only ever inserts: no row is waited for but one that names the same cause."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import islice
from uuid import UUID

import msgspec
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from caravan.kernel.copying import copy_rows
from caravan.ledger.rules import Leg, Posting

AT_ONCE = 1_000
FOLD_LOCK = 7_203_551_869  # any number nobody else locks

# One statement, so one round trip: a posting that stands already returns nothing, and nothing is joined to it.
_POST = """
WITH given AS (
    SELECT * FROM json_to_recordset(%s::json) AS g(cause uuid, kind text, order_id uuid, memo text, at timestamptz)
), made AS (
    INSERT INTO ledger_posting (cause, kind, order_id, memo, at)
    SELECT cause, kind, order_id, memo, at FROM given ORDER BY cause, kind
    ON CONFLICT (cause, kind) DO NOTHING
    RETURNING id, cause, kind, at
), entered AS (
    INSERT INTO ledger_entry (posting_id, number, kind, owner_id, currency, minor, at)
    SELECT made.id, legs.number, legs.kind, legs.owner_id, legs.currency, legs.minor, made.at
    FROM json_to_recordset(%s::json)
        AS legs(cause uuid, posting text, number smallint, kind text, owner_id uuid, currency text, minor bigint)
    JOIN made ON made.cause = legs.cause AND made.kind = legs.posting
)
SELECT count(*) FROM made
"""

_LEG = ("cause", "posting", "number", "kind", "owner_id", "currency", "minor")

_FOLD = """
INSERT INTO ledger_balance (kind, owner_id, currency, minor)
SELECT kind, CASE WHEN kind <> 'escrow' THEN owner_id END, currency, sum(minor) FROM ledger_entry
WHERE posting_id > %s AND posting_id <= %s GROUP BY 1, 2, 3
ON CONFLICT (owner_id, currency, kind) DO UPDATE SET minor = ledger_balance.minor + excluded.minor
"""

# Transaction ids are the server's; one that runs in another database of it posts nothing here and holds nothing up.
_NOTED = """
SELECT upto, next_upto, next_xid, coalesce(
    (SELECT min(xid::text::bigint) FROM pg_snapshot_xip(pg_current_snapshot()) xid
     WHERE NOT EXISTS (SELECT FROM pg_stat_activity a WHERE a.backend_xid = xid::xid AND a.datname <> current_database())),
    pg_snapshot_xmax(pg_current_snapshot())::text::bigint)
FROM ledger_mark
"""


def post(*, cause: UUID, kind: str, legs: Sequence[Leg], at: datetime, order_id: UUID | None = None, memo: str = "") -> bool:
    """Move money once: False where `cause` and `kind` have been posted before, whatever the legs.

    Legs of nothing are left out, and a posting of nothing is none (False). Raises Unbalanced, and RuntimeError outside a
    transaction, where a crash could part the money from its cause. Waits for nobody but another poster of the same cause.
    """
    return bool(post_many([Posting(cause=cause, kind=kind, legs=tuple(legs), at=at, order_id=order_id, memo=memo)]))


def post_many(postings: Sequence[Posting]) -> int:
    """`post` for many; returns how many were new. Causes are taken in order, so two of these never wait in a circle."""
    if not connection.in_atomic_block:
        raise RuntimeError("post() needs the transaction of the action that moves the money")
    waiting = iter(sorted((p for p in postings if any(leg.amount for leg in p.legs)), key=lambda p: (p.cause, p.kind)))
    made = 0
    with connection.cursor() as cursor:
        while some := list(islice(waiting, AT_ONCE)):
            heads = [{"cause": p.cause, "kind": p.kind, "order_id": p.order_id, "memo": p.memo, "at": p.at} for p in some]
            legs = [dict(zip(_LEG, (p.cause, p.kind, *row), strict=True)) for p in some for row in _rows(p)]
            cursor.execute(_POST, [msgspec.json.encode(heads).decode(), msgspec.json.encode(legs).decode()])
            made += cursor.fetchone()[0]
    return made


def record_postings(postings: Sequence[Posting]) -> int:
    """Postings of the past by COPY, in one transaction; those already here are left alone. Returns how many were new.

    Give them in the order of `at`: a statement lists what was booked last first.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        known = _known(cursor, postings)
        new = [p for p in postings if (p.cause, p.kind) not in known and any(leg.amount for leg in p.legs)]
        if not new:
            return 0
        cursor.execute("SELECT ledger_next_posting() FROM generate_series(1, %s)", [len(new)])
        ids = [row[0] for row in cursor.fetchall()]
        copy_rows(
            cursor,
            "ledger_posting",
            ("id", "cause", "kind", "order_id", "memo", "at"),
            [(id, p.cause, p.kind, p.order_id, p.memo, p.at) for id, p in zip(ids, new, strict=True)],
        )
        copy_rows(
            cursor,
            "ledger_entry",
            ("posting_id", "number", "kind", "owner_id", "currency", "minor", "at"),
            [(id, *row, p.at) for id, p in zip(ids, new, strict=True) for row in _rows(p)],
        )
        return len(new)


def fold() -> bool:
    """Add entries to the balances kept, up to a posting below which none can appear any more. True where some were added.

    Ids of postings are given before their transactions commit, so the newest id seen says nothing of lower ones still to come.
    Each run notes the last id given and then a transaction id; the next one whose snapshot shows every older transaction
    ended may add up to that id. A posting takes its transaction's id before its own (`ledger_next_posting`), so none is missed.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [FOLD_LOCK])
        if not cursor.fetchone()[0]:
            return False
        cursor.execute("SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM ledger_posting_ids")
        last_given = cursor.fetchone()[0]
        # Only now does this transaction get an id of its own: whoever holds a posting's id up to `last_given` has a lower one.
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        own = cursor.fetchone()[0]
        cursor.execute("INSERT INTO ledger_mark (id, upto, next_upto, next_xid) VALUES (1, 0, 0, 0) ON CONFLICT DO NOTHING")
        cursor.execute(_NOTED)
        upto, next_upto, next_xid, oldest_running = cursor.fetchone()
        if oldest_running < next_xid < own:
            return False
        # A dump restored elsewhere brings the id of another server's transaction (not below ours): what it says is noted anew.
        folds: bool = next_xid < own and next_upto > upto
        if folds:
            cursor.execute(_FOLD, [upto, next_upto])
            upto = next_upto
        cursor.execute("UPDATE ledger_mark SET upto = %s, next_upto = %s, next_xid = %s", [upto, last_given, own])
    return folds


def _rows(posting: Posting) -> list[tuple[int, str, UUID | None, str, int]]:
    """The legs as entries: number, kind, owner, currency, minor."""
    legs = (leg for leg in posting.legs if leg.amount)
    return [
        (number, str(leg.kind), leg.owner_id, leg.amount.currency, leg.amount.minor) for number, leg in enumerate(legs, start=1)
    ]


def _known(cursor: CursorWrapper, postings: Sequence[Posting]) -> set[tuple[UUID, str]]:
    cursor.execute("SELECT cause, kind FROM ledger_posting WHERE cause = ANY(%s::uuid[])", [list({p.cause for p in postings})])
    return set(cursor.fetchall())
