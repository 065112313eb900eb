"""Thresholds nearly reached: what a little more in the cart would save."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from uuid import UUID

from caravan.promotions.rules.cuts import Rung
from caravan.promotions.rules.offers import Coupon, SpendSave
from caravan.promotions.rules.quoted import Nearly
from caravan.promotions.rules.shelf import Goods
from caravan.promotions.rules.till import Till

NEAR = 2  # at least one in so many of what a threshold asks for is there already


def nearly_tier(offer: SpendSave, store_id: UUID | None, goods: Goods, ladder: Sequence[Rung], till: Till) -> Nearly | None:
    """The next tier up, if it saves more than what is reached."""
    above = [rung for rung in ladder if not rung.is_reached]
    if not above:
        return None
    rung = min(above, key=lambda rung: (rung.pieces, rung.asks))
    has = max([rung.saves for rung in ladder if rung.is_reached], default=0)
    wanted = max(goods.amount, rung.asks)
    if rung.saves <= has or goods.amount * NEAR < wanted or goods.pieces * NEAR < rung.pieces:
        return None
    missing = till.money[wanted - goods.amount] if wanted > goods.amount else None
    more = max(0, rung.pieces - goods.pieces)
    return Nearly(offer.id, offer.name, store_id, till.money[rung.saves], missing, more)


def nearly_coupon(coupon: Coupon, goods: Goods, rung: Rung, till: Till) -> Nearly | None:
    """What the coupon would save, if goods of half its minimum or more are there, and not all of it."""
    if rung.is_reached or goods.amount * NEAR < rung.asks:
        return None
    missing = till.money[rung.asks - goods.amount]
    return Nearly(coupon.promotion_id, coupon.name, coupon.store_id, till.money[rung.saves], missing)


def nearest(found: Iterable[Nearly | None]) -> Iterator[Nearly]:
    """Of each store, in their order, and last of the platform, the one that asks for least."""
    best: dict[UUID | None, Nearly] = {}
    for one in found:
        if one is not None and (one.store_id not in best or _asks(one) < _asks(best[one.store_id])):
            best[one.store_id] = one
    yield from sorted(best.values(), key=lambda one: (one.store_id is None, one.store_id.int if one.store_id else 0))


def _asks(one: Nearly) -> tuple[int, int, int]:
    return (one.missing.minor if one.missing else 0, one.pieces, one.offer_id.int)
