"""What is on offer to whoever holds a cart: what its stores and the platform run, the buyer's coupons, and what the offers have
to know of the buyer. Rooms below know nothing of orders, so it is gathered here and handed down to them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from caravan.promotions.queries.offers import PLATFORM, offers_by_stamp, with_left
from caravan.promotions.rules import ANYONE, NO_OFFERS, Audience, BuyerFacts, Deal, StoreOffers, Terms
from caravan.stores.queries import followed_by
from caravan.trade.queries.rates import buyer_rates
from caravan.trade.rules.basket import WantedLine

_BOUGHT_FROM = """
SELECT DISTINCT o.store_id FROM trade_order o JOIN people_buyer b ON b.id = o.buyer_id
WHERE b.user_id = %s AND o.payment_state IN ('paid', 'refunded')
"""
_HOLDS = """
SELECT h.goods_id, count(*) FILTER (WHERE h.state = 'held' AND h.until > %s)::int, count(*) FILTER (WHERE h.state <> 'held')::int
FROM promotions_hold h JOIN people_buyer b ON b.id = h.buyer_id WHERE b.user_id = %s AND h.goods_id = ANY(%s) GROUP BY h.goods_id
"""


@dataclass(frozen=True, slots=True)
class Offered:
    terms: Terms
    buyer: BuyerFacts = ANYONE


def offered(lines: Sequence[WantedLine], stamps: Mapping[UUID, int], *, user_id: UUID | None, at: datetime) -> Offered:
    """What `lines` may be had at by this user (None: a guest). `stamps` are those of their stores and of the platform, as they
    were read with the lines: where nothing is limited and nothing has changed, no statement is needed for a guest."""
    return offered_on({line.product_id for line in lines}, stamps, user_id=user_id, at=at)


def offered_on(products: Collection[UUID], stamps: Mapping[UUID, int], *, user_id: UUID | None, at: datetime) -> Offered:
    """The same of goods in no cart."""
    rates = buyer_rates(at)
    if not stamps:
        return Offered(Terms(rates), BuyerFacts(is_known=True) if user_id else ANYONE)
    found = with_left(offers_by_stamp(stamps, at), products)
    platform = found.pop(PLATFORM, NO_OFFERS)
    buyer = ANYONE
    if user_id:
        holds = _holds(user_id, found, products, at)
        found = {id: _with_own(some, holds) for id, some in found.items()} if holds else found
        buyer = _buyer(user_id, (*found.values(), platform), holds)
    return Offered(Terms(rates, stores=found, platform=platform.spend_saves), buyer)


class _Held(NamedTuple):
    """Pieces of a deal the buyer holds for now, and has ordered or bought."""

    held: int
    used: int


def _holds(user_id: UUID, offers: Mapping[UUID, StoreOffers], products: Collection[UUID], at: datetime) -> dict[UUID, _Held]:
    """By deal, of those on these products that have only so many pieces; no statement where there is none."""
    deals = [deal.id for some in offers.values() for p in products for deal in some.deals.get(p, ()) if deal.is_limited]
    if not deals:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_HOLDS, [at, user_id, deals])
        return {goods_id: _Held(held, used) for goods_id, held, used in cursor.fetchall()}


def _with_own(offers: StoreOffers, holds: Mapping[UUID, _Held]) -> StoreOffers:
    """Pieces the buyer holds are left to this buyer."""
    deals = {p: tuple(_own(deal, holds) for deal in some) for p, some in offers.deals.items()}
    return replace(offers, deals=deals)


def _own(deal: Deal, holds: Mapping[UUID, _Held]) -> Deal:
    return replace(deal, left=deal.left + holds[deal.id].held) if deal.left is not None and deal.id in holds else deal


def _buyer(user_id: UUID, offers: Iterable[StoreOffers], holds: Mapping[UUID, _Held]) -> BuyerFacts:
    """Only what some offer asks for is looked up."""
    facts = BuyerFacts(is_known=True, used={goods_id: held.used for goods_id, held in holds.items()})
    if any(_asks(some, Audience.NEW_BUYERS) for some in offers):
        facts = replace(facts, bought_from=_bought_from(user_id))
    if any(_asks(some, Audience.FOLLOWERS) for some in offers):
        facts = replace(facts, follows=followed_by(user_id=user_id))
    return facts


def _asks(offers: StoreOffers, audience: Audience) -> bool:
    deals = [deal.when for some in offers.deals.values() for deal in some]
    sets = [*(bundle.when for bundle in offers.bundles), *(offer.when for offer in offers.buy_gets)]
    others = [*(deal.when for deal in offers.wide), *(offer.when for offer in offers.spend_saves)]
    return any(when.audience is audience for when in (*deals, *sets, *others))


def _bought_from(user_id: UUID) -> frozenset[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(_BOUGHT_FROM, [user_id])
        return frozenset(store_id for (store_id,) in cursor.fetchall())
