from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from caravan.kernel.ids import uuid7
from caravan.kernel.money import Money
from caravan.ledger.actions import post, post_many, record_postings
from caravan.ledger.models import Entry
from caravan.ledger.models import Posting as PostingRow
from caravan.ledger.rules import AccountKind, Leg, Posting, Unbalanced

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 12, tzinfo=UTC)


def paid(minor: int = 1000, currency: str = "EUR", owner=None) -> list[Leg]:
    return [
        Leg(AccountKind.PROVIDER_CLEARING, None, Money(minor, currency)),
        Leg(AccountKind.ESCROW, owner or uuid7(), Money(-minor, currency)),
    ]


def test_a_cause_is_posted_once_however_often_it_is_told():
    cause = uuid7()
    assert post(cause=cause, kind="paid", legs=paid(), at=AT)
    assert not post(cause=cause, kind="paid", legs=paid(), at=AT)
    assert post(cause=cause, kind="refund", legs=paid(-1000), at=AT)
    assert PostingRow.objects.count() == 2
    assert Entry.objects.count() == 4


def test_what_does_not_balance_in_each_currency_is_refused():
    with pytest.raises(Unbalanced, match=r"out by 10\.00 EUR, -12\.00 USD"):
        post(cause=uuid7(), kind="x", legs=[paid()[0], paid(1200, "USD")[1]], at=AT)
    assert not PostingRow.objects.exists()


def test_legs_of_nothing_are_left_out_and_a_posting_of_nothing_is_none():
    nothing = Leg(AccountKind.TAX, None, Money(0, "EUR"))
    assert post(cause=uuid7(), kind="paid", legs=[*paid(), nothing], at=AT)
    assert Entry.objects.count() == 2
    assert not post(cause=uuid7(), kind="paid", legs=[nothing], at=AT)


def test_many_are_posted_in_one_statement_and_those_known_are_left_alone(django_assert_num_queries):
    known, order = uuid7(), uuid7()
    post(cause=known, kind="paid", legs=paid(), at=AT)
    many = [Posting(cause=uuid7(), kind="paid", legs=tuple(paid(n)), at=AT, order_id=order, memo="m") for n in range(1, 50)]
    with django_assert_num_queries(1):
        assert post_many(postings=[*many, Posting(cause=known, kind="paid", legs=tuple(paid(7)), at=AT)]) == 49
    assert post_many(postings=many) == 0
    assert PostingRow.objects.filter(order_id=order, memo="m", at=AT).count() == 49


def test_postings_of_the_past_come_by_copy_and_only_once():
    many = [Posting(cause=uuid7(), kind="paid", legs=tuple(paid(n)), at=AT) for n in range(1, 200)]
    assert record_postings(postings=many[:100]) == 100
    assert record_postings(postings=many) == 99
    assert record_postings(postings=many) == 0
    assert Entry.objects.count() == 398


def entry(posting_id: int, minor: int, number: int = 1) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ledger_entry (posting_id, number, kind, currency, minor, at) VALUES (%s, %s, 'tax', 'EUR', %s, now())",
            [posting_id, number, minor],
        )


def enforce() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def test_the_database_itself_refuses_an_unbalanced_posting_at_the_end_of_its_transaction():
    head = PostingRow.objects.create(cause=uuid7(), kind="by hand", at=AT)
    entry(head.pk, 5)
    with pytest.raises(IntegrityError, match="does not balance"), transaction.atomic():
        enforce()
    entry(head.pk, -5, number=2)
    enforce()


def test_a_leg_added_later_to_a_posting_that_stands_is_refused():
    post(cause=uuid7(), kind="paid", legs=paid(), at=AT)
    enforce()
    with pytest.raises(IntegrityError, match="does not balance"), transaction.atomic():
        entry(PostingRow.objects.get().pk, 5, number=3)
        enforce()


def test_a_posting_without_entries_is_refused():
    with pytest.raises(IntegrityError, match="has no entries"), transaction.atomic():
        PostingRow.objects.create(cause=uuid7(), kind="empty", at=AT)
        enforce()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_entry SET minor = minor + 1",
        "UPDATE ledger_posting SET at = now()",
        "DELETE FROM ledger_entry",
        "DELETE FROM ledger_posting",
    ],
)
def test_what_is_posted_is_never_changed_nor_taken_away(statement):
    post(cause=uuid7(), kind="paid", legs=paid(), at=AT)
    with pytest.raises(IntegrityError, match="only added to"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_an_account_has_an_owner_where_its_kind_says_so():
    with pytest.raises(ValueError, match="needs an owner"):
        Leg(AccountKind.ESCROW, None, Money(1, "EUR"))
    with pytest.raises(ValueError, match="has no owner"):
        Leg(AccountKind.TAX, uuid7(), Money(1, "EUR"))


@pytest.mark.django_db(transaction=True)
def test_money_moves_only_inside_the_transaction_of_its_action():
    with pytest.raises(RuntimeError, match="transaction"):
        post(cause=uuid7(), kind="paid", legs=paid(), at=AT)
