from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from django.db import connection

pytestmark = pytest.mark.django_db(transaction=True)
NEEDED = ("dbname", "host", "port", "user", "password")


@pytest.fixture
def another() -> Iterator[psycopg.Connection]:
    given = connection.get_connection_params()
    with psycopg.connect(**{key: given[key] for key in NEEDED if key in given}, autocommit=True) as made:
        yield made


def backend() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def begin_request() -> None:
    """What Django does to kept connections when a request comes in."""
    connection.health_check_enabled = True
    connection.health_check_done = False


def test_a_kept_connection_is_found_good_without_a_statement(another):
    kept = backend()
    assert connection.is_usable()
    last = another.execute("SELECT query FROM pg_stat_activity WHERE pid = %s", [kept]).fetchone()
    assert last == ("SELECT pg_backend_pid()",)


def test_a_request_after_the_server_cut_the_connection_gets_a_new_one(another):
    cut = backend()
    another.execute("SELECT pg_terminate_backend(%s, 5000)", [cut])
    begin_request()
    assert backend() != cut
