"""Suggestions as you type."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping

from tantivy import Occur, Query, Searcher

from caravan.search.engine.languages import field_language
from caravan.search.engine.schema import schema
from caravan.search.rules.page import Suggestion
from caravan.search.rules.words import words

_MOST_CATEGORIES = 5_000
_LAST = "\U0010ffff"


class Suggester:
    """Popular searches and categories are kept sorted by each word they could be begun at; the rest is asked of the index."""

    def __init__(self, searcher: Searcher, popular: Mapping[str, Mapping[str, int]]) -> None:
        self._searcher = searcher
        self._popular = popular
        self._entries: dict[str, list[tuple[str, int, Suggestion]]] = {}

    def suggest(self, searcher: Searcher, prefix: str, language: str, limit: int) -> tuple[Suggestion, ...]:
        typed = words(prefix)
        if not typed:
            return ()
        found: dict[str, Suggestion] = {}
        for one in self._all(searcher, typed, prefix, language, limit):
            found.setdefault(one.text.casefold(), one)
            if len(found) >= limit:
                break
        return tuple(found.values())

    def _all(self, searcher: Searcher, typed: list[str], prefix: str, language: str, limit: int) -> Iterator[Suggestion]:
        known = self._begun(" ".join(typed), language)
        queries = [one for one in known if one.kind == "query"]
        categories = [one for one in known if one.kind == "category"]
        # Half the places at most for popular searches and a quarter for categories, so that every kind can be seen.
        yield from queries[: max(1, limit // 2)]
        yield from categories[: max(1, limit // 4)]
        if not prefix[-1:].isspace():
            yield from _completed(searcher, typed, language, max(1, limit // 4))
        yield from _products(searcher, typed, language, limit)
        yield from queries
        yield from categories

    def _begun(self, prefix: str, language: str) -> list[Suggestion]:
        """Entries with a word at which `prefix` begins, the most searched first."""
        if language not in self._entries:
            self._entries[language] = sorted(self._load(language), key=lambda entry: entry[0])
        entries = self._entries[language]
        first = bisect_left(entries, prefix, key=lambda entry: entry[0])
        last = bisect_left(entries, prefix + _LAST, key=lambda entry: entry[0])
        ranked = sorted(entries[first:last], key=lambda entry: -entry[1])
        return [suggestion for _, _, suggestion in ranked]

    def _load(self, language: str) -> Iterator[tuple[str, int, Suggestion]]:
        for tag, searched in self._popular.items():
            if field_language(tag) == language:
                for text, searchers in searched.items():
                    yield from _entries(text, searchers, Suggestion("query", text))
        field = f"category_name_{language}"
        counted = self._searcher.aggregate(Query.all_query(), {"names": {"terms": {"field": field, "size": _MOST_CATEGORIES}}})
        for bucket in counted["names"]["buckets"]:
            name, _, slug = bucket["key"].partition("\t")
            yield from _entries(name, bucket["doc_count"], Suggestion("category", name, slug))


def _entries(text: str, weight: int, suggestion: Suggestion) -> Iterator[tuple[str, int, Suggestion]]:
    spoken = words(text)
    for place in range(len(spoken)):
        yield " ".join(spoken[place:]), weight if place == 0 else weight // 2, suggestion


def _completed(searcher: Searcher, typed: list[str], language: str, limit: int) -> Iterator[Suggestion]:
    """The last word finished in the ways most titles that carry the words before it do."""
    *before, last = typed
    field = f"word_{language}"
    earlier = [(Occur.Must, Query.term_query(schema(), field, word, "basic")) for word in before]
    filtered = Query.boolean_query(earlier) if earlier else None
    for word, _ in searcher.terms_with_prefix(field, last, filtered, limit):
        yield Suggestion("query", " ".join((*before, word)))


def _products(searcher: Searcher, typed: list[str], language: str, limit: int) -> Iterator[Suggestion]:
    """Titles with all the words, the last one perhaps unfinished; those whose products stand best first."""
    field = f"word_{language}"
    *before, last = typed
    endings = [word for word, _ in searcher.terms_with_prefix(field, last, None, 20)]
    if not endings:
        return
    clauses = [(Occur.Must, Query.term_query(schema(), field, word, "basic")) for word in before]
    clauses.append((Occur.Must, Query.term_set_query(schema(), field, endings)))
    for _, address in searcher.search(Query.boolean_query(clauses), limit=limit, count=False, order_by_field="by_sales").hits:
        document = searcher.doc(address)
        yield Suggestion("product", str(document.get_first(f"shown_{language}")), str(document.get_first("id")))
