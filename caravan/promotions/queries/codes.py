from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from caravan.promotions.models import CouponCode
from caravan.promotions.queries.owners import Owner
from caravan.promotions.queries.promotions import own_promotion


@dataclass(frozen=True, slots=True)
class CodeCount:
    """Single-use codes of a promotion: how many there are, and how many of them somebody has entered."""

    made: int
    entered: int


def code_count(owner: Owner, promotion_id: UUID) -> CodeCount:
    """Raises NotFound for a promotion that is not the owner's."""
    codes = CouponCode.objects.filter(promotion=own_promotion(owner, promotion_id))
    return CodeCount(codes.count(), codes.filter(coupon__isnull=False).count())


def codes_of(owner: Owner, promotion_id: UUID) -> Iterator[tuple[str, bool]]:
    """Each code and whether it was entered, for a file. Raises NotFound for a promotion that is not the owner's."""
    promotion = own_promotion(owner, promotion_id)
    return _codes(promotion.pk)


def _codes(promotion_id: UUID) -> Iterator[tuple[str, bool]]:
    rows = CouponCode.objects.filter(promotion_id=promotion_id).order_by("code").values_list("code", "coupon_id")
    for code, coupon_id in rows.iterator(chunk_size=2_000):
        yield code, coupon_id is not None
