from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection

from caravan.kernel.errors import BadRequest
from caravan.kernel.ids import uuid7
from caravan.kernel.money import Money
from caravan.ledger.actions import fold, post
from caravan.ledger.models import Balance, Mark
from caravan.ledger.queries import AccountBalance, account_statement, balance, balances, check, of_orders, statement, totals
from caravan.ledger.rules import AccountKind, Leg

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 12, tzinfo=UTC)


def eur(minor: int) -> Money:
    return Money(minor, "EUR")


def paid(order: UUID, minor: int, at: datetime = AT) -> None:
    legs = [Leg(AccountKind.PROVIDER_CLEARING, None, eur(minor)), Leg(AccountKind.ESCROW, order, eur(-minor))]
    post(cause=uuid7(), kind="paid", legs=legs, at=at, order_id=order)


def completed(order: UUID, store: UUID, minor: int, commission: int = 0, at: datetime = AT) -> None:
    legs = [
        Leg(AccountKind.ESCROW, order, eur(minor)),
        Leg(AccountKind.COMMISSION, None, eur(-commission)),
        Leg(AccountKind.STORE_EARNED, store, eur(commission - minor)),
    ]
    post(cause=uuid7(), kind="completed", legs=legs, at=at, order_id=order)


def settled(order: UUID, store: UUID, minor: int, at: datetime = AT) -> None:
    legs = [Leg(AccountKind.STORE_EARNED, store, eur(minor)), Leg(AccountKind.STORE_AVAILABLE, store, eur(-minor))]
    post(cause=uuid7(), kind="available", legs=legs, at=at, order_id=order)


def settle_mark() -> None:
    """What two runs of `fold` do once the postings of this test's transaction were committed."""
    fold()
    Mark.objects.update(next_xid=0)
    fold()


def test_balances_are_the_same_before_and_after_they_are_folded():
    store, order, other = uuid7(), uuid7(), uuid7()
    paid(order, 1000), paid(other, 300)
    completed(order, store, 1000, commission=80)

    def seen():
        return (
            balance(AccountKind.PROVIDER_CLEARING, None, "EUR"),
            balance(AccountKind.COMMISSION, None, "EUR"),
            balance(AccountKind.STORE_EARNED, store, "EUR"),
            balance(AccountKind.ESCROW, order, "EUR"),
            balance(AccountKind.ESCROW, other, "EUR"),
            totals(),
        )

    before = seen()
    assert before[:5] == (eur(1300), eur(-80), eur(-920), eur(0), eur(-300))
    settle_mark()
    assert Balance.objects.count() == 4  # escrow as a whole, without an account for each order
    assert seen() == before
    settled(order, store, 920)
    assert balances(store) == (
        AccountBalance(AccountKind.STORE_AVAILABLE, eur(-920)),
        AccountBalance(AccountKind.STORE_EARNED, eur(0)),
    )
    assert not check()


def test_the_trial_balance_adds_up_to_nothing_in_each_currency():
    paid(uuid7(), 1000)
    order = uuid7()
    paid(order, 500)
    completed(order, uuid7(), 500, commission=50)
    assert sum(total.balance.minor for total in totals()) == 0


def test_an_account_nobody_used_stands_at_nothing():
    assert balance(AccountKind.TAX, None, "EUR") == eur(0)
    assert balance(AccountKind.STORE_EARNED, uuid7(), "EUR") == eur(0)
    assert statement(uuid7(), "EUR").rows == ()


def test_a_statement_runs_from_the_newest_movement_down_and_each_row_says_what_stood_after_it():
    store = uuid7()
    for n in range(1, 8):
        order = uuid7()
        paid(order, 100 * n)
        completed(order, store, 100 * n, commission=10, at=AT + timedelta(days=n))
    first = statement(store, "EUR", limit=3)
    assert [(row.amount.minor, row.balance.minor, row.commission.minor) for row in first.rows] == [
        (690, 2730, 10),
        (590, 2040, 10),
        (490, 1450, 10),
    ]
    second = statement(store, "EUR", limit=3, cursor=first.next_cursor)
    third = statement(store, "EUR", limit=3, cursor=second.next_cursor)
    assert [row.balance.minor for row in (*second.rows, *third.rows)] == [960, 570, 280, 90]
    assert third.next_cursor is None


def test_a_movement_between_a_stores_own_accounts_changes_no_balance_and_a_single_account_shows_it():
    store, order = uuid7(), uuid7()
    paid(order, 1000)
    completed(order, store, 1000)
    settled(order, store, 1000)
    moved, sold = statement(store, "EUR").rows
    assert (moved.kind, moved.amount, moved.balance) == ("available", eur(0), eur(1000))
    assert dict(moved.parts) == {AccountKind.STORE_EARNED: eur(-1000), AccountKind.STORE_AVAILABLE: eur(1000)}
    assert (sold.order_id, sold.amount) == (order, eur(1000))
    assert [row.balance.minor for row in statement(store, "EUR", kinds=[AccountKind.STORE_EARNED]).rows] == [0, 1000]


def test_a_period_shows_the_balances_that_stood_then_whether_folded_or_not():
    store = uuid7()
    for day in range(6):
        order = uuid7()
        paid(order, 100)
        completed(order, store, 100, at=AT + timedelta(days=day))
    for _turn in range(2):
        rows = statement(store, "EUR", since=AT + timedelta(days=1), until=AT + timedelta(days=3)).rows
        assert [(row.at.day, row.balance.minor) for row in rows] == [(4, 300), (3, 200)]
        settle_mark()


def test_the_markets_own_accounts_have_statements_on_their_own_side():
    paid(uuid7(), 100), paid(uuid7(), 250)
    assert [row.balance.minor for row in account_statement(AccountKind.PROVIDER_CLEARING, "EUR").rows] == [350, 100]


@pytest.mark.parametrize("cursor", ["x", "1", "1.", "1.x", f"1.{2**70}"])
def test_a_cursor_that_is_none_is_refused(cursor):
    with pytest.raises(BadRequest):
        statement(uuid7(), "EUR", cursor=cursor)


def test_what_an_order_comes_to_is_told_by_account():
    store, order = uuid7(), uuid7()
    paid(order, 1000)
    completed(order, store, 1000, commission=80)
    found = {a.kind: a.balance.minor for a in of_orders([order])[order]}
    assert found == {"provider_clearing": 1000, "escrow": 0, "commission": -80, "store_earned": -920}


def test_the_proof_names_what_is_wrong():
    paid(uuid7(), 1000)
    paid(uuid7(), -200)
    settle_mark()
    assert [finding.code for finding in check()] == ["side"]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        cursor.execute("SET session_replication_role = replica")  # as somebody with all rights over the tables could
        cursor.execute("UPDATE ledger_entry SET minor = minor + 5 WHERE kind = 'escrow' AND minor < 0")
        cursor.execute("INSERT INTO ledger_posting (cause, kind, memo, at) VALUES (gen_random_uuid(), 'x', '', now())")
        cursor.execute("SET session_replication_role = origin")
    assert [finding.code for finding in check()] == ["trial", "unbalanced", "empty", "side", "balance"]
    assert "out by 0.05 EUR" in check()[1].text


def test_a_page_of_a_statement_is_one_statement(django_assert_num_queries):
    store, order = uuid7(), uuid7()
    paid(order, 1000)
    completed(order, store, 1000)
    with django_assert_num_queries(1):
        statement(store, "EUR")
