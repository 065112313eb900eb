"""A reading of the words to one Tantivy query, scored inside the index.

score = sum over words of [ BM25(best way) + coverage ] + naming word + neighbours, where coverage is a constant a word
(COVERAGE x mean rarity + RARITY x its own), so that a product with one more of the words asked for always stands before one
with rarer words but fewer of them; the weights were chosen on half of a public judged set (see docs/search.md).
"""

from __future__ import annotations

from itertools import pairwise

from tantivy import Occur, Query

from caravan.search.engine.interpret import Slot, Way
from caravan.search.engine.schema import schema

COVERAGE = 30.0
RARITY = 0.5
NEIGHBOURS = 0.8
NAMING = 0.4
FIELDS = (("title", 1.0, 1.0), ("more", 0.6, 0.8), ("text", 0.25, 0.5))  # field, factor on BM25, factor on coverage


def matching(slots: tuple[Slot, ...], required: int) -> Query:
    """The products that carry at least `required` of the words, scored. Without words: all, each scored 1."""
    if not slots:
        return Query.all_query()
    mean = sum(slot.rarity for slot in slots) / len(slots) or 1.0
    covered = [_coverage(slot, COVERAGE * mean + RARITY * slot.rarity) for slot in slots]
    clauses = [(Occur.Must, _at_least(required, covered))]
    clauses += [(Occur.Should, _text_score(slot)) for slot in slots]
    clauses += [(Occur.Should, _naming(slot, NAMING * mean)) for slot in slots if slot.naming]
    clauses += [(Occur.Should, phrase) for phrase in _neighbours(slots, NEIGHBOURS * mean)]
    return Query.boolean_query(clauses)


def scale(slots: tuple[Slot, ...]) -> float:
    """What a product that carries every word once scores for its text, coverage left aside: the unit standing is added in."""
    return sum(slot.rarity for slot in slots) or 1.0


def matched(slots: tuple[Slot, ...], required: int) -> Query:
    """The same products unscored, for counting."""
    if not slots:
        return Query.all_query()
    ways = ([_all_of(field, way) for way in slot.ways for field, _, _ in _fields(way)] for slot in slots)
    return _at_least(required, [Query.boolean_query([(Occur.Should, one) for one in each]) for each in ways])


def _at_least(required: int, queries: list[Query]) -> Query:
    """An intersection where all are required: cheaper than counting how many hold."""
    if required == len(queries):
        return Query.boolean_query([(Occur.Must, one) for one in queries])
    return Query.boolean_query([(Occur.Should, one) for one in queries], minimum_number_should_match=required)


def _coverage(slot: Slot, worth: float) -> Query:
    return _best(
        [
            Query.const_score_query(_all_of(field, way), worth * factor * way.weight)
            for way in slot.ways
            for field, _, factor in _fields(way)
        ]
    )


def _text_score(slot: Slot) -> Query:
    return _best(
        [Query.boost_query(_all_of(field, way), factor * way.weight) for way in slot.ways for field, factor, _ in _fields(way)]
    )


def _naming(slot: Slot, worth: float) -> Query:
    way = slot.ways[0]
    return Query.const_score_query(_term("head", way.language, way.stems[-1]), worth * way.weight)


def _neighbours(slots: tuple[Slot, ...], worth: float) -> list[Query]:
    """Words side by side in the query are worth more side by side in the title; shared out so that long queries do not win."""
    first_ways = [slot.ways[0] for slot in slots]
    spoken = [(way.language, one) for way in first_ways for one in way.stems]
    pairs = [(a, b) for a, b in pairwise(spoken) if a != b and a[0] == b[0]]
    share = worth * len(slots) / max(1, len(pairs))
    return [
        Query.const_score_query(Query.phrase_query(schema(), f"title_{language}", [first, second]), share)
        for (language, first), (_, second) in pairs
    ]


def _fields(way: Way) -> tuple[tuple[str, float, float], ...]:
    return FIELDS[:1] if way.foreign else FIELDS


def _all_of(field: str, way: Way) -> Query:
    terms = [_term(field, way.language, one) for one in way.stems]
    return terms[0] if len(terms) == 1 else Query.boolean_query([(Occur.Must, term) for term in terms])


def _term(field: str, language: str, one: str) -> Query:
    return Query.term_query(schema(), f"{field}_{language}", one, "freq" if field != "head" else "basic")


def _best(queries: list[Query]) -> Query:
    return queries[0] if len(queries) == 1 else Query.disjunction_max_query(queries)
