"""What is on offer to whoever holds a cart: what its stores and the platform run, the buyer's coupons, and what the offers have
to know of the buyer. Rooms below know nothing of orders, so it is gathered here and handed down to them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from caravan.promotions.queries.offers import PLATFORM, caps_left, offers_by_stamp, with_left
from caravan.promotions.queries.wallet import usable_coupons
from caravan.promotions.rules import ANYONE, NO_OFFERS, Audience, BuyerFacts, Conditions, Deal, StoreOffers, Terms
from caravan.trade.queries.buyer_facts import facts_of
from caravan.trade.queries.rates import buyer_rates
from caravan.trade.rules.basket import WantedLine

_HOLDS = """
SELECT h.goods_id, count(*) FILTER (WHERE h.state = 'held' AND h.until > %s)::int, count(*) FILTER (WHERE h.state <> 'held')::int
FROM promotions_hold h JOIN people_buyer b ON b.id = h.buyer_id WHERE {who} AND h.goods_id = ANY(%s) GROUP BY h.goods_id
"""
_HOLDS_OF_USER = _HOLDS.format(who="b.user_id = %s")
_HOLDS_OF_GUEST = _HOLDS.format(who="lower(b.email) = lower(%s) AND b.source = '' AND b.user_id IS NULL AND b.email <> ''")


@dataclass(frozen=True, slots=True)
class Offered:
    terms: Terms
    buyer: BuyerFacts = ANYONE


def offered(
    lines: Sequence[WantedLine], stamps: Mapping[UUID, int], *, user_id: UUID | None, at: datetime, email: str = ""
) -> Offered:
    """What `lines` may be had at by this user (None: a guest). `stamps` are those of their stores and of the platform, as they
    were read with the lines: where nothing is limited and nothing has changed, no statement is needed for a guest. Once a guest's
    `email` is known, pieces of deals ordered with it count towards what each buyer may have."""
    return offered_on({line.product_id for line in lines}, stamps, user_id=user_id, at=at, email=email)


def offered_on(
    products: Collection[UUID], stamps: Mapping[UUID, int], *, user_id: UUID | None, at: datetime, email: str = ""
) -> Offered:
    """The same of goods in no cart."""
    rates = buyer_rates(at)
    if not stamps:
        return Offered(Terms(rates), BuyerFacts(is_known=True) if user_id else ANYONE)
    found = with_left(offers_by_stamp(stamps, at), products)
    left = caps_left(found.values())
    platform = found.pop(PLATFORM, NO_OFFERS)
    holds = _holds(user_id, email, found, products, at)
    if not user_id:
        return Offered(Terms(rates, stores=found, platform=platform.spend_saves, left=left), _with_used(ANYONE, holds))
    found = {id: _with_own(some, products, holds) for id, some in found.items()} if holds else found
    coupons = usable_coupons(user_id=user_id, store_ids=stamps.keys() - {PLATFORM}, at=at)
    asking = (*_conditions((*found.values(), platform), products), *(coupon.when for coupon in coupons))
    left |= {coupon.promotion_id: coupon.left for coupon in coupons if coupon.left}
    terms = Terms(rates, stores=found, coupons=coupons, platform=platform.spend_saves, left=left)
    return Offered(terms, _buyer(user_id, asking, holds, at))


class _Held(NamedTuple):
    """Pieces of a deal the buyer holds for now, and has ordered or bought."""

    held: int
    used: int


def _holds(
    user_id: UUID | None, email: str, offers: Mapping[UUID, StoreOffers], products: Collection[UUID], at: datetime
) -> dict[UUID, _Held]:
    """By deal, of those on these products that have only so many pieces; no statement where there is none."""
    if not user_id and not email:
        return {}
    deals = [deal.id for some in offers.values() for p in products for deal in some.deals.get(p, ()) if deal.is_limited]
    if not deals:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_HOLDS_OF_USER if user_id else _HOLDS_OF_GUEST, [at, user_id or email, deals])
        return {goods_id: _Held(held, used) for goods_id, held, used in cursor.fetchall()}


def _with_own(offers: StoreOffers, products: Collection[UUID], holds: Mapping[UUID, _Held]) -> StoreOffers:
    """Pieces the buyer holds of deals on these products are left to this buyer."""
    deals = {p: tuple(_own(deal, holds) for deal in offers.deals[p]) for p in products if p in offers.deals}
    return replace(offers, deals={**offers.deals, **deals}) if deals else offers


def _own(deal: Deal, holds: Mapping[UUID, _Held]) -> Deal:
    return replace(deal, left=deal.left + holds[deal.id].held) if deal.left is not None and deal.id in holds else deal


def _buyer(user_id: UUID, conditions: Iterable[Conditions], holds: Mapping[UUID, _Held], at: datetime) -> BuyerFacts:
    """Nothing is looked up that no offer asks for."""
    asked = any(when.audience is not Audience.EVERYONE for when in conditions)
    return _with_used(facts_of(user_id=user_id, at=at) if asked else BuyerFacts(is_known=True), holds)


def _with_used(facts: BuyerFacts, holds: Mapping[UUID, _Held]) -> BuyerFacts:
    return replace(facts, used={goods_id: held.used for goods_id, held in holds.items()}) if holds else facts


def _conditions(offers: Iterable[StoreOffers], products: Collection[UUID]) -> Iterator[Conditions]:
    for some in offers:
        for deals in (*(some.deals.get(product, ()) for product in products), some.wide):
            yield from (deal.when for deal in deals)
        yield from (bundle.when for bundle in some.bundles)
        yield from (buy_get.when for buy_get in some.buy_gets)
        yield from (offer.when for offer in some.spend_saves)
