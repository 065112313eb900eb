"""Thresholds nearly reached: what a little more in the cart would save."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import UUID

from caravan.kernel.money import Money
from caravan.promotions.rules.cuts import Cards, Minor, benefit_of, reached
from caravan.promotions.rules.offers import Coupon, SpendSave
from caravan.promotions.rules.quoted import Nearly

NEAR = 2  # at least one in so many of what a threshold asks for is there already


def nearly_tier(
    offer: SpendSave, store_id: UUID | None, cards: Cards, places: Iterable[int], minor: Minor, currency: str
) -> Nearly | None:
    """The next tier up, if it saves more than what is reached."""
    covered = cards.covered(offer.scope, places)
    goods, pieces = cards.amount(covered), sum(cards.pieces[place] for place in covered)
    has = max((benefit_of(t.benefit, goods, minor) for t in offer.tiers if reached(t, goods, pieces, minor)), default=0)
    for tier in sorted(offer.tiers, key=lambda t: (t.min_items, t.min_amount.minor if t.min_amount else 0)):
        if not goods or reached(tier, goods, pieces, minor):
            continue
        wanted = max(goods, minor(tier.min_amount) if tier.min_amount else 0)
        saves = benefit_of(tier.benefit, wanted, minor)
        if saves <= has or goods * NEAR < wanted or pieces * NEAR < tier.min_items:
            return None
        missing = Money(wanted - goods, currency) if wanted > goods else None
        more = max(0, tier.min_items - pieces)
        return Nearly(offer.id, offer.name, store_id, Money(saves, currency), missing, more)
    return None


def nearly_coupon(coupon: Coupon, cards: Cards, places: Iterable[int], minor: Minor, currency: str) -> Nearly | None:
    """What the coupon would save, if goods of half its minimum or more are there, and not all of it."""
    covered = cards.covered(coupon.scope, places)
    goods = cards.amount(covered)
    wanted = minor(coupon.min_spend) if coupon.min_spend is not None else 0
    if not goods or goods >= wanted or goods * NEAR < wanted:
        return None
    saves = Money(benefit_of(coupon.benefit, wanted, minor), currency)
    return Nearly(coupon.promotion_id, coupon.name, coupon.store_id, saves, Money(wanted - goods, currency))


def nearest(found: Iterable[Nearly | None]) -> Iterator[Nearly]:
    """Of each store, in their order, and last of the platform, the one that asks for least."""
    best: dict[UUID | None, Nearly] = {}
    for one in found:
        if one is not None and (one.store_id not in best or _asks(one) < _asks(best[one.store_id])):
            best[one.store_id] = one
    yield from sorted(best.values(), key=lambda one: (one.store_id is None, one.store_id.int if one.store_id else 0))


def _asks(one: Nearly) -> tuple[int, int, int]:
    return (one.missing.minor if one.missing else 0, one.pieces, one.offer_id.int)
