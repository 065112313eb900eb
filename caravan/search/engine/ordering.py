"""Which products come in which order, and where the next page begins."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from tantivy import DocAddress, Order, Query, Searcher

from caravan.search.engine.filters import between, narrowed
from caravan.search.rules.query import Sort

# How many of the best by words are reordered by standing together, and the most that are ever reached by relevance.
WINDOW = 192
DEEPEST = 50 * WINDOW
_HIGHEST = 2**64 - 1
_SORTED_BY = {
    Sort.SALES: ("by_sales", Order.Desc),
    Sort.PRICE_ASC: ("by_price", Order.Asc),
    Sort.PRICE_DESC: ("by_price", Order.Desc),
    Sort.RATING: ("by_rating", Order.Desc),
    Sort.NEWEST: ("by_newest", Order.Desc),
}


@dataclass(frozen=True, slots=True)
class Ranked:
    """`position` is where the next page begins, None at the end."""

    addresses: list[DocAddress]
    scores: list[float]
    position: int | None


def by_relevance(searcher: Searcher, matches: Query, unit: float, total: int, start: int, limit: int) -> Ranked:
    """Text score + `unit` x standing, within windows of 192 by text score. `start` is a rank, `total` how many match.

    Added, not multiplied: so a record lifts a product among those with as many of the words, never over one with more.
    """
    addresses: list[DocAddress] = []
    scores: list[float] = []
    end = min(start + limit, total, DEEPEST)
    for window in range(start // WINDOW, -(-end // WINDOW)):
        found, blended = _window(searcher, matches, unit, window)
        first = window * WINDOW
        part = slice(max(0, start - first), end - first)
        addresses += found[part]
        scores += blended[part]
    return Ranked(addresses, scores, end if end < min(total, DEEPEST) else None)


def by_value(searcher: Searcher, matches: Query, sort: Sort, after: int | None, limit: int) -> Ranked:
    """Sorted by a key that no two products share; `after` is the key last shown."""
    field, order = _SORTED_BY[sort]
    if after is not None:
        rest = between(field, after + 1, _HIGHEST) if order == Order.Asc else between(field, 0, max(0, after - 1))
        matches = narrowed(matches, {"place": rest})
    hits = searcher.search(matches, limit=limit + 1, count=False, order_by_field=field, order=order).hits
    shown = hits[:limit]
    position = int(shown[-1][0]) if len(hits) > limit else None
    return Ranked([address for _, address in shown], [float(int(key) >> 32) for key, _ in shown], position)


def _window(searcher: Searcher, matches: Query, unit: float, window: int) -> tuple[list[DocAddress], list[float]]:
    hits = searcher.search(matches, limit=WINDOW, offset=window * WINDOW, count=False).hits
    addresses = [address for _, address in hits]
    text = np.fromiter((score for score, _ in hits), dtype=np.float64, count=len(hits))
    lift = np.array(searcher.fast_field_values("lift", addresses), dtype=np.float64)
    blended = text + unit * lift
    order = np.argsort(-blended, kind="stable")
    return [addresses[i] for i in order], [float(blended[i]) for i in order]
