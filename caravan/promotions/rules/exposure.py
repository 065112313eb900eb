"""The most a promotion can cost its owner, however many come."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from caravan.kernel.money import Money
from caravan.promotions.rules.drafts import CouponDraft, Draft, LimitedDraft
from caravan.promotions.rules.goods import GoodsFacts


def greatest_loss(draft: Draft, goods: Mapping[UUID, GoodsFacts], currency: str) -> Money | None:
    """By the number of its pieces or coupons, and by its budget; None: there is no limit until its owner sets one. `goods` are
    those it names."""
    by_number = _by_number(draft, goods)
    bounds = [bound for bound in (by_number, draft.frame.budget.minor if draft.frame.budget else None) if bound is not None]
    return Money(min(bounds), currency) if bounds else None


def _by_number(draft: Draft, goods: Mapping[UUID, GoodsFacts]) -> int | None:
    if isinstance(draft, CouponDraft) and draft.total is not None:
        most = draft.amount or draft.cap
        return draft.total * most.minor if most is not None else None
    if not isinstance(draft, LimitedDraft):
        return None
    loss = 0
    for row in draft.goods:
        if row.quantity is None or row.product_id not in goods:
            return None
        listed = max(
            (price.minor for v in goods[row.product_id].of(row.variant_id) for price in (v.price, *v.market_prices.values())),
            default=0,
        )
        price = row.price.minor if row.price is not None else listed * (100 - row.percent) // 100
        loss += row.quantity * max(0, listed - price)
    return loss
