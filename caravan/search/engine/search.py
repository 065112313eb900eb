"""One page of results: read the words, match, narrow, order, count."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

from tantivy import DocAddress, Query, Searcher

from caravan.search.engine.compile import matched, matching, scale
from caravan.search.engine.facets import facets as count_facets
from caravan.search.engine.filters import filters, narrowed
from caravan.search.engine.interpret import Interpretation, Interpreter, Slot
from caravan.search.engine.languages import field_language
from caravan.search.engine.ordering import Ranked, by_relevance, by_value
from caravan.search.engine.snapshot import Snapshot, count
from caravan.search.rules import cursor
from caravan.search.rules.page import Facet, Help, Hit, SearchPage
from caravan.search.rules.query import SearchQuery, Sort
from caravan.search.rules.synonyms import Phrase

# Fewer hits than this and the search is widened to products that lack a word.
ENOUGH = 24
_CATEGORIES_OFFERED = 6
_PAGES_KEPT = 1_000


def search(snapshot: Snapshot, query: SearchQuery, synonyms: Mapping[Phrase, tuple[Phrase, ...]], facets: bool) -> SearchPage:
    """The page `query` asks for. What many ask for is looked for once a commit; neither prices nor stock are in it."""
    key = (query, facets)
    page = snapshot.pages.get(key)
    if page is None:
        page = _search(snapshot, query, synonyms, facets)
        if len(snapshot.pages) >= _PAGES_KEPT:
            snapshot.pages.clear()
        snapshot.pages[key] = page
    return page


def _search(snapshot: Snapshot, query: SearchQuery, synonyms: Mapping[Phrase, tuple[Phrase, ...]], facets: bool) -> SearchPage:
    began = time.perf_counter()
    start = cursor.decode(query.cursor, query.fingerprint()) if query.cursor else None
    reading = Interpreter(snapshot, field_language(query.language), synonyms).read(query.text)
    narrow = filters(query)
    nothing = bool(reading.slots) and not reading.known
    required, total = (0, 0) if nothing else _widen(snapshot.searcher, reading.known, narrow)
    matches = Query.empty_query() if nothing else matching(reading.known, required)
    ranked = _rank(snapshot.searcher, narrowed(matches, narrow), query, scale(reading.known), total, start)
    position = ranked.position
    return SearchPage(
        hits=tuple(_hit(snapshot.searcher, at, score) for at, score in zip(ranked.addresses, ranked.scores, strict=True)),
        next=None if position is None else cursor.encode(query.fingerprint(), position),
        total=total,
        facets=_facets(snapshot, query, reading.known, required, total) if facets and not nothing else (),
        help=_help(snapshot.searcher, reading, required, total),
        took=(time.perf_counter() - began) * 1000,
    )


def _widen(searcher: Searcher, slots: tuple[Slot, ...], narrow: dict[str, Query]) -> tuple[int, int]:
    """The greatest number of words such that enough products carry so many, and how many do."""
    required = len(slots)
    while True:
        total = count(searcher, narrowed(matched(slots, required), narrow))
        if total >= ENOUGH or required <= 1:
            return required, total
        required -= max(1, required // 3)


def _rank(searcher: Searcher, matches: Query, query: SearchQuery, unit: float, total: int, start: int | None) -> Ranked:
    if query.sort == Sort.RELEVANCE:
        return by_relevance(searcher, matches, unit, total, start or 0, query.limit)
    return by_value(searcher, matches, query.sort, start, query.limit)


def _hit(searcher: Searcher, address: DocAddress, score: float) -> Hit:
    told: Callable[[str], Any] = searcher.doc(address).get_first
    return Hit(told("id"), score, told("mean"), told("ratings"), told("buyers"))


def _facets(snapshot: Snapshot, query: SearchQuery, slots: tuple[Slot, ...], required: int, total: int) -> tuple[Facet, ...]:
    """Pages without words are asked for by everyone, so theirs are counted once a commit."""
    if slots:
        return count_facets(snapshot.searcher, query, matched(slots, required), total)
    key = (query.fingerprint(), query.market)
    if key not in snapshot.facets:
        snapshot.facets[key] = count_facets(snapshot.searcher, query, matched((), 0), total)
    return snapshot.facets[key]


def _help(searcher: Searcher, reading: Interpretation, required: int, total: int) -> Help:
    """Where little was found, the categories of what carries any of the words; if none does, the largest."""
    categories: tuple[str, ...] = ()
    if reading.slots and total < ENOUGH:
        nearest = matched(reading.known, 1) if reading.known else Query.all_query()
        counted = searcher.aggregate(nearest, {"near": {"terms": {"field": "category", "size": _CATEGORIES_OFFERED}}})
        categories = tuple(bucket["key"] for bucket in counted["near"]["buckets"])
    return Help(reading.corrected, len(reading.slots), required, reading.unknown, categories)
