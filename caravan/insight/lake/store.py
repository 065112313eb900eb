"""Adding to the lake. Any number of processes may try: one at a time writes, and kill -9 neither loses nor doubles."""

from __future__ import annotations

import fcntl
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb
import ibis
import pyarrow as pa
import pyarrow.parquet as pq

from caravan.insight.lake.current import current
from caravan.insight.lake.files import LakeError, Span, live, new_file, sweep
from caravan.insight.lake.schemas import Fact

_ROW_GROUP = 122_880  # what DuckDB scans at a time
_GRACE_SECONDS = 600  # longer than any reader holds a list of files


class Lake:
    """A folder with one folder of Parquet files per fact."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def watermark(self, fact: Fact) -> int:
        """The highest seq known to be in the lake; 0 when it is empty. Export what lies above it."""
        spans = live(self._folder(fact))
        return spans[-1].upto if spans else 0

    def files(self, fact: Fact) -> list[Path]:
        """The files to read now, oldest first. They stay readable for ten minutes whatever happens meanwhile."""
        return [self._folder(fact) / span.name for span in live(self._folder(fact))]

    def append(self, fact: Fact, rows: pa.RecordBatchReader, *, upto_seq: int) -> int:
        """Add the rows above the watermark up to `upto_seq`, each key at most once; returns how many. All or nothing.

        `upto_seq` must be final: no row with a lower seq may become visible later. Where another process was faster nothing is
        added. Raises LakeError for rows that do not fit the fact's schema or hold a key twice.
        """
        if fact.whole:
            raise LakeError(f"{fact.name} is a dimension: use replace().")
        with self._writing(fact) as folder:
            watermark = self.watermark(fact)
            return self._write(fact, rows, folder, Span(watermark, upto_seq)) if upto_seq > watermark else 0

    def replace(self, fact: Fact, rows: pa.RecordBatchReader) -> int:
        """The dimension as it is now, whole, instead of what was there; returns the number of rows. All or nothing."""
        if not fact.whole:
            raise LakeError(f"{fact.name} grows in steps: use append().")
        with self._writing(fact) as folder:
            return self._write(fact, rows, folder, Span(0, self.watermark(fact) + 1), even_empty=True)

    def compact(self, fact: Fact, *, from_files: int = 8, memory: str = "2GB") -> bool:
        """Merge the newer small files into one, without superseded rows, once there are `from_files`; says whether it did.

        A file joins a merge only when it is at most twice all newer ones together, so a row is rewritten a logarithmic number
        of times.
        """
        with self._writing(fact) as folder:
            spans = live(folder)
            if len(spans) < from_files:
                return False
            sizes = [(folder / span.name).stat().st_size for span in spans]
            merged = spans[first_to_merge(sizes) :]
            if len(merged) < 2:
                return False
            con = ibis.duckdb.connect(memory_limit=memory)
            rows = current(fact, [con.read_parquet(folder / span.name) for span in merged])
            with new_file(folder, Span(merged[0].after, merged[-1].upto)) as draft:
                con.to_parquet(rows, draft, compression="zstd")
            return True

    def _folder(self, fact: Fact) -> Path:
        return self.root / fact.name

    @contextmanager
    def _writing(self, fact: Fact) -> Iterator[Path]:
        folder = self._folder(fact)
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # the kernel lets go of it when the process dies
            sweep(folder, before=time.time() - _GRACE_SECONDS)
            yield folder

    def _write(self, fact: Fact, rows: pa.RecordBatchReader, folder: Path, span: Span, *, even_empty: bool = False) -> int:
        fit = _fitting(fact, rows.schema)
        group = _next_group(rows)
        if not group and not even_empty:
            return 0
        written = 0
        with new_file(folder, span) as draft:
            with pq.ParquetWriter(draft, fact.schema, compression="zstd") as writer:
                while group:
                    table = fit(pa.Table.from_batches(group))
                    writer.write_table(table, row_group_size=_ROW_GROUP)
                    written += table.num_rows
                    group = _next_group(rows)
            _refuse_doubles(fact, draft)
        return written


def first_to_merge(sizes: Sequence[int]) -> int:
    """The index from which files (oldest first) are merged: back from the newest while a file is at most twice all newer ones."""
    first, newer = len(sizes) - 1, sizes[-1]
    while first and sizes[first - 1] <= 2 * newer:
        first -= 1
        newer += sizes[first]
    return first


def _fitting(fact: Fact, given: pa.Schema) -> Callable[[pa.Table], pa.Table]:
    missing = sorted(set(fact.schema.names) - set(given.names))
    if missing:
        raise LakeError(f"The rows for {fact.name} lack {', '.join(missing)}: select them in the export.")

    def fit(table: pa.Table) -> pa.Table:
        try:
            return table.select(fact.schema.names).cast(fact.schema)
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError, ValueError) as e:
            raise LakeError(f"The rows for {fact.name} do not fit its schema: {e}") from e

    return fit


def _next_group(rows: pa.RecordBatchReader) -> list[pa.RecordBatch]:
    group: list[pa.RecordBatch] = []
    count = 0
    for batch in rows:
        if batch.num_rows:
            group.append(batch)
            count += batch.num_rows
        if count >= _ROW_GROUP:
            break
    return group


def _refuse_doubles(fact: Fact, file: Path) -> None:
    key = ", ".join(fact.key)
    with duckdb.connect() as con:
        rows = con.read_parquet(str(file))
        doubles = rows.aggregate(f"{key}, count(*) AS times", key).filter("times > 1").limit(1).fetchall()
    if doubles:
        raise LakeError(f"The rows for {fact.name} hold {key} = {doubles[0][:-1]} more than once: export each as it is now.")
