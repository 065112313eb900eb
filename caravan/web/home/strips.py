"""The rows of the home page: what the market has published of itself, each with the window it looks at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from caravan.insight.queries import RankingPage, ranking
from caravan.insight.queries.rankings import Kind
from caravan.insight.rules import Period
from caravan.kernel.markets import Market
from caravan.promotions.queries.deals import live_deals
from caravan.search.queries import cards, find
from caravan.search.rules.query import SearchQuery, Sort
from caravan.web.cards import CardView, card_views

LENGTH = 12
# The most telling list that is not empty: here and now, else here and longer, else everywhere.
_HOT = ((True, Period.DAY), (True, Period.WEEK), (True, Period.MONTH), (False, Period.WEEK), (False, Period.MONTH))
_ENOUGH = 4


@dataclass(frozen=True, slots=True)
class Strip:
    """Cards of one list. `here`: of the visitor's market, else of all together; no period where the list has no window."""

    cards: list[CardView]
    period: Period | None = None
    here: bool = True
    refreshed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Strips:
    hot: Strip
    deals: Strip
    rising: Strip
    newest: Strip


def strips(market: Market, at: datetime) -> Strips:
    """Four lists of goods, their cards read in one statement."""
    hot, rising = first_of("products", market.code), first_of("rising_products", market.code)
    new, ending = _newest(market), live_deals(market.code, at, limit=LENGTH).product_ids
    ranked = _ids(hot)
    besides = [id for id in _ids(rising) if id not in ranked]
    known = {card.id: card for card in cards([*ranked, *besides, *new, *ending], market=market, at=at)}

    def views(ids: Iterable[UUID], *, numbered: bool = False) -> list[CardView]:
        return card_views([known[id] for id in ids if id in known], market=market, at=at, ranked=numbered)

    return Strips(
        hot=_strip(hot, views(ranked, numbered=True)),
        rising=_strip(rising, views(besides)),
        deals=Strip(views(id for id in ending if id in known and known[id].on_offer)),
        newest=Strip(views(new)),
    )


def first_of(kind: Kind, market: str, *, limit: int = LENGTH) -> RankingPage:
    """The nearest list of that kind with enough in it, else the fullest; a published list is one row, so looking is cheap."""
    found: list[RankingPage] = []
    for here, period in _HOT:
        page = ranking(kind, market=market if here else "", period=period, limit=limit)
        if len(page.places) >= _ENOUGH:
            return page
        found.append(page)
    return max(found, key=lambda page: len(page.places))


def _ids(page: RankingPage) -> list[UUID]:
    return [place.subject_id for place in page.places]


def _strip(page: RankingPage, views: list[CardView]) -> Strip:
    return Strip(views, page.cell.period, bool(page.cell.market), page.refreshed_at)


def _newest(market: Market) -> list[UUID]:
    """What is delivered here, else what there is."""
    query = SearchQuery(language=market.language, ships_to=market.code, sort=Sort.NEWEST, limit=LENGTH)
    page = find(query, facets=False)
    if not page.hits and page.ready:
        page = find(replace(query, ships_to=None), facets=False)
    return [UUID(hit.id) for hit in page.hits]
