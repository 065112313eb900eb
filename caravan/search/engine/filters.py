"""A shopper's filters as unscored Tantivy queries, by the facet each belongs to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from tantivy import FieldType, Occur, Query

from caravan.search.engine.encode import EVERYWHERE
from caravan.search.engine.schema import schema
from caravan.search.rules.query import SearchQuery

_PRICE_CEILING = 2**63


def filters(query: SearchQuery) -> dict[str, Query]:
    """What `query` narrows by, keyed by facet code: "category", "price", ..., "attribute:<code>"."""
    return dict(_filters(query))


def narrowed(matches: Query, narrow: dict[str, Query], but: str | None = None) -> Query:
    """`matches` under all filters except that of the facet `but`. Filters add nothing to scores."""
    clauses = [(Occur.Must, Query.const_score_query(one, 0.0)) for code, one in narrow.items() if code != but]
    return Query.boolean_query([(Occur.Must, matches), *clauses]) if clauses else matches


def delivers_to(market: str) -> Query:
    return Query.term_set_query(schema(), "ships_to", [market.upper(), EVERYWHERE])


def on_offer_in(market: str | None) -> Query:
    return Query.term_set_query(schema(), "offer", [*([market.upper()] if market else []), EVERYWHERE])


def between(field: str, low: int, high: int) -> Query:
    """Both ends included."""
    return Query.range_query(schema(), field, FieldType.Unsigned, low, high)


def _filters(query: SearchQuery) -> Iterator[tuple[str, Query]]:
    for code in ("category", "store", "brand"):
        value = getattr(query, code)
        if value:
            yield code, _term(code, value)
    if query.price_min is not None or query.price_max is not None:
        yield "price", between("price", query.price_min or 0, _PRICE_CEILING if query.price_max is None else query.price_max)
    if query.rating_min:
        yield "rating", between("rating", round(query.rating_min * 100), 500)
    if query.on_offer:
        yield "offer", on_offer_in(query.market)
    if query.ships_to:
        yield "ships_to", delivers_to(query.ships_to)
    chosen: defaultdict[str, list[str]] = defaultdict(list)
    for code, value in query.attributes:
        chosen[code].append(f"{code}={value}")
    for code, values in chosen.items():
        yield f"attribute:{code}", Query.term_set_query(schema(), "attribute", values)


def _term(field: str, value: str) -> Query:
    return Query.term_query(schema(), field, value, "basic")
