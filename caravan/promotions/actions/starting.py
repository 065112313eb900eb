"""An owner lets a promotion begin, interrupts it, and ends it before its time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from caravan.promotions.actions.standing import hold_prices, lock_goods, lock_owner, put_up, take_down
from caravan.promotions.models import Promotion
from caravan.promotions.queries.checks import checked, over_quota
from caravan.promotions.queries.drafts import draft_of
from caravan.promotions.queries.owners import Owner, owner_for
from caravan.promotions.queries.promotions import may, own_promotion
from caravan.promotions.queries.words import refused


def start_promotion(*, user_id: UUID, slug: str | None, promotion_id: UUID, at: datetime) -> None:
    """Put a draft on: it is live from now, or from when it begins. All that could be wrong is looked at again.

    Raises Invalid with a sentence for each field, Conflict (already started; not enough in stock), NotFound.
    """
    _with(user_id, slug, promotion_id, lambda owner, promotion: start(owner=owner, promotion=promotion, verb="start", at=at))


def resume_promotion(*, user_id: UUID, slug: str | None, promotion_id: UUID, at: datetime) -> None:
    """Put a paused one on again. As above."""
    _with(user_id, slug, promotion_id, lambda owner, promotion: start(owner=owner, promotion=promotion, verb="resume", at=at))


def pause_promotion(*, user_id: UUID, slug: str | None, promotion_id: UUID, at: datetime) -> None:
    """Interrupt it: prices are the stores' own again, pieces set aside go back. Raises Conflict, NotFound."""
    _with(user_id, slug, promotion_id, lambda _, promotion: _off(promotion, "pause", Promotion.State.PAUSED, at))


def stop_promotion(*, user_id: UUID, slug: str | None, promotion_id: UUID, at: datetime) -> None:
    """End it now and for good. Coupons that were issued stay good. Raises Conflict, NotFound."""
    _with(user_id, slug, promotion_id, lambda _, promotion: _off(promotion, "stop", Promotion.State.STOPPED, at))


def start(*, owner: Owner, promotion: Promotion, verb: str, at: datetime) -> None:
    """Put `promotion` on, inside the transaction of a caller that has the owner's lock."""
    may(promotion, verb, at)
    if verb == "start" and promotion.since < at:
        promotion.since = at
    draft = draft_of(promotion)
    lock_goods(promotion=promotion)
    hold_prices(promotion=promotion)
    found = checked(owner, draft, at, own_id=promotion.pk)
    wrong = (*found.refusals, *over_quota(owner, draft, at, promotion.pk))
    if wrong:
        raise refused(wrong, owner.zone)
    put_up(promotion=promotion, found=found, at=at)


def _off(promotion: Promotion, verb: str, state: str, at: datetime) -> None:
    may(promotion, verb, at)
    if state == Promotion.State.STOPPED:
        promotion.ended_at = at
    take_down(promotion=promotion, state=state, at=at)


def _with(user_id: UUID, slug: str | None, promotion_id: UUID, act: Callable[[Owner, Promotion], None]) -> None:
    owner = owner_for(user_id=user_id, slug=slug)
    with transaction.atomic():
        lock_owner(store_id=owner.store_id)
        act(owner, own_promotion(owner, promotion_id))
