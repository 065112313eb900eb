"""The reading side: any number of processes and threads, never blocked by the writer."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Self

import tantivy

from caravan.search.engine import generations, search, suggest
from caravan.search.engine.generations import IndexMissing
from caravan.search.engine.indexer import POPULAR
from caravan.search.engine.languages import field_language
from caravan.search.engine.snapshot import Snapshot, Vocabulary
from caravan.search.engine.thesaurus import synonyms
from caravan.search.rules.page import SearchPage, Suggestion
from caravan.search.rules.query import SearchQuery

CHECKED_EVERY = 0.25  # seconds
_VOCABULARY_KEPT = 60.0  # seconds


class Index:
    """An open index. It sees each commit, and each new generation, within CHECKED_EVERY seconds of the next call."""

    def __init__(self, path: Path, synonyms_path: Path | None = None) -> None:
        self._path = path
        self._synonyms_path = synonyms_path
        self._checked = 0.0
        self._seen = (0, 0)
        self._open()

    @classmethod
    def open(cls, path: Path | str, synonyms_path: Path | str | None = None) -> Self:
        """The index under `path`, with the operator's own `synonyms.<language>.txt` files in `synonyms_path`.

        Raises IndexMissing when there is none to read yet.
        """
        return cls(Path(path), Path(synonyms_path) if synonyms_path else None)

    def search(self, query: SearchQuery, facets: bool = True) -> SearchPage:
        """One page. Raises Invalid for a cursor that is damaged or belongs to another search."""
        self._refresh()
        known = synonyms(field_language(query.language), self._synonyms_path)
        return search.search(self._snapshot, query, known, facets)

    def suggest(self, prefix: str, language: str = "en", limit: int = 8) -> tuple[Suggestion, ...]:
        """What someone typing `prefix` may want: popular searches, completed words, categories and products, in that order."""
        self._refresh()
        return self._suggester.suggest(self._snapshot.searcher, prefix, field_language(language), limit)

    def warm(self) -> None:
        """Make now what the first misspelt word would have to wait for."""
        self._snapshot.vocabulary.warm()

    def _refresh(self) -> None:
        now = time.monotonic()
        if now - self._checked < CHECKED_EVERY:
            return
        self._checked = now
        try:
            if generations.current(self._path) != self._generation:
                self._open()
            elif (stamp := _stamp(self._generation)) != self._seen:
                self._index.reload()
                self._seen = stamp
                self._take(now)
        except (IndexMissing, FileNotFoundError):
            # A newer program has begun an index of its own version, or two rebuilds went by this instant: what is open stays
            # readable, and the next check looks again.
            return

    def _open(self) -> None:
        while True:
            generation = generations.current(self._path)
            try:
                stamp = _stamp(generation)
                index = tantivy.Index.open(str(generation))
                index.config_reader("manual")
                popular = json.loads((generation / POPULAR).read_text("utf-8"))
                break
            except (OSError, ValueError):
                # Two rebuilds went by between reading the name and opening: there is a newer one. Otherwise it is truly broken.
                if generations.current(self._path) == generation:
                    raise
        self._generation, self._index, self._seen = generation, index, stamp
        self._popular: Mapping[str, Mapping[str, int]] = popular
        self._vocabulary_due = 0.0
        self._take(time.monotonic())

    def _take(self, now: float) -> None:
        searcher = self._index.searcher()
        if now >= self._vocabulary_due:
            self._vocabulary = Vocabulary(searcher)
            self._suggester = suggest.Suggester(searcher, self._popular)
            self._vocabulary_due = now + _VOCABULARY_KEPT
        self._snapshot = Snapshot(searcher, self._vocabulary)


def _stamp(generation: Path) -> tuple[int, int]:
    """Changes with each commit: Tantivy puts a new meta.json in place of the old."""
    status = (generation / "meta.json").stat()
    return status.st_mtime_ns, status.st_ino
