"""Statements: what moved on an account and what it stood at then, newest first.

A page costs what it shows: the balance of its first row is the account's now, less what came since (a cursor brings it along),
and each following row takes off what moved above it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from caravan.kernel.errors import BadRequest
from caravan.kernel.money import Money
from caravan.ledger.rules import OWED_TO_STORE, AccountKind

# `top`: the newest posting to show. Where it is not the newest of all, what came since is taken off first.
_PAGE = """
WITH top AS (
    SELECT max(posting_id) AS id FROM ledger_entry
    WHERE {account} AND posting_id < %(before)s AND (%(until)s::timestamptz IS NULL OR at < %(until)s)
), start AS (
    SELECT CASE WHEN %(start)s::bigint IS NULL THEN (SELECT coalesce(sum(minor), 0) FROM (
        SELECT minor FROM ledger_balance WHERE {account}
        UNION ALL
        SELECT minor FROM ledger_entry WHERE {account} AND posting_id > (SELECT coalesce((SELECT upto FROM ledger_mark), 0))
    ) parts) ELSE %(start)s END - (
        SELECT coalesce(sum(minor), 0) FROM ledger_entry WHERE {account} AND posting_id > (SELECT id FROM top)
        AND posting_id < %(before)s
    ) AS minor
), moves AS (
    SELECT posting_id, min(at) AS at, sum(minor) AS minor
    FROM ledger_entry WHERE {account} AND posting_id <= (SELECT id FROM top)
    GROUP BY posting_id ORDER BY posting_id DESC
), running AS (
    SELECT *, (SELECT minor FROM start) - sum(minor) OVER (ORDER BY posting_id DESC ROWS UNBOUNDED PRECEDING) AS opening
    FROM moves
), page AS (
    SELECT * FROM running WHERE (%(since)s::timestamptz IS NULL OR at >= %(since)s)
        AND (%(until)s::timestamptz IS NULL OR at < %(until)s)
    ORDER BY posting_id DESC LIMIT %(limit)s
)
SELECT page.posting_id, p.cause, p.kind, p.order_id, p.memo, p.at, page.minor::bigint, (page.opening + page.minor)::bigint,
    touched.kinds, touched.minors, touched.commission
FROM page JOIN ledger_posting p ON p.id = page.posting_id CROSS JOIN LATERAL (
    SELECT array_agg(kind) FILTER (WHERE {account}) AS kinds, array_agg(minor) FILTER (WHERE {account}) AS minors,
        coalesce(sum(minor) FILTER (WHERE kind = 'commission' AND currency = %(currency)s), 0)::bigint AS commission
    FROM ledger_entry WHERE posting_id = page.posting_id
) touched ORDER BY page.posting_id DESC
"""
_OWNED = "owner_id = %(owner)s AND currency = %(currency)s AND kind = ANY(%(kinds)s)"
_SHARED = "owner_id IS NULL AND currency = %(currency)s AND kind = %(kind)s"
_NEWEST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A movement: `amount` is what it changed, `balance` what the account stood at after it, `parts` which of the accounts
    asked for it touched. `commission` is what the market took of it. All from the account's own side: for a store a credit
    is positive, for the market's own accounts a debit."""

    posting_id: int
    cause: UUID
    kind: str
    order_id: UUID | None
    memo: str
    at: datetime
    amount: Money
    balance: Money
    parts: tuple[tuple[AccountKind, Money], ...]
    commission: Money


@dataclass(frozen=True, slots=True)
class StatementPage:
    """Newest first. `next_cursor` fetches what follows, None at the end."""

    rows: tuple[StatementRow, ...]
    next_cursor: str | None


def statement(
    store_id: UUID,
    currency: str,
    *,
    kinds: Sequence[AccountKind] = OWED_TO_STORE,
    since: datetime | None = None,
    until: datetime | None = None,
    cursor: str = "",
    limit: int = 50,
) -> StatementPage:
    """What moved on a store's accounts of `kinds` taken together, of `since` (inclusive) to `until`. Credits are positive.

    Raises BadRequest for a cursor that is none.
    """
    return _page(
        _OWNED, {"owner": store_id, "currency": currency, "kinds": [str(kind) for kind in kinds]}, -1, since, until, cursor, limit
    )


def account_statement(
    kind: AccountKind,
    currency: str,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    cursor: str = "",
    limit: int = 50,
) -> StatementPage:
    """The same for one of the market's own accounts. Debits are positive."""
    return _page(_SHARED, {"kind": str(kind), "currency": currency}, 1, since, until, cursor, limit)


def _page(
    account: str,
    which: dict[str, Any],
    sign: int,
    since: datetime | None,
    until: datetime | None,
    cursor: str,
    limit: int,
) -> StatementPage:
    before, start = _place(cursor)
    limits = {"before": before, "start": start, "since": since, "until": until, "limit": limit + 1}
    with connection.cursor() as database:
        database.execute(_PAGE.format(account=account), {**which, **limits})
        found = database.fetchall()
    rows = [_row(row, which["currency"], sign) for row in found[:limit]]
    if len(found) <= limit:
        return StatementPage(tuple(rows), None)
    last = found[limit - 1]
    return StatementPage(tuple(rows), f"{last[0]}.{last[7] - last[6]}")


def _place(cursor: str) -> tuple[int, int | None]:
    """The posting to go on below, and what the account stood at before it."""
    if not cursor:
        return _NEWEST, None
    posting, _, balance = cursor.partition(".")
    try:
        place = int(posting), int(balance)
    except ValueError:
        raise BadRequest("cursor.form", "This link to a page of the statement is not complete.") from None
    if not all(abs(n) <= _NEWEST for n in place):
        raise BadRequest("cursor.form", "This link to a page of the statement is not complete.")
    return place


def _row(row: tuple[Any, ...], currency: str, sign: int) -> StatementRow:
    posting_id, cause, kind, order_id, memo, at, minor, balance, kinds, minors, commission = row
    return StatementRow(
        posting_id=posting_id,
        cause=cause,
        kind=kind,
        order_id=order_id,
        memo=memo,
        at=at,
        amount=Money(sign * minor, currency),
        balance=Money(sign * balance, currency),
        parts=tuple((AccountKind(k), Money(sign * m, currency)) for k, m in zip(kinds, minors, strict=True)),
        commission=Money(-commission, currency),
    )
