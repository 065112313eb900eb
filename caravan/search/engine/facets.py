"""Counts beside the list: how many products each further choice would leave."""

from __future__ import annotations

import re
from typing import Any

from tantivy import Occur, Query, Searcher

from caravan.search.engine.encode import EVERYWHERE
from caravan.search.engine.filters import filters, narrowed
from caravan.search.engine.schema import SAMPLES, schema
from caravan.search.rules.page import Facet, FacetValue
from caravan.search.rules.prices import BANDS, label
from caravan.search.rules.query import SearchQuery

SAMPLED_ABOVE = 100_000
_MOST_VALUES, _MOST_ATTRIBUTES = 50, 300
_STARS = (4, 3, 2, 1)
_WITHIN = {"category", "ships_to", "offer"}  # the children of the chosen category; what is delivered, or on offer, where asked


def facets(searcher: Searcher, query: SearchQuery, matches: Query, total: int) -> tuple[Facet, ...]:
    """Every facet of the products in `matches`, each under all filters but its own.

    Facets nothing is chosen in are counted in one pass, each of the others in one more, but for those that count nothing outside
    their own filter. Above 100,000 hits a fixed sixteenth of the products is counted instead and multiplied; such facets are
    marked approximate.
    """
    narrow = filters(query)
    sampled = total > SAMPLED_ABOVE
    if sampled:
        matches = Query.boolean_query([(Occur.Must, matches), (Occur.Must, Query.term_query(schema(), "sample", 0, "basic"))])
    counts = searcher.aggregate(narrowed(matches, narrow), _requests(query))
    for code in narrow.keys() - _WITHIN:
        name = code.split(":")[0]
        own = searcher.aggregate(narrowed(matches, narrow, but=code), {name: _requests(query)[name]})
        counts[name if ":" not in code else code] = own[name]
    read = [
        _category(counts["category"], query),
        _price(counts["price"], query),
        _rating(counts["rating"], query),
        _offer(counts["offer"], query),
        _plain("store", counts["store"], query.store),
        _plain("brand", counts["brand"], query.brand),
        *_attributes(counts, query),
        *_ships_to(counts, query),
    ]
    return tuple(_scaled(facet) if sampled else facet for facet in read if facet.values)


def _requests(query: SearchQuery) -> dict[str, Any]:
    requests: dict[str, Any] = {
        "category": _terms("category_edge", include=f"{re.escape(query.category or '')}/.*"),
        "price": {"range": {"field": "price", "ranges": [_band(low, high) for low, high in BANDS]}},
        "rating": {
            "range": {
                "field": "rating",
                "ranges": [{"from": star * 100, "to": (star + 1) * 100 + (star == 4)} for star in _STARS],
            }
        },
        "offer": _terms("offer", include="|".join(re.escape(one) for one in ((query.market or "").upper(), EVERYWHERE) if one)),
        "store": _terms("store"),
        "brand": _terms("brand"),
        "attribute": _terms("attribute", _MOST_ATTRIBUTES),
    }
    market = query.ships_to or query.market
    if market:
        requests["ships_to"] = _terms("ships_to", include=f"{re.escape(market.upper())}|{re.escape(EVERYWHERE)}")
    return requests


def _terms(field: str, size: int = _MOST_VALUES, include: str | None = None) -> dict[str, Any]:
    request: dict[str, Any] = {"field": field, "size": size}
    if include is not None:
        request["include"] = include
    return {"terms": request}


def _band(low: int, high: int | None) -> dict[str, int]:
    return {"from": low} if high is None else {"from": low, "to": high + 1}


def _category(counted: Any, query: SearchQuery) -> Facet:
    """The children of the chosen category, or the roots."""
    values = (FacetValue(bucket["key"].split("/", 1)[1], bucket["doc_count"]) for bucket in counted["buckets"])
    return Facet("category", tuple(values))


def _price(counted: Any, query: SearchQuery) -> Facet:
    found = {int(bucket.get("from", 0)): bucket["doc_count"] for bucket in counted["buckets"]}
    chosen = (query.price_min, query.price_max)
    values = (FacetValue(label(low, high), found.get(low, 0), chosen == (low, high)) for low, high in BANDS)
    return Facet("price", tuple(value for value in values if value.count or value.selected))


def _rating(counted: Any, query: SearchQuery) -> Facet:
    """So many and better: each star counts those above it."""
    found = {int(bucket.get("from", 0)): bucket["doc_count"] for bucket in counted["buckets"]}
    values: list[FacetValue] = []
    total = 0
    for star in _STARS:
        total += found.get(star * 100, 0)
        values.append(FacetValue(str(star), total, query.rating_min == star))
    return Facet("rating", tuple(value for value in values if value.count or value.selected))


def _offer(counted: Any, query: SearchQuery) -> Facet:
    """How many are on offer in the market."""
    total = sum(bucket["doc_count"] for bucket in counted["buckets"])
    return Facet("offer", (FacetValue("1", total, query.on_offer),) if total or query.on_offer else ())


def _plain(code: str, counted: Any, selected: str | None) -> Facet:
    values = (FacetValue(bucket["key"], bucket["doc_count"], bucket["key"] == selected) for bucket in counted["buckets"])
    return Facet(code, tuple(values))


def _attributes(counts: dict[str, Any], query: SearchQuery) -> list[Facet]:
    chosen = {f"{code}={value}" for code, value in query.attributes}
    values: dict[str, list[FacetValue]] = {}
    for source, counted in counts.items():
        if source.split(":")[0] != "attribute":
            continue
        own = source.partition(":")[2]
        for bucket in counted["buckets"]:
            code, _, value = bucket["key"].partition("=")
            # A code that is chosen from is read from the pass without its own filter, every other code from the common one.
            if own == code or (not own and f"attribute:{code}" not in counts):
                values.setdefault(code, []).append(FacetValue(value, bucket["doc_count"], bucket["key"] in chosen))
    return [Facet(f"attribute:{code}", tuple(found)) for code, found in sorted(values.items())]


def _ships_to(counts: dict[str, Any], query: SearchQuery) -> list[Facet]:
    market = query.ships_to or query.market
    if not market:
        return []
    total = sum(bucket["doc_count"] for bucket in counts["ships_to"]["buckets"])
    return [Facet("ships_to", (FacetValue(market.upper(), total, query.ships_to is not None),))]


def _scaled(facet: Facet) -> Facet:
    values = tuple(FacetValue(one.value, one.count * SAMPLES, one.selected) for one in facet.values)
    return Facet(facet.code, values, approximate=True)
