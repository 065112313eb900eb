"""Rows for the lake whose right content is known for any seq."""

from __future__ import annotations

import pyarrow as pa

from caravan.insight.lake import FEEDBACK
from tests.insight.world import ago, table, uid


def batch(after: int, upto: int) -> pa.RecordBatchReader:
    """Ratings with seq in (after, upto]. Every tenth seq is an edit of the rating five before it, to one star."""
    rows = []
    for seq in range(after + 1, upto + 1):
        if seq % 10 == 5 and seq + 5 <= upto:
            continue  # as a table read gives it: only the newest state of a row is there
        edited = seq % 10 == 0
        rating = f"f{seq - 5 if edited else seq}"
        rows.append((seq, uid(rating), ago(1), uid("shop"), uid("lamp"), uid("ana"), 1 if edited else 5, None, None, None))
    return reader(table(FEEDBACK, rows))


def reader(rows: pa.Table, rows_a_batch: int = 1000) -> pa.RecordBatchReader:
    return pa.RecordBatchReader.from_batches(rows.schema, rows.to_batches(max_chunksize=rows_a_batch))


def right(upto: int) -> dict[str, int]:
    """Stars by rating when everything up to `upto` (a multiple of ten) is in."""
    return {f"f{n}": 1 if n % 10 == 5 else 5 for n in range(1, upto + 1) if n % 10}
