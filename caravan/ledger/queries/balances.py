"""What accounts come to: the balances kept up to the mark and the entries after it, in one statement of one snapshot."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from caravan.kernel.money import Money
from caravan.ledger.rules import AccountKind

# An owner without any balance kept is read whole: an order, whose escrow is never kept alone, or a store newer than the mark.
_OWNED = """
SELECT kind, currency, sum(minor)::bigint FROM (
    SELECT kind, currency, minor FROM ledger_balance WHERE owner_id = %(owner)s
    UNION ALL
    SELECT kind, currency, minor FROM ledger_entry
    WHERE owner_id = %(owner)s AND posting_id > (
        SELECT CASE WHEN EXISTS (SELECT FROM ledger_balance WHERE owner_id = %(owner)s)
            THEN coalesce((SELECT upto FROM ledger_mark), 0) ELSE 0 END)
) parts GROUP BY kind, currency ORDER BY kind, currency
"""
_SHARED = """
SELECT coalesce(sum(minor), 0)::bigint FROM (
    SELECT minor FROM ledger_balance WHERE owner_id IS NULL AND currency = %(currency)s AND kind = %(kind)s
    UNION ALL
    SELECT minor FROM ledger_entry WHERE owner_id IS NULL AND kind = %(kind)s AND currency = %(currency)s
    AND posting_id > coalesce((SELECT upto FROM ledger_mark), 0)
) parts
"""
_TOTALS = """
SELECT kind, currency, sum(minor)::bigint FROM (
    SELECT kind, currency, minor FROM ledger_balance
    UNION ALL
    SELECT kind, currency, minor FROM ledger_entry WHERE posting_id > coalesce((SELECT upto FROM ledger_mark), 0)
) parts GROUP BY kind, currency ORDER BY currency, kind
"""
_OF_ORDERS = """
SELECT p.order_id, e.kind, e.currency, sum(e.minor)::bigint FROM ledger_posting p JOIN ledger_entry e ON e.posting_id = p.id
WHERE p.order_id = ANY(%s) GROUP BY 1, 2, 3
"""


@dataclass(frozen=True, slots=True)
class AccountBalance:
    """What an account, or all accounts of a kind and currency, stand at: a debit positive, a credit (owed by us) negative."""

    kind: AccountKind
    balance: Money


def balance(kind: AccountKind, owner_id: UUID | None, currency: str) -> Money:
    """What an account stands at, a debit positive. Its cost does not grow with the entries that were folded."""
    if owner_id is not None:
        found = [a.balance for a in balances(owner_id) if a.kind == kind and a.balance.currency == currency]
        return found[0] if found else Money.zero(currency)
    with connection.cursor() as cursor:
        cursor.execute(_SHARED, {"kind": str(kind), "currency": currency})
        return Money(cursor.fetchone()[0], currency)


def balances(owner_id: UUID) -> tuple[AccountBalance, ...]:
    """Every account of an owner (a store, an order) that ever moved, by kind and currency."""
    with connection.cursor() as cursor:
        cursor.execute(_OWNED, {"owner": owner_id})
        return tuple(AccountBalance(AccountKind(kind), Money(minor, currency)) for kind, currency, minor in cursor.fetchall())


def totals() -> tuple[AccountBalance, ...]:
    """The trial balance: what each kind of account comes to, by currency. Those of a currency add up to nothing."""
    with connection.cursor() as cursor:
        cursor.execute(_TOTALS)
        return tuple(AccountBalance(AccountKind(kind), Money(minor, currency)) for kind, currency, minor in cursor.fetchall())


def of_orders(order_ids: Sequence[UUID]) -> dict[UUID, tuple[AccountBalance, ...]]:
    """What the postings that name an order come to, by account: what of it is still in escrow, earned, available ..."""
    found: defaultdict[UUID, list[AccountBalance]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_OF_ORDERS, [list(order_ids)])
        for order_id, kind, currency, minor in cursor.fetchall():
            found[order_id].append(AccountBalance(AccountKind(kind), Money(minor, currency)))
    return {order_id: tuple(found[order_id]) for order_id in order_ids}
