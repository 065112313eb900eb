"""From what the address asks for to what the index is asked."""

from __future__ import annotations

from decimal import Decimal

from caravan.kernel.errors import Invalid
from caravan.kernel.markets import Market
from caravan.kernel.money import Money
from caravan.kernel.rates import RateTable
from caravan.search.rules.query import SearchQuery, Sort
from caravan.web.browse.asked import Asked

PAGE = 48


def usual_sort(asked: Asked) -> Sort:
    """Words are answered by relevance; without words the index knows none, so what most people bought comes first."""
    return Sort.RELEVANCE if asked.text else Sort.SALES


def sort_of(asked: Asked) -> Sort:
    if asked.sort is None or (asked.sort == Sort.RELEVANCE and not asked.text):
        return usual_sort(asked)
    return asked.sort


def search_query(asked: Asked, *, market: Market, rates: RateTable, limit: int = PAGE) -> SearchQuery:
    low, high = _price(asked, market.currency, rates)
    return SearchQuery(
        text=asked.text,
        language=market.language,
        market=market.code,
        category=asked.category or None,
        store=asked.store or None,
        brand=asked.brand or None,
        price_min=low,
        price_max=high,
        rating_min=asked.rating,
        attributes=asked.attributes,
        on_offer=asked.offers,
        ships_to=None if asked.anywhere else market.code,
        sort=sort_of(asked),
        limit=limit,
        cursor=asked.cursor or None,
    )


def _price(asked: Asked, currency: str, rates: RateTable) -> tuple[int | None, int | None]:
    low, high = (_euro_cents(amount, currency, rates) for amount in (asked.low, asked.high))
    # What costs exactly the limit belongs in, though it was rounded to euro cents on another way.
    lows = [max(0, low - 1)] if low is not None else []
    highs = [high + 1] if high is not None else []
    if asked.band:
        lows.append(asked.band[0])
        highs += [asked.band[1]] if asked.band[1] is not None else []
    return max(lows, default=None), min(highs, default=None)


def _euro_cents(amount: Decimal | None, currency: str, rates: RateTable) -> int | None:
    """None, which does not limit, also where the currency has no rate."""
    if amount is None:
        return None
    try:
        return rates.convert(Money.of(amount, currency), "EUR").minor
    except Invalid:
        return None
