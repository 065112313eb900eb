"""What a purchase redeems, coupons and pieces of limited deals: its own from the placing, used with the money, or given back.

All of it in the transaction of the purchase. Locks: coupons by id, holds by id, buckets (docs/locking.md).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext as _

from caravan.kernel.errors import Conflict
from caravan.promotions.actions.buckets import fill_buckets
from caravan.promotions.models import Coupon, Hold, PromotionGoods

_FREE = Q(state__in=[Coupon.State.ISSUED, Coupon.State.RELEASED])
# Whichever part nobody else takes from at this moment; only when there is none, one is waited for.
_TAKE = """
WITH part AS (
    SELECT id, least("left", %(wanted)s) AS pieces FROM promotions_bucket
    WHERE subject_id = %(goods)s AND "left" > 0 ORDER BY number LIMIT 1 FOR NO KEY UPDATE {how}
)
UPDATE promotions_bucket b SET "left" = b."left" - part.pieces FROM part WHERE b.id = part.id RETURNING part.pieces
"""


def redeem(
    *, purchase_id: UUID, buyer_id: UUID, coupon_ids: Collection[UUID], pieces: Sequence[tuple[UUID, int]], until: datetime,
    at: datetime,
) -> None:  # fmt: skip
    """Lock these coupons for the purchase, and order these pieces (id of the deal's goods, how many): all of it or nothing.

    Raises Conflict("coupon.gone") for a coupon that is not this buyer's, or used, locked or no longer valid, and
    Conflict("deal.gone") where a deal has not so many pieces left, or not for this buyer.
    """
    _lock_coupons(purchase_id, buyer_id, coupon_ids, at)
    for goods_id, wanted in sorted(pieces):
        _order_pieces(purchase_id, buyer_id, goods_id, wanted, until, at)


def confirm_redeemed(*, purchase_id: UUID, at: datetime) -> None:
    """The purchase is paid: its coupons are used, its pieces sold."""
    Coupon.objects.filter(purchase_id=purchase_id, state=Coupon.State.LOCKED).update(state=Coupon.State.USED, used_at=at)
    Hold.objects.filter(purchase_id=purchase_id, state=Hold.State.ORDERED).update(state=Hold.State.SOLD)


def release_redeemed(*, purchase_id: UUID, at: datetime) -> dict[UUID, int]:
    """The purchase is off: its coupons are the buyer's again, its pieces the deal's, as long as that runs.

    Returns how many pieces went back to deals, by variant: those are to be set aside again. A second call finds nothing.
    """
    Coupon.objects.filter(purchase_id=purchase_id).update(state=Coupon.State.RELEASED, purchase_id=None, used_at=None)
    holds = list(Hold.objects.select_for_update().filter(purchase_id=purchase_id).order_by("id"))
    counted: dict[UUID, int] = {}
    for hold in holds:
        counted[hold.goods_id] = counted.get(hold.goods_id, 0) + 1
    Hold.objects.filter(pk__in=[hold.pk for hold in holds]).delete()
    back: dict[UUID, int] = {}
    for goods in PromotionGoods.objects.filter(pk__in=counted, is_set_aside=True).order_by("id"):
        if goods.variant_id:
            fill_buckets(subject_id=goods.pk, pieces=counted[goods.pk])
            back[goods.variant_id] = back.get(goods.variant_id, 0) + counted[goods.pk]
    return back


def _lock_coupons(purchase_id: UUID, buyer_id: UUID, coupon_ids: Collection[UUID], at: datetime) -> None:
    if not coupon_ids:
        return
    valid = Coupon.objects.filter(_FREE, buyer_id=buyer_id, pk__in=coupon_ids, valid_since__lte=at, valid_until__gt=at)
    locked = [coupon.pk for coupon in valid.select_for_update(no_key=True).order_by("id")]
    if len(locked) < len(set(coupon_ids)):
        raise Conflict("coupon.gone", _("A coupon of yours was used or ran out meanwhile. Look at the new total."))
    Coupon.objects.filter(pk__in=locked).update(state=Coupon.State.LOCKED, purchase_id=purchase_id)


def _order_pieces(purchase_id: UUID, buyer_id: UUID, goods_id: UUID, wanted: int, until: datetime, at: datetime) -> None:
    goods = PromotionGoods.objects.filter(pk=goods_id).first()
    if goods is None:
        raise _gone()
    own = list(Hold.objects.select_for_update().filter(goods=goods_id, buyer_id=buyer_id).order_by("id"))
    held = [hold.pk for hold in own if hold.state == Hold.State.HELD and hold.until > at][:wanted]
    missing = wanted - len(held)
    if goods.per_buyer is not None and len(own) + missing > goods.per_buyer:
        raise _gone()
    Hold.objects.filter(pk__in=held).update(state=Hold.State.ORDERED, purchase_id=purchase_id, until=until)
    if goods.quantity is not None:
        _take(goods_id, missing)
    taken = {hold.nth for hold in own}
    free = [n for n in range(1, len(own) + missing + 1) if n not in taken][:missing]
    Hold.objects.bulk_create(
        Hold(
            goods=goods, buyer_id=buyer_id, nth=nth, state=Hold.State.ORDERED, at=at, until=until, purchase_id=purchase_id
        )
        for nth in free
    )  # fmt: skip


def _take(goods_id: UUID, wanted: int) -> None:
    with connection.cursor() as cursor:
        while wanted:
            for how in ("SKIP LOCKED", ""):
                cursor.execute(_TAKE.format(how=how), {"goods": goods_id, "wanted": wanted})
                if found := cursor.fetchone():
                    break
            if not found:
                raise _gone()
            wanted -= found[0]


def _gone() -> Conflict:
    return Conflict("deal.gone", _("The deal has not so many pieces left for you. Look at the new total."))
