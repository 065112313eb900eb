"""Writers at the same instant, on connections of their own, as committed transactions see one another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier, Event
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction

from caravan.kernel.ids import uuid7
from caravan.kernel.money import Money
from caravan.ledger.actions import fold, post
from caravan.ledger.models import Posting
from caravan.ledger.queries import balance, check
from caravan.ledger.rules import AccountKind, Leg

pytestmark = pytest.mark.django_db(transaction=True)
AT = datetime(2026, 3, 2, 12, tzinfo=UTC)


def at_once(calls: Sequence[Callable[[], Any]]) -> list[Any]:
    start = Barrier(len(calls))

    def run(call: Callable[[], Any]) -> Any:
        try:
            connection.ensure_connection()
            start.wait(timeout=60)
            return call()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(run, calls))


def pay(minor: int = 100, cause: UUID | None = None, order: UUID | None = None) -> bool:
    legs = [
        Leg(AccountKind.PROVIDER_CLEARING, None, Money(minor, "EUR")),
        Leg(AccountKind.ESCROW, order or uuid7(), Money(-minor, "EUR")),
    ]
    with transaction.atomic():
        return post(cause=cause or uuid7(), kind="paid", legs=legs, at=AT)


def clearing() -> int:
    return balance(AccountKind.PROVIDER_CLEARING, None, "EUR").minor


def test_of_two_writers_of_one_cause_one_posts():
    for _round in range(10):
        cause, order = uuid7(), uuid7()
        assert sorted(at_once([lambda c=cause, o=order: pay(cause=c, order=o)] * 2)) == [False, True]
    assert (Posting.objects.count(), clearing()) == (10, 1000)


def test_a_cause_whose_first_writer_took_it_back_is_posted_by_the_second():
    cause, begun = uuid7(), Event()

    def gives_up() -> bool:
        try:
            with transaction.atomic():
                pay(cause=cause)
                begun.set()
                raise InterruptedError
        except InterruptedError:
            return False

    def comes_second() -> bool:
        begun.wait(timeout=60)
        return pay(cause=cause)

    assert at_once([gives_up, comes_second]) == [False, True]
    assert clearing() == 100


def test_sixteen_writers_to_the_same_accounts_neither_wait_in_a_circle_nor_lose_a_cent_while_balances_are_folded():
    order = uuid7()

    def write() -> None:
        for n in range(1, 11):
            pay(n, order=order)

    def keep_folding() -> None:
        for _turn in range(30):
            fold()

    at_once([*[write] * 16, keep_folding])
    for _turn in range(3):
        assert (clearing(), balance(AccountKind.ESCROW, order, "EUR").minor) == (16 * 55, -16 * 55)
        fold()
    assert not check()


def test_nobody_waits_for_a_posting_that_is_not_committed_yet():
    written, looked = Event(), Event()

    def slow() -> None:
        with transaction.atomic():
            pay(100)
            written.set()
            assert looked.wait(timeout=60), "another poster waited for this one"

    def quick() -> int:
        written.wait(timeout=60)
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '5s'")
        pay(50)
        seen = clearing()
        looked.set()
        return seen

    assert at_once([slow, quick])[1] == 50
    assert clearing() == 150


def test_a_posting_that_commits_late_is_not_missed_by_the_balances_kept():
    written, folded = Event(), Event()

    def slow() -> None:
        with transaction.atomic():
            pay(100)  # has its id, and is not there for the others
            written.set()
            assert folded.wait(timeout=60)

    def folder() -> None:
        written.wait(timeout=60)
        pay(50)
        assert not any(fold() for _turn in range(4)), "a posting below the mark was still to come"
        folded.set()

    at_once([slow, folder])
    assert any(fold() for _turn in range(3))
    assert clearing() == 150
    assert not check()
