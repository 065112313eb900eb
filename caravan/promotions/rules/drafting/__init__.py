"""Whether a promotion can start as it is written, and if not, everything that is wrong with it at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from caravan.promotions.rules.drafting.coupons import check_coupon
from caravan.promotions.rules.drafting.deals import check_bundle, check_limited
from caravan.promotions.rules.drafting.frame import check_frame, check_scope
from caravan.promotions.rules.drafting.orders import check_buy_get, check_spend_save
from caravan.promotions.rules.drafts import (
    BundleDraft,
    BuyGetDraft,
    CouponDraft,
    Draft,
    LimitedDraft,
    SpendSaveDraft,
    StoreWideDraft,
    named_products,
)
from caravan.promotions.rules.goods import OwnerFacts, Refusal
from caravan.promotions.rules.quotas import QUOTAS, Quotas

PLATFORM_KINDS = (SpendSaveDraft, CouponDraft)


def check(draft: Draft, owner: OwnerFacts, at: datetime, quotas: Quotas = QUOTAS) -> tuple[Refusal, ...]:
    """Everything wrong with `draft` at `at`, what other promotions and past prices say of it aside."""
    return tuple(_check(draft, owner, at, quotas))


def _check(draft: Draft, owner: OwnerFacts, at: datetime, quotas: Quotas) -> Iterator[Refusal]:
    if owner.is_platform and not isinstance(draft, PLATFORM_KINDS):
        yield Refusal("kind", "kind.platform")
        return
    yield from check_frame(draft, owner, at, quotas)
    if len(named_products(draft)) > quotas.goods:
        yield Refusal("goods", "goods.many", {"most": quotas.goods})
        return
    match draft:
        case LimitedDraft():
            yield from check_limited(draft, owner, quotas)
        case StoreWideDraft():
            yield from check_scope(draft.scope, owner)
            if not 1 <= draft.percent <= 99:
                yield Refusal("percent", "percent.range", {"least": 1, "most": 99})
        case BuyGetDraft():
            yield from check_buy_get(draft, owner)
        case SpendSaveDraft():
            yield from check_spend_save(draft, owner, quotas)
        case BundleDraft():
            yield from check_bundle(draft, owner, quotas)
        case CouponDraft():
            yield from check_coupon(draft, owner)
