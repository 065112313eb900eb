"""An owner writes, changes, copies and throws away promotions that are not on yet."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from caravan.promotions.actions.standing import hold_prices, lock_owner, put_up, take_down
from caravan.promotions.actions.writing import write
from caravan.promotions.models import Promotion
from caravan.promotions.queries.checks import checked, written
from caravan.promotions.queries.drafts import draft_of
from caravan.promotions.queries.owners import Owner, owner_for
from caravan.promotions.queries.promotions import may, own_promotion
from caravan.promotions.queries.words import refused
from caravan.promotions.rules.copying import later
from caravan.promotions.rules.drafts import Draft
from caravan.promotions.rules.goods import Refusal
from caravan.promotions.rules.lifecycle import Status, status
from caravan.promotions.rules.quotas import QUOTAS


def save_draft(*, user_id: UUID, slug: str | None, draft: Draft, at: datetime, promotion_id: UUID | None = None) -> UUID:
    """Write a promotion of the store (`slug` None: of the platform), or write it anew as long as it is not live. One that is
    scheduled stays so. Returns its id.

    Raises Invalid with a sentence for each field, Conflict where its time for changes is over, NotFound for another's.
    """
    owner = owner_for(user_id=user_id, slug=slug)
    with transaction.atomic():
        lock_owner(store_id=owner.store_id)
        return put_draft(owner=owner, draft=draft, at=at, promotion_id=promotion_id).pk


def put_draft(*, owner: Owner, draft: Draft, at: datetime, promotion_id: UUID | None = None) -> Promotion:
    """The same, inside the transaction of a caller that has the owner's lock."""
    promotion = own_promotion(owner, promotion_id) if promotion_id else Promotion(created_at=at)
    if promotion_id is None and _drafts(owner, at) >= QUOTAS.drafts:
        raise refused([Refusal("kind", "quota.drafts", {"most": QUOTAS.drafts})], owner.zone)
    if promotion_id is not None:
        may(promotion, "edit", at)
    is_scheduled = promotion_id is not None and status(promotion.state, promotion.since, promotion.until, at) == Status.SCHEDULED
    if is_scheduled:
        take_down(promotion=promotion, state=Promotion.State.DRAFT, at=at)
    if wrong := written(owner, draft, at):
        raise refused(wrong, owner.zone)
    write(promotion=promotion, draft=draft, owner=owner, at=at)
    if is_scheduled:
        hold_prices(promotion=promotion)
    found = checked(owner, draft, at, own_id=promotion.pk)
    if found.refusals:
        raise refused(found.refusals, owner.zone)
    if is_scheduled:
        put_up(promotion=promotion, found=found, at=at)
    return promotion


def copy_promotion(*, user_id: UUID, slug: str | None, promotion_id: UUID, at: datetime) -> UUID:
    """The same once more, as a draft: as long as it was, from the next time of its hour where it began before. Returns its id.

    A coupon's code is not copied. Raises NotFound, Invalid for too many drafts.
    """
    owner = owner_for(user_id=user_id, slug=slug)
    with transaction.atomic():
        lock_owner(store_id=owner.store_id)
        source = own_promotion(owner, promotion_id)
        if _drafts(owner, at) >= QUOTAS.drafts:
            raise refused([Refusal("kind", "quota.drafts", {"most": QUOTAS.drafts})], owner.zone)
        draft = later(draft_of(source), at, owner.zone)
        copy = write(promotion=Promotion(created_at=at, copied_from=source), draft=draft, owner=owner, at=at)
        return copy.pk


def discard_draft(*, user_id: UUID, slug: str | None, promotion_id: UUID, at: datetime) -> None:
    """Throw a draft away. Raises NotFound, Conflict for one that was ever on."""
    owner = owner_for(user_id=user_id, slug=slug)
    with transaction.atomic():
        lock_owner(store_id=owner.store_id)
        promotion = own_promotion(owner, promotion_id)
        may(promotion, "delete", at)
        promotion.delete()


def _drafts(owner: Owner, at: datetime) -> int:
    return Promotion.objects.filter(owner.owns, state=Promotion.State.DRAFT, until__gt=at).count()
