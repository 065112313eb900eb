"""A draft into its rows."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from caravan.kernel.money import Money
from caravan.promotions.models import Promotion, PromotionGoods, Tier
from caravan.promotions.queries.owners import Owner
from caravan.promotions.queries.words import refused
from caravan.promotions.rules.drafts import (
    BundleDraft,
    BuyGetDraft,
    CouponDraft,
    Draft,
    LimitedDraft,
    ScopeDraft,
    SpendSaveDraft,
    StoreWideDraft,
)
from caravan.promotions.rules.goods import Refusal
from caravan.promotions.rules.offers import Audience
from caravan.promotions.rules.segments import Segment, segment_id


def write(*, promotion: Promotion, draft: Draft, owner: Owner, at: datetime) -> Promotion:
    """Write a new or a stored promotion's row and goods as `draft` has them, inside the caller's transaction.

    Raises Invalid where another promotion has its code or its id.
    """
    _frame(promotion, draft, owner)
    _scope(promotion, ScopeDraft() if isinstance(draft, LimitedDraft | BundleDraft) else draft.scope)
    _gives(promotion, draft)
    promotion.changed_at = at
    _save(promotion, owner)
    PromotionGoods.objects.filter(promotion=promotion).delete()
    PromotionGoods.objects.bulk_create(_goods(promotion, draft))
    Tier.objects.filter(promotion=promotion).delete()
    if isinstance(draft, SpendSaveDraft):
        Tier.objects.bulk_create(_tiers(promotion, draft))
    return promotion


def _frame(promotion: Promotion, draft: Draft, owner: Owner) -> None:
    frame = draft.frame
    promotion.store_id, promotion.currency, promotion.kind = owner.store_id, owner.currency, draft.kind
    promotion.name, promotion.since, promotion.until = frame.name, frame.since, frame.until
    promotion.markets, promotion.audience = list(frame.markets), frame.audience
    promotion.segment_id = (
        segment_id(owner.store_id, Segment(frame.segment)) if frame.audience is Audience.SEGMENT and frame.segment else None
    )
    promotion.budget_minor = _minor(frame.budget)
    promotion.external_ref = frame.ref


def _scope(promotion: Promotion, scope: ScopeDraft) -> None:
    promotion.group_id, promotion.categories = scope.group_id, list(scope.categories)
    promotion.is_chosen = scope.products is not None


def _gives(promotion: Promotion, draft: Draft) -> None:
    promotion.percent, promotion.amount_minor, promotion.times = 0, None, None
    match draft:
        case StoreWideDraft():
            promotion.percent = draft.percent
        case BuyGetDraft():
            promotion.buy, promotion.get, promotion.percent, promotion.times = draft.buy, draft.get, draft.percent, draft.times
        case BundleDraft():
            promotion.amount_minor, promotion.times, promotion.is_chosen = draft.price.minor, draft.times, True
        case LimitedDraft():
            promotion.is_chosen = True
        case CouponDraft():
            promotion.percent, promotion.amount_minor = draft.percent, _minor(draft.amount)
            promotion.cap_minor, promotion.min_spend_minor = _minor(draft.cap), _minor(draft.min_spend)
            promotion.means, promotion.code = draft.means, draft.code or None
            promotion.stackable, promotion.total, promotion.per_buyer = draft.stackable, draft.total, draft.per_buyer
            promotion.valid_since, promotion.valid_until = draft.valid_since, draft.valid_until
            promotion.valid_days = draft.valid_days


def _save(promotion: Promotion, owner: Owner) -> None:
    try:
        with transaction.atomic():
            promotion.save()
    except IntegrityError as e:
        name = getattr(getattr(e.__cause__, "diag", None), "constraint_name", "") or ""
        if name == "promotions_promotion_import_once":
            raise refused([Refusal("ref", "ref.taken")], owner.zone) from e
        if "code" in name:
            raise refused([Refusal("coupon_code", "code.taken")], owner.zone) from e
        raise


def _goods(promotion: Promotion, draft: Draft) -> list[PromotionGoods]:
    match draft:
        case LimitedDraft():
            return [
                PromotionGoods(
                    promotion=promotion, product_id=row.product_id, variant_id=row.variant_id, percent=row.percent,
                    price_minor=_minor(row.price), quantity=row.quantity, per_buyer=row.per_buyer,
                )
                for row in draft.goods
            ]  # fmt: skip
        case BundleDraft():
            return [
                PromotionGoods(promotion=promotion, product_id=row.product_id, variant_id=row.variant_id, each=row.each)
                for row in draft.goods
            ]
    rows = [_of(promotion, id, PromotionGoods.Role.GOODS) for id in draft.scope.products or ()]
    if isinstance(draft, BuyGetDraft):
        rows += [_of(promotion, id, PromotionGoods.Role.GIFT) for id in draft.gifts]
    return rows


def _of(promotion: Promotion, product_id: UUID, role: PromotionGoods.Role) -> PromotionGoods:
    return PromotionGoods(promotion=promotion, product_id=product_id, role=role)


def _tiers(promotion: Promotion, draft: SpendSaveDraft) -> list[Tier]:
    return [
        Tier(
            promotion=promotion, number=number, min_amount_minor=_minor(tier.min_amount), min_items=tier.min_items,
            percent=tier.percent, amount_minor=_minor(tier.amount), cap_minor=_minor(tier.cap),
        )
        for number, tier in enumerate(draft.tiers, start=1)
    ]  # fmt: skip


def _minor(amount: Money | None) -> int | None:
    return amount.minor if amount is not None else None
