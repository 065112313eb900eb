"""The index as it stood at one commit, with what is worth remembering about it."""

from __future__ import annotations

from functools import cached_property
from math import log

from tantivy import Occur, Query, Searcher

from caravan.search.engine.languages import LANGUAGES
from caravan.search.engine.schema import schema
from caravan.search.engine.spelling import Speller
from caravan.search.rules.page import Facet, SearchPage

TEXT_FIELDS = ("title", "more", "text")


class Snapshot:
    """What was found and counted at one commit, each asked of the index once."""

    def __init__(self, searcher: Searcher, vocabulary: Vocabulary) -> None:
        self.searcher = searcher
        self.vocabulary = vocabulary
        self.pages: dict[tuple[object, ...], SearchPage] = {}
        self.facets: dict[tuple[object, ...], tuple[Facet, ...]] = {}
        self._documents: dict[tuple[str, str], int] = {}
        self._pairs: dict[tuple[str, str, str], int] = {}
        self._shared: dict[tuple[str, str, str], int] = {}

    @cached_property
    def size(self) -> int:
        return int(self.searcher.num_docs)

    def documents(self, stem: str, language: str) -> int:
        """How many products carry that stem in the field where most do."""
        key = (stem, language)
        if key not in self._documents:
            self._documents[key] = max(self.searcher.doc_freq(f"{field}_{language}", stem) for field in TEXT_FIELDS)
        return self._documents[key]

    def rarity(self, stem: str, language: str) -> float:
        """Inverse document frequency as BM25 has it, in nats."""
        count = self.documents(stem, language)
        return log(1 + (self.size - count + 0.5) / (count + 0.5))

    def together(self, first: str, second: str, language: str) -> int:
        """How many titles have the two stems side by side."""
        key = (first, second, language)
        if key not in self._pairs:
            phrase = Query.phrase_query(schema(), f"title_{language}", [first, second])
            self._pairs[key] = count(self.searcher, phrase)
        return self._pairs[key]

    def sharing(self, first: str, second: str, language: str) -> int:
        """How many titles have both stems."""
        key = (first, second, language)
        if key not in self._shared:
            terms = [Query.term_query(schema(), f"title_{language}", one, "basic") for one in key[:2]]
            self._shared[key] = count(self.searcher, Query.boolean_query([(Occur.Must, term) for term in terms]))
        return self._shared[key]


def count(searcher: Searcher, query: Query) -> int:
    """How many products match."""
    return int(searcher.search(query, limit=1, count=True).count)  # type: ignore[attr-defined]  # left out of Tantivy's stubs


class Vocabulary:
    """The words of all titles as they are written, for spelling. Made once in a while: a word new since then is known by
    its document count all the same, it is only not yet offered as a correction."""

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher
        self._spellers: dict[str, Speller] = {}

    def count(self, word: str, language: str) -> int:
        """How many titles have the word exactly so."""
        return int(self._searcher.doc_freq(f"word_{language}", word))

    def speller(self, language: str) -> Speller:
        if language not in self._spellers:
            counts = dict(self._searcher.terms_with_prefix(f"word_{language}", ""))
            self._spellers[language] = Speller(counts)
        return self._spellers[language]

    def warm(self) -> None:
        for language in LANGUAGES:
            self.speller(language)
