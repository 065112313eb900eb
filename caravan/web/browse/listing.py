"""A list of goods: what was asked, what was found, and everything the page says about it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from caravan.catalog.queries import tree
from caravan.kernel.errors import BadRequest, Invalid
from caravan.kernel.markets import Market
from caravan.search.queries import find, found_cards, found_cards_and_stores
from caravan.search.rules.page import Help, SearchPage
from caravan.search.rules.query import Sort
from caravan.trade.queries.rates import current_rates
from caravan.web.addresses import category_url
from caravan.web.browse.asked import Asked
from caravan.web.browse.facets import FacetView, chips, facet_views, stores_named, words_for
from caravan.web.browse.narrow import search_query, sort_of
from caravan.web.cards import CardView, card_views
from caravan.web.wording import said as _

BEST_SELLERS = 12


@dataclass(frozen=True, slots=True)
class Listing:
    """`elsewhere`: nothing is delivered to the visitor, so these are the others. `hidden` are the form fields that keep what the
    other forms of the page have chosen. `best_sellers` are there when nothing was found."""

    asked: Asked
    ready: bool
    total: int
    help: Help
    elsewhere: bool
    cards: list[CardView]
    facets: list[FacetView]
    chips: list[tuple[str, str]]
    sorts: list[tuple[str, str, bool]]
    clear_url: str
    first_url: str
    next_url: str
    category_counts: dict[str, int]
    help_categories: list[tuple[str, str, bool]]
    best_sellers: list[CardView]


def listing(asked: Asked, *, path: str, market: Market, at: datetime, category: str = "") -> Listing:
    """The list at `path`, about `category` if one is given, else of whichever is chosen. Raises BadRequest: broken cursor."""
    wanted = replace(asked, category=category) if category else asked
    elsewhere, page = _find(wanted, market, at)
    found, stores = found_cards_and_stores(page.hits, stores_named(page.facets, asked), market=market, at=at)
    paths = [p for p in (category, asked.category, *(card.category_path for card in found)) if p]
    words = words_for(stores, paths, market, current_rates(at))
    names = tree(market.language)
    further = replace(asked, anywhere=True) if elsewhere else asked
    return Listing(
        asked=asked,
        ready=page.ready,
        total=page.total,
        help=page.help,
        elsewhere=elsewhere,
        cards=card_views(found, market=market, at=at),
        facets=facet_views(page.facets, asked, words, with_category=not category),
        chips=chips(asked, words, path, with_category=not category),
        sorts=_sorts(asked),
        clear_url=asked.without_filters().address(path),
        first_url=asked.address(path) if asked.cursor else "",
        next_url=further.address(path, page.next) if page.next else "",
        category_counts={one.value: one.count for facet in page.facets if facet.code == "category" for one in facet.values},
        help_categories=[(names[one].name, category_url(one), False) for one in page.help.categories if one in names],
        best_sellers=[] if page.total else _best_sellers(market, at),
    )


def _find(asked: Asked, market: Market, at: datetime) -> tuple[bool, SearchPage]:
    """What is delivered to the visitor; where nothing is, what would be found without that."""
    rates = current_rates(at)
    try:
        page = find(search_query(asked, market=market, rates=rates))
        if page.total or asked.anywhere or asked.cursor or not page.ready:
            return False, page
        wider = find(search_query(replace(asked, anywhere=True), market=market, rates=rates))
    except Invalid as refused:
        raise BadRequest(refused.code, _("This link does not belong to this list. Start again from its first page.")) from refused
    return (True, wider) if wider.total else (False, page)


def _best_sellers(market: Market, at: datetime) -> list[CardView]:
    asked = Asked(sort=Sort.SALES)
    page = find(search_query(asked, market=market, rates=current_rates(at), limit=BEST_SELLERS), facets=False)
    return card_views(found_cards(page.hits, market=market, at=at), market=market, at=at)


def _sorts(asked: Asked) -> list[tuple[str, str, bool]]:
    """(value, text, chosen) of each order."""
    texts = {
        Sort.RELEVANCE: _("Best match"),
        Sort.SALES: _("Most bought"),
        Sort.PRICE_ASC: _("Lowest price"),
        Sort.PRICE_DESC: _("Highest price"),
        Sort.RATING: _("Best rated"),
        Sort.NEWEST: _("Newest"),
    }
    chosen = sort_of(asked)
    return [(sort.value, text, sort == chosen) for sort, text in texts.items() if asked.text or sort != Sort.RELEVANCE]
