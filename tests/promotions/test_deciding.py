"""A decision asked over libpq answers as one asked over Django's cursor does."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import DataError, OperationalError, connection, transaction
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from caravan.promotions.actions.deciding import Decision
from tests.factories import AT

pytestmark = pytest.mark.django_db
ECHO = """
CREATE FUNCTION pg_temp.echo(id uuid, word text, number int, at timestamptz,
    OUT its_id uuid, OUT its_word text, OUT its_number int, OUT its_instant timestamptz, OUT is_even boolean)
LANGUAGE plpgsql AS $$
BEGIN
    its_id := id; its_word := word; its_number := 12 / number * number; its_instant := at; is_even := number % 2 = 0;
END $$
"""
echo = Decision("pg_temp.echo", UUID, str, int, datetime)
ROWS = [
    (UUID(int=7), "a word", 3, AT),
    (UUID(int=2**128 - 1), "Настольная лампа\n", -4, datetime(1969, 7, 20, 20, 17, 39, 999_999, UTC)),
    (None, "", 1, datetime(2999, 12, 31, tzinfo=UTC)),
    (UUID(int=0), None, 2, None),
    (None, None, None, None),
]


@pytest.fixture
def alone():
    """Runs something in a thread of its own, where no test's transaction is open, and `echo` is there."""

    def run(act):
        def with_function():
            with connection.cursor() as cursor:
                cursor.execute(ECHO)
            try:
                return act()
            finally:
                connection.close()

        with ThreadPoolExecutor(1) as one:
            return one.submit(with_function).result()

    return run


def test_the_row_is_the_same_whether_somebody_watches_or_not(alone):
    def both():
        with CaptureQueriesContext(connection) as asked:
            watched = [echo(*row) for row in ROWS]
        assert len(asked) == len(ROWS)
        return watched, [echo(*row) for row in ROWS]

    watched, unwatched = alone(both)
    assert unwatched == watched
    assert unwatched[0] == (UUID(int=7), "a word", 12, AT, False)
    assert unwatched[3][3] is None


def test_a_transaction_is_asked_inside_of_it():
    with connection.cursor() as cursor:
        cursor.execute(ECHO)
    assert echo(None, "inside", 1, AT + timedelta(days=1))[1] == "inside"
    with transaction.atomic():
        transaction.set_rollback(True)
        with pytest.raises(TransactionManagementError):
            echo(None, "", 1, AT)
        transaction.set_rollback(False)


def test_errors_are_djangos_and_the_next_one_is_asked_all_the_same(alone):
    def wrong_then_right():
        with pytest.raises(DataError, match="division by zero"):
            echo(None, "", 0, AT)
        return echo(None, "right", 1, AT)[1]

    assert alone(wrong_then_right) == "right"


def test_a_connection_that_was_closed_is_opened_anew(alone):
    where = Decision("pg_backend_pid")

    def twice():
        first = where()
        connection.close()
        return first, where()

    first, second = alone(twice)
    assert first != second


def test_a_connection_that_was_lost_says_so_and_the_next_request_has_another(alone):
    where, end = Decision("pg_backend_pid"), Decision("pg_terminate_backend", int)

    def lost():
        (own,) = where()
        with pytest.raises(OperationalError):
            end(own)
        connection.close_if_unusable_or_obsolete()
        return own, *where()

    own, other = alone(lost)
    assert own != other
