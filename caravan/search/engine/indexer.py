"""The one process that writes the index."""

from __future__ import annotations

import fcntl
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from tantivy import Index, IndexWriter

from caravan.search.engine import generations
from caravan.search.engine.encode import encode
from caravan.search.engine.generations import IndexMissing
from caravan.search.engine.schema import schema
from caravan.search.rules.document import SearchDocument

POPULAR = "popular.json"
_HEAP = 128_000_000


class IndexerBusy(Exception):
    """Another process is writing this index."""


class Indexer:
    """Writes the index under `path`; readers go on undisturbed.

    One at a time: the lock is the operating system's, so it is free again the instant its holder dies. Every `apply` is
    one commit, and a commit or a rebuild that is cut short leaves what was readable before it. `starts_empty` says that
    there was no index, or one of another version, so that every product is yet to be brought in. Raises IndexerBusy.
    """

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)
        self.path.mkdir(parents=True, exist_ok=True)
        self._lock = _lock(self.path / "lock")
        self._writer: IndexWriter | None = None
        self.starts_empty = self._former() is None
        if self.starts_empty:
            self.rebuild(())

    def apply(self, upserts: Iterable[SearchDocument] = (), deletes: Iterable[str] = ()) -> None:
        """Put products in place of their former selves and take the ids in `deletes` out; readers see all of it or nothing."""
        if self._writer is None:
            self._writer = Index.open(str(generations.current(self.path))).writer(_HEAP, 1)
        try:
            for id in deletes:
                self._writer.delete_documents_by_term("id", id)
            for product in upserts:
                self._writer.delete_documents_by_term("id", product.id)
                self._writer.add_document(encode(product))
            self._writer.commit()
        except BaseException:
            self._writer.rollback()
            raise

    def rebuild(self, documents: Iterable[SearchDocument], popular: Mapping[str, Mapping[str, int]] | None = None) -> int:
        """Write a whole new index beside the old one, then switch. Returns how many products it holds.

        Each id must come once. `popular` gives, by language tag, what shoppers search for and how many of them did: the
        suggestions. What is applied while a rebuild's documents are being read must be applied again after it.
        """
        self._release_writer()
        generation = generations.create(self.path)
        count = 0
        writer = Index(schema(), path=str(generation)).writer(_HEAP, 1)
        for product in documents:
            writer.add_document(encode(product))
            count += 1
        writer.commit()
        writer.wait_merging_threads()
        (generation / POPULAR).write_text(json.dumps(popular or {}, ensure_ascii=False), "utf-8")
        former = self._former()
        generations.publish(self.path, generation)
        # A reader may be about to open the one it has just read the name of, so the last generation stays till the next.
        generations.sweep(self.path, generation, *filter(None, [former]))
        return count

    def close(self) -> None:
        """Finish the merges under way and let another process write."""
        self._release_writer()
        self._lock.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _former(self) -> Path | None:
        try:
            return generations.current(self.path)
        except IndexMissing:
            return None

    def _release_writer(self) -> None:
        if self._writer is not None:
            self._writer.wait_merging_threads()
            self._writer = None


def _lock(path: Path) -> IO[str]:
    handle = path.open("a", encoding="ascii")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        handle.close()
        raise IndexerBusy(f"Another process is writing this index (it holds {path}).") from None
    return handle
