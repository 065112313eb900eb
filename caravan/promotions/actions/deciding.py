"""A function in the database that decides something while thousands ask at once, with as little around it as there can be."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections
from psycopg import Connection, OperationalError
from psycopg.errors import error_from_result
from psycopg.pq import ConnStatus, ExecStatus
from psycopg.pq.abc import PGconn, PGresult

_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)  # PostgreSQL counts microseconds from here


def _micros(at: datetime) -> bytes:
    since = at - _EPOCH
    micros = (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds
    return micros.to_bytes(8, "big", signed=True)


# PostgreSQL's binary formats: of what is asked by type, of what is answered by the oid of its type (pg_type.dat).
_ASKED: Mapping[type, tuple[str, Callable[[Any], bytes]]] = {
    UUID: ("uuid", attrgetter("bytes")),
    str: ("text", str.encode),
    int: ("int4", lambda number: number.to_bytes(4, "big", signed=True)),
    datetime: ("timestamptz", _micros),
}
_ANSWERED: Mapping[int, Callable[[bytes], Any]] = {
    16: lambda raw: raw != b"\0",
    23: lambda raw: int.from_bytes(raw, "big", signed=True),
    25: bytes.decode,
    1184: lambda raw: _EPOCH + timedelta(microseconds=int.from_bytes(raw, "big", signed=True)),
    2950: lambda raw: UUID(bytes=raw),
}


class _Prepared(threading.local):
    """What a thread has prepared, good as long as its connection is the one it was prepared on."""

    connection: object = None
    names: set[bytes]


_prepared = _Prepared()


class Decision:
    """The function of that name with parameters of those types (`UUID`, `str`, `int` of 32 bits, `datetime`), any of them None.

    Beside a decision as short as a refusal the way there counts (`bench.grab`). A cursor makes a generator, locks, adapts by
    looking up types, and Django makes a cursor for each statement; so a statement of its own goes to libpq at once, as bytes.
    Inside a transaction, or where somebody has an eye on statements, it is asked over Django's cursor like any other.
    """

    def __init__(self, function: str, *types: type) -> None:
        casts = [_ASKED[type][0] for type in types]
        self._watched = f"SELECT * FROM {function}({', '.join(f'%s::{cast}' for cast in casts)})"  # noqa: S608 - constants
        numbered = ", ".join(f"${n}::{cast}" for n, cast in enumerate(casts, 1))
        self._statement = f"SELECT * FROM {function}({numbered})".encode()  # noqa: S608 - constants of the caller's module
        self._name = f"decide_{function}".encode()
        self._write = [_ASKED[type][1] for type in types]
        self._binary = [1] * len(types)

    def __call__(self, *params: Any) -> tuple[Any, ...]:
        """The row it answers; raises what Django's cursor raises."""
        connection = connections[DEFAULT_DB_ALIAS]
        if not connection.get_autocommit() or connection.queries_logged or connection.execute_wrappers:
            with connection.cursor() as cursor:
                cursor.execute(self._watched, params)
                row: tuple[Any, ...] = cursor.fetchone()
                return row
        with connection.wrap_database_errors:
            return self._ask(connection.connection, params)

    def _ask(self, connection: Connection[Any], params: tuple[Any, ...]) -> tuple[Any, ...]:
        pgconn = connection.pgconn
        if _prepared.connection is not connection:
            _prepared.connection, _prepared.names = connection, set()
        if self._name not in _prepared.names:
            _checked(pgconn, pgconn.prepare(self._name, self._statement))
            _prepared.names.add(self._name)
        written: list[Any] = [None if param is None else write(param) for write, param in zip(self._write, params, strict=True)]
        answer = _checked(pgconn, pgconn.exec_prepared(self._name, written, self._binary, 1))
        return tuple(
            None if (raw := answer.get_value(0, n)) is None else _ANSWERED[answer.ftype(n)](raw) for n in range(answer.nfields)
        )


def _checked(pgconn: PGconn, result: PGresult) -> PGresult:
    if result.status in (ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK):
        return result
    if pgconn.status == ConnStatus.BAD:  # lost: libpq alone says so, there is no SQLSTATE to choose a class by
        raise OperationalError(pgconn.get_error_message())
    raise error_from_result(result)
