"""Whether the ledger says what orders, payouts and reserves say. The ledger's own proof is its `queries.check`."""

from __future__ import annotations

from typing import Any

from django.db import connection

from caravan.kernel.money import Money
from caravan.ledger.queries import Finding

MOST = 20  # of one sort; the first are enough to look into

# Each statement sees one snapshot, and what it compares is written in one transaction: an order and its escrow, a payout and its
# entries. So nothing that is merely under way is found.
_ESCROW = """
SELECT coalesce(o.number, e.owner_id::text), coalesce(o.currency, e.currency), coalesce(o.due, 0), coalesce(e.held, 0)
FROM (
    SELECT id, number, currency, CASE WHEN fund_state = 'held' THEN total_minor - refunded_minor ELSE 0 END AS due
    FROM trade_order
) o
FULL JOIN (
    SELECT owner_id, currency, -sum(minor)::bigint AS held FROM ledger_entry WHERE kind = 'escrow' GROUP BY 1, 2
) e ON e.owner_id = o.id AND e.currency = o.currency
WHERE coalesce(o.due, 0) <> coalesce(e.held, 0) ORDER BY 1 LIMIT %s
"""
_STORES = """
WITH told AS (
    SELECT 'payout_transit' AS kind, store_id, currency, minor FROM trade_payout WHERE state IN ('waiting', 'sent')
    UNION ALL SELECT 'store_paid_out', store_id, currency, minor FROM trade_payout WHERE state = 'paid'
    UNION ALL SELECT 'store_reserve', store_id, currency, minor FROM trade_reservepart WHERE released_at IS NULL
), entered AS (
    SELECT kind, owner_id AS store_id, currency, -minor AS minor FROM ledger_entry
    WHERE kind IN ('payout_transit', 'store_paid_out', 'store_reserve')
)
SELECT both_told.kind, coalesce(s.slug, store_id::text), both_told.currency, told::bigint, entered::bigint
FROM (
    SELECT kind, store_id, currency, sum(told) AS told, sum(entered) AS entered FROM (
        SELECT kind, store_id, currency, minor AS told, 0 AS entered FROM told
        UNION ALL SELECT kind, store_id, currency, 0, minor FROM entered
    ) lines GROUP BY 1, 2, 3
) both_told LEFT JOIN stores_store s ON s.id = store_id
WHERE told <> entered ORDER BY 1, 2 LIMIT %s
"""
_NO_ORDER = """
SELECT p.id, p.order_id FROM ledger_posting p
WHERE p.order_id IS NOT NULL AND NOT EXISTS (SELECT FROM trade_order o WHERE o.id = p.order_id) ORDER BY 1 LIMIT %s
"""
_NO_STORE = """
SELECT DISTINCT e.kind, e.owner_id FROM ledger_entry e WHERE e.owner_id IS NOT NULL AND e.kind <> 'escrow'
AND NOT EXISTS (SELECT FROM stores_store s WHERE s.id = e.owner_id) ORDER BY 1, 2 LIMIT %s
"""


def check_funds() -> list[Finding]:
    """Whatever the ledger and the market tell differently; nothing where all is well. Reads every order and entry."""
    return [
        *(
            Finding("escrow", f"Order {number} should have {Money(due, c)} in escrow, the ledger holds {Money(held, c)}.")
            for number, c, due, held in _rows(_ESCROW)
        ),
        *(
            Finding("store", f"{kind} of {store} should be {Money(told, c)}, the ledger has {Money(entered, c)}.")
            for kind, store, c, told, entered in _rows(_STORES)
        ),
        *(Finding("orphan", f"Posting {id} is of order {order}, which there is none of.") for id, order in _rows(_NO_ORDER)),
        *(Finding("orphan", f"{kind} belongs to {store}, which is no store.") for kind, store in _rows(_NO_STORE)),
    ]


def _rows(sql: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, [MOST])
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found
