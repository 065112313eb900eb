"""A stored promotion as the draft it was: to edit it, to copy it, to write it into a file."""

from __future__ import annotations

from collections.abc import Sequence

from caravan.kernel.money import Money
from caravan.promotions.models import Promotion, PromotionGoods, Tier
from caravan.promotions.rules.drafts import (
    BundleDraft,
    BundleGoods,
    BuyGetDraft,
    CouponDraft,
    DealGoods,
    Draft,
    Frame,
    Kind,
    LimitedDraft,
    Means,
    ScopeDraft,
    SpendSaveDraft,
    StoreWideDraft,
    TierDraft,
)
from caravan.promotions.rules.offers import Audience
from caravan.promotions.rules.segments import Segment, segment_id


def draft_of(promotion: Promotion) -> Draft:
    """What its owner said of it."""
    goods = list(PromotionGoods.objects.filter(promotion=promotion).order_by("id"))
    frame, scope = _frame(promotion), _scope(promotion, goods)
    match Kind(promotion.kind):
        case Kind.LIMITED:
            return LimitedDraft(frame=frame, goods=tuple(_deal(row, promotion.currency) for row in goods))
        case Kind.STORE_WIDE:
            return StoreWideDraft(frame=frame, percent=promotion.percent, scope=scope)
        case Kind.BUY_GET:
            gifts = tuple(row.product_id for row in goods if row.role == PromotionGoods.Role.GIFT)
            return BuyGetDraft(
                frame=frame, buy=promotion.buy, get=promotion.get, percent=promotion.percent, scope=scope, gifts=gifts,
                times=promotion.times,
            )  # fmt: skip
        case Kind.SPEND_SAVE:
            tiers = Tier.objects.filter(promotion=promotion).order_by("number")
            return SpendSaveDraft(frame=frame, scope=scope, tiers=tuple(_tier(tier, promotion.currency) for tier in tiers))
        case Kind.BUNDLE:
            rows = tuple(BundleGoods(product_id=r.product_id, variant_id=r.variant_id, each=r.each) for r in goods)
            price = Money(promotion.amount_minor or 0, promotion.currency)
            return BundleDraft(frame=frame, goods=rows, price=price, times=promotion.times)
        case Kind.COUPON:
            return _coupon(promotion, frame, scope)


def _frame(promotion: Promotion) -> Frame:
    segment = next((s for s in Segment if segment_id(promotion.store_id, s) == promotion.segment_id), "")
    return Frame(
        name=promotion.name,
        since=promotion.since,
        until=promotion.until,
        markets=tuple(promotion.markets),
        audience=Audience(promotion.audience),
        segment=str(segment),
        budget=_money(promotion.budget_minor, promotion.currency),
        ref=promotion.external_ref,
    )


def _scope(promotion: Promotion, goods: Sequence[PromotionGoods]) -> ScopeDraft:
    if promotion.group_id:
        return ScopeDraft(group_id=promotion.group_id)
    if promotion.is_chosen:
        return ScopeDraft(products=tuple(row.product_id for row in goods if row.role == PromotionGoods.Role.GOODS))
    return ScopeDraft(categories=tuple(promotion.categories))


def _deal(row: PromotionGoods, currency: str) -> DealGoods:
    return DealGoods(
        product_id=row.product_id, variant_id=row.variant_id, percent=row.percent, price=_money(row.price_minor, currency),
        quantity=row.quantity, per_buyer=row.per_buyer,
    )  # fmt: skip


def _tier(tier: Tier, currency: str) -> TierDraft:
    return TierDraft(
        min_amount=_money(tier.min_amount_minor, currency), min_items=tier.min_items, percent=tier.percent,
        amount=_money(tier.amount_minor, currency), cap=_money(tier.cap_minor, currency),
    )  # fmt: skip


def _coupon(promotion: Promotion, frame: Frame, scope: ScopeDraft) -> CouponDraft:
    currency = promotion.currency
    return CouponDraft(
        frame=frame,
        means=Means(promotion.means),
        percent=promotion.percent,
        amount=_money(promotion.amount_minor, currency),
        cap=_money(promotion.cap_minor, currency),
        min_spend=_money(promotion.min_spend_minor, currency),
        scope=scope,
        code=promotion.code or "",
        stackable=promotion.stackable,
        total=promotion.total,
        per_buyer=promotion.per_buyer,
        valid_since=promotion.valid_since,
        valid_until=promotion.valid_until,
        valid_days=promotion.valid_days,
    )


def _money(minor: int | None, currency: str) -> Money | None:
    return Money(minor, currency) if minor is not None else None
