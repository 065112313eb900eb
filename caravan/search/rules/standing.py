"""How much a product's record lifts it among others that match the words as well."""

from __future__ import annotations

from math import log1p

SALES_WEIGHT, RATING_WEIGHT, STORE_WEIGHT = 0.15, 0.10, 0.10
_BUSY = 1000
_PRIOR_MEAN, _PRIOR_WEIGHT = 4.3, 20


def rating(mean: float, count: int) -> float:
    """Bayesian mean of `count` ratings, 1 to 5 (prior weight 20): one five-star vote does not beat a hundred good ones."""
    return (_PRIOR_MEAN * _PRIOR_WEIGHT + mean * count) / (_PRIOR_WEIGHT + count)


def lift(sold_30d: int, mean: float, count: int, store: float) -> float:
    """0 to 0.35 of a good text score: log of buyers in 30 days (full at 1,000), rating above 3, store credit 0 to 1."""
    sales = min(1.0, log1p(max(0, sold_30d)) / log1p(_BUSY))
    liked = max(0.0, (rating(mean, count) - 3) / 2) if count else 0.0
    return SALES_WEIGHT * sales + RATING_WEIGHT * liked + STORE_WEIGHT * min(1.0, max(0.0, store))


def of_store(symbol: int, positive_rate_low: float | None) -> int:
    """A store's credit in twentieths, 0 to 20: half its symbol (0 none, 1 the first medal, 15 the fifth crown), half what its
    positive rate is at least. So coarse that a single rating does not reindex all goods of a store."""
    return round(20 * (symbol / 15 + (positive_rate_low or 0.0)) / 2)
