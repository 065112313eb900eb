"""Coupons that are given to the people of a segment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from caravan.promotions.models import Promotion
from caravan.promotions.rules.segments import Segment, segment_id


@dataclass(frozen=True, slots=True)
class Targeted:
    """Whom a coupon is for: the segment of a store's buyers; `store_id` None: of all the market's."""

    store_id: UUID | None
    segment: Segment


def running_targeted(*, at: datetime) -> list[UUID]:
    """The promotions that give such coupons now."""
    return list(_running(at).order_by("id").values_list("id", flat=True))


def targeted(*, promotion_id: UUID, at: datetime) -> Targeted | None:
    """Whom that one's coupon is for; None for any other promotion, and for one that does not run."""
    found = _running(at).filter(pk=promotion_id).values_list("store_id", "segment_id").first()
    if found is None:
        return None
    store_id, wanted = found
    return next((Targeted(store_id, segment) for segment in Segment if segment_id(store_id, segment) == wanted), None)


def _running(at: datetime) -> QuerySet[Promotion]:
    return Promotion.objects.filter(
        kind=Promotion.Kind.COUPON, means=Promotion.Means.TARGETED, state=Promotion.State.ON, since__lte=at, until__gt=at
    )
