"""A cursor that is kept answers as Django's own does."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from django.db import DataError, connection, transaction
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from caravan.promotions.actions.deciding import decide
from tests.factories import AT

pytestmark = pytest.mark.django_db
ROW = "SELECT %s::uuid, %s::timestamptz, %s::int, %s::text, NULL::text"


def test_the_row_is_the_same_whether_somebody_watches_or_not():
    params = (UUID(int=7), AT, 3, "a word")
    with CaptureQueriesContext(connection) as asked:
        watched = decide(ROW, *params)
    assert len(asked) == 1
    assert decide(ROW, *params) == watched == (*params, None)


def test_errors_are_djangos_and_a_broken_transaction_is_not_asked():
    with pytest.raises(DataError), transaction.atomic():
        decide("SELECT 1 / %s", 0)
    assert decide("SELECT %s::int", 1) == (1,)
    with transaction.atomic():
        transaction.set_rollback(True)
        with pytest.raises(TransactionManagementError):
            decide("SELECT %s::int", 1)
        transaction.set_rollback(False)


def test_a_connection_that_was_closed_is_opened_anew():
    def twice():
        first = decide("SELECT pg_backend_pid()")
        connection.close()
        second = decide("SELECT pg_backend_pid()")
        connection.close()
        return first, second

    with ThreadPoolExecutor(1) as one:
        first, second = one.submit(twice).result()
    assert first != second
