"""One row from a function in the database that decides something while thousands ask at once."""

from __future__ import annotations

import threading
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections


class _Kept(threading.local):
    """A thread's cursor, good as long as its connection is the one it was made on."""

    cursor: Any = None


_kept = _Kept()


def decide(statement: str, *params: Any) -> tuple[Any, ...]:
    """The row `statement` returns, as by Django's cursor; raises what that raises. Whoever has an eye on statements sees it, too.

    Django makes a cursor, and a wrapper around it, for every statement, and dates come as text. Beside a statement as short as
    this that counts (`bench.grab`), so each connection keeps one cursor, whose row is read before anybody else can ask.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.queries_logged or connection.execute_wrappers:
        with connection.cursor() as watched:
            watched.execute(statement, params)
            return _only(watched)
    connection.ensure_connection()
    connection.validate_no_broken_transaction()
    cursor = _kept.cursor
    if cursor is None or cursor.connection is not connection.connection:
        cursor = _kept.cursor = connection.connection.cursor(binary=True)
    with connection.wrap_database_errors:
        cursor.execute(statement, params, prepare=True)
        return _only(cursor)


def _only(cursor: Any) -> tuple[Any, ...]:
    row: tuple[Any, ...] = cursor.fetchone()
    return row
