"""Many rows at once into PostgreSQL, safely repeatable: what already stands is left alone."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any, Protocol
from uuid import UUID


class Cursor(Protocol):
    """A database cursor that can COPY (psycopg's, or Django's around it)."""

    def execute(self, sql: str, params: Sequence[Any] = ...) -> Any: ...

    def fetchall(self) -> list[tuple[Any, ...]]: ...

    def copy(self, statement: str) -> Any: ...


def record_id(*parts: str) -> UUID:
    """The id a record of another system has here: the same parts give the same id, so loading it twice meets itself (UUIDv8)."""
    digest = hashlib.blake2b("\x1f".join(parts).encode(), digest_size=16).digest()
    return UUID(int=int.from_bytes(digest) & ~(0xF << 76) & ~(0b11 << 62) | 0x8 << 76 | 0b10 << 62)


def missing(cursor: Cursor, table: str, ids: Sequence[UUID]) -> set[UUID]:
    """Those of `ids` with no row in `table` yet."""
    cursor.execute(f"SELECT id FROM {table} WHERE id = ANY(%s)", [list(ids)])  # noqa: S608 - a name in our code
    return set(ids) - {row[0] for row in cursor.fetchall()}


def copy_new(cursor: Cursor, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> set[UUID]:
    """COPY those of `rows`, which begin with their id, that do not stand yet. Returns their ids.

    A race with another loader of the same rows ends in an IntegrityError for one of the two, which may try again.
    """
    new = missing(cursor, table, [row[0] for row in rows])
    copy_rows(cursor, table, columns, [row for row in rows if row[0] in new])
    return new


def copy_rows(cursor: Cursor, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> int:
    """COPY `rows` into `table`. Returns how many. Table and columns are names in our code, never input."""
    if rows:
        with cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
    return len(rows)
