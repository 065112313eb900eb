"""A promotion as its owner looks at it before it is on: its terms, the prices buyers will read, the most it can cost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from caravan.kernel.money import Money
from caravan.promotions.queries.checks import checked, over_quota
from caravan.promotions.queries.drafts import draft_of
from caravan.promotions.queries.goods import goods_by_id, some_goods
from caravan.promotions.queries.offers import coupon_alone, offers_alone
from caravan.promotions.queries.owners import Owner
from caravan.promotions.queries.promotions import PromotionRow, may, own_promotion, promotion_row
from caravan.promotions.rules.added import Added
from caravan.promotions.rules.drafts import BuyGetDraft, Draft, Kind, named_products, scope_of
from caravan.promotions.rules.examples import Cart, examples
from caravan.promotions.rules.exposure import greatest_loss
from caravan.promotions.rules.goods import GoodsFacts, Refusal
from caravan.promotions.rules.truth import Announcement

SAMPLES = 4  # products looked at to make a cart of


@dataclass(frozen=True, slots=True)
class Looked:
    """A promotion, whole: what stands in its way if it was started now (`refusals`), the prices it announces, the most it can
    cost (`loss`; None: no limit). `named` are the titles of the products it names."""

    row: PromotionRow
    draft: Draft
    refusals: tuple[Refusal, ...]
    announcements: tuple[Announcement, ...]
    loss: Money | None
    named: dict[UUID, str]


def look_at(owner: Owner, promotion_id: UUID, at: datetime) -> Looked:
    """Raises NotFound for another's. What cannot start any more is held against the prices before it began, as buyers read it."""
    promotion = own_promotion(owner, promotion_id)
    draft, row = draft_of(promotion), promotion_row(promotion, at)
    may_start = bool(row.may & {"start", "resume"})
    found = checked(owner, draft, at if may_start else min(row.since, at), own_id=promotion.pk)
    wrong = (*found.refusals, *over_quota(owner, draft, at, promotion.pk)) if may_start else ()
    named = goods_by_id(owner.store_id, named_products(draft)) if owner.store_id else {}
    loss = greatest_loss(draft, named, owner.currency)
    return Looked(row, draft, wrong, found.announcements, loss, {id: one.title for id, one in named.items()})


def draft_to_edit(owner: Owner, promotion_id: UUID, at: datetime) -> Draft:
    """Raises NotFound for another's, Conflict where its time for changes is over."""
    promotion = own_promotion(owner, promotion_id)
    may(promotion, "edit", at)
    return draft_of(promotion)


def kind_of(owner: Owner, promotion_id: UUID) -> Kind:
    """Raises NotFound for another's."""
    return Kind(own_promotion(owner, promotion_id).kind)


def added(owner: Owner, promotion_id: UUID, at: datetime) -> Added:
    """The promotion for the engine to price with, on from `at` where it would have begun before."""
    promotion = own_promotion(owner, promotion_id)
    promotion.since = max(promotion.since, at)  # not to be saved
    if promotion.kind == Kind.COUPON:
        coupon = coupon_alone(promotion)
        return Added(promotion.pk, promotion.store_id, coupon=coupon, total=promotion.total, per_buyer=promotion.per_buyer)
    return Added(promotion.pk, promotion.store_id, offers_alone(promotion))


def example_carts(owner: Owner, draft: Draft, market: str) -> tuple[list[Cart], dict[UUID, str]]:
    """Carts that show what it does, and what the goods in them are called."""
    store_id, goods = some_goods(owner, scope_of(draft), SAMPLES)
    if store_id is None:
        return [], {}
    gifts: list[GoodsFacts] = []
    if isinstance(draft, BuyGetDraft) and draft.gifts:
        gifts = list(goods_by_id(store_id, draft.gifts).values())
    carts = examples(draft, goods, gifts, store_id, market)
    return carts, {one.id: one.title for one in (*goods, *gifts)}
