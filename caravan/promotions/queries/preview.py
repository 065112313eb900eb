"""A promotion as buyers will meet it, before it is on: its prices on the cards, and carts it takes something off."""

from __future__ import annotations

from datetime import datetime

from caravan.kernel.money import Money
from caravan.promotions.models import Promotion
from caravan.promotions.queries.checks import Checked, checked
from caravan.promotions.queries.drafts import draft_of
from caravan.promotions.queries.goods import goods_in_scope
from caravan.promotions.queries.offers import coupon_alone, offers_alone
from caravan.promotions.queries.owners import Owner
from caravan.promotions.rules.added import Added
from caravan.promotions.rules.drafts import Draft, Kind, scope_of
from caravan.promotions.rules.exposure import greatest_loss


def added(promotion: Promotion, at: datetime) -> Added:
    """The promotion for the engine to price with, on from `at` where it would have begun before."""
    started = promotion if promotion.since > at else _from(promotion, at)
    if promotion.kind == Kind.COUPON:
        return Added(
            promotion.pk, promotion.store_id, coupon=coupon_alone(started), total=promotion.total, per_buyer=promotion.per_buyer
        )
    return Added(promotion.pk, promotion.store_id, offers_alone(started))


def looked_at(owner: Owner, promotion: Promotion, at: datetime) -> tuple[Draft, Checked]:
    """Its draft, and what would be found if it was started now."""
    draft = draft_of(promotion)
    return draft, checked(owner, draft, at, own_id=promotion.pk)


def exposure(owner: Owner, draft: Draft) -> Money | None:
    """The most it can cost; None: no limit."""
    goods = goods_in_scope(owner.store_id, scope_of(draft)) if owner.store_id and draft.kind == Kind.LIMITED else {}
    return greatest_loss(draft, goods, owner.currency)


def _from(promotion: Promotion, at: datetime) -> Promotion:
    """The same, beginning at `at`; not to be saved."""
    started = Promotion.objects.get(pk=promotion.pk)
    started.since = at
    return started
