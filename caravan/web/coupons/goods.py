"""Which goods a coupon is for, to be looked at from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from caravan.catalog.queries.categories import tree
from caravan.kernel.markets import Market
from caravan.promotions.queries.scopes import promotion_scope
from caravan.search.queries import Card, cards, newest_cards
from caravan.stores.queries import stores_by_ids
from caravan.web.addresses import category_url, store_url
from caravan.web.cards import CardView, card_views

MANY = 24


@dataclass(frozen=True, slots=True)
class GoodsView:
    """Some of the goods, and where the others are: `links` (name, address) to the store or to categories; empty: everywhere."""

    cards: list[CardView]
    links: list[tuple[str, str]]


def goods_view(promotion_id: UUID, *, market: Market, at: datetime) -> GoodsView:
    store_id, scope = promotion_scope(promotion_id)
    store = stores_by_ids([store_id]).get(store_id) if store_id else None
    links = [(store.name, store_url(store.slug))] if store and store.is_open else []
    found: Sequence[Card] = ()
    if scope.products is not None:
        found = cards(sorted(scope.products, reverse=True)[:MANY], market=market, at=at)
    elif scope.categories:
        names = tree(market.language)
        links += [(names[path].name, category_url(path)) for path in scope.categories if path in names]
    elif store and store.is_open:
        found = newest_cards(store.id, limit=MANY, market=market, at=at).newest
    return GoodsView(card_views(found, market=market, at=at), links)
