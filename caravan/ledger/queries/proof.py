"""The proof of the ledger: everything the triggers promise, looked at again from the entries themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connection

from caravan.kernel.money import Money
from caravan.ledger.rules import NEVER_CREDIT, NEVER_DEBIT

MOST = 20  # of one sort; the first are enough to look into

_UNBALANCED = """
SELECT posting_id, currency, sum(minor)::bigint FROM ledger_entry GROUP BY 1, 2 HAVING sum(minor) <> 0 ORDER BY 1 LIMIT %s
"""
_TRIAL = "SELECT currency, sum(minor)::bigint FROM ledger_entry GROUP BY 1 HAVING sum(minor) <> 0 ORDER BY 1"
_EMPTY = """
SELECT p.id FROM ledger_posting p WHERE NOT EXISTS (SELECT FROM ledger_entry e WHERE e.posting_id = p.id) ORDER BY 1 LIMIT %s
"""
_HEADLESS = """
SELECT DISTINCT e.posting_id FROM ledger_entry e
WHERE NOT EXISTS (SELECT FROM ledger_posting p WHERE p.id = e.posting_id AND p.at = e.at) ORDER BY 1 LIMIT %s
"""
_WRONG_SIDE = """
SELECT kind, owner_id, currency, sum(minor)::bigint FROM ledger_entry WHERE kind = ANY(%s) OR kind = ANY(%s)
GROUP BY 1, 2, 3 HAVING CASE WHEN kind = ANY(%s) THEN sum(minor) > 0 ELSE sum(minor) < 0 END ORDER BY 1, 2 LIMIT %s
"""
_FOLDED = """
SELECT kind, owner_id, currency, coalesce(b.minor, 0), coalesce(e.minor, 0)
FROM (SELECT kind, coalesce(owner_id::text, '') AS owner_id, currency, minor FROM ledger_balance) b
FULL JOIN (
    SELECT kind, CASE WHEN kind <> 'escrow' THEN coalesce(owner_id::text, '') ELSE '' END AS owner_id, currency,
        sum(minor)::bigint AS minor
    FROM ledger_entry WHERE posting_id <= coalesce((SELECT upto FROM ledger_mark), 0) GROUP BY 1, 2, 3
) e USING (kind, owner_id, currency)
WHERE coalesce(b.minor, 0) <> coalesce(e.minor, 0) ORDER BY 1, 2 LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that cannot be: a stable `code`, and what exactly in words."""

    code: str
    text: str


def check() -> list[Finding]:
    """Whatever is wrong with the ledger; nothing where all is well. Reads every entry."""
    debit, credit = sorted(map(str, NEVER_DEBIT)), sorted(map(str, NEVER_CREDIT))
    return [
        *(Finding("trial", f"All entries in {c} add up to {Money(m, c)}, not to nothing.") for c, m in _rows(_TRIAL)),
        *(Finding("unbalanced", f"Posting {id} is out by {Money(m, c)}.") for id, c, m in _rows(_UNBALANCED, MOST)),
        *(Finding("empty", f"Posting {id} has no entries.") for (id,) in _rows(_EMPTY, MOST)),
        *(Finding("orphan", f"Entries of posting {id} have no posting of their date.") for (id,) in _rows(_HEADLESS, MOST)),
        *(
            Finding("side", f"{kind}{f' of {owner}' if owner else ''} stands at {Money(minor, currency)}, which it never may.")
            for kind, owner, currency, minor in _rows(_WRONG_SIDE, debit, credit, debit, MOST)
        ),
        *(
            Finding("balance", f"The balance kept of {kind} {owner} is {Money(kept, c)}, its entries come to {Money(sum_, c)}.")
            for kind, owner, c, kept, sum_ in _rows(_FOLDED, MOST)
        ),
    ]


def _rows(sql: str, *parameters: int | list[str]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(parameters))
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found
