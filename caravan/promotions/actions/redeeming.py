"""What a purchase redeems, coupons and pieces of limited deals: its own from the placing, used with the money, or given back.

All of it in the transaction of the purchase. Locks: coupons by id, holds by deal and id, buckets by deal (docs/locking.md).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from caravan.kernel.errors import Conflict
from caravan.promotions.actions.holding import give_back
from caravan.promotions.models import Promotion, PromotionGoods

_REDEEM = "SELECT * FROM promotions_redeem(%s, %s, %s::uuid[], %s::uuid[], %s::int[], %s, %s)"
_CONFIRM = """
WITH coupons AS (
    UPDATE promotions_coupon SET state = 'used', used_at = %(at)s WHERE purchase_id = %(purchase)s AND state = 'locked'
)
UPDATE promotions_hold SET state = 'sold' WHERE purchase_id = %(purchase)s AND state = 'ordered'
"""
_LOCK_COUPONS = "SELECT 1 FROM promotions_coupon WHERE purchase_id = %s ORDER BY id FOR NO KEY UPDATE"
_RELEASE_COUPONS = """
UPDATE promotions_coupon SET state = 'released', purchase_id = NULL, used_at = NULL WHERE id IN (
    SELECT id FROM promotions_coupon WHERE purchase_id = %s AND (%s::uuid[] IS NULL OR id = ANY(%s::uuid[]))
    ORDER BY id FOR NO KEY UPDATE)
"""
_RELEASE_HOLDS = """
DELETE FROM promotions_hold WHERE id IN (
    SELECT id FROM promotions_hold WHERE purchase_id = %s AND state <> 'held' ORDER BY goods_id, id FOR UPDATE)
RETURNING goods_id
"""
# An array, which is worked out once: in `id IN (...)` PostgreSQL may look for the next ones again for each row it deletes.
_RELEASE_SOME = """
DELETE FROM promotions_hold WHERE id = ANY (ARRAY(
    SELECT id FROM promotions_hold WHERE purchase_id = %s AND state <> 'held' AND goods_id = %s ORDER BY id LIMIT %s FOR UPDATE))
RETURNING goods_id
"""


def redeem(
    *, purchase_id: UUID, buyer_id: UUID, coupon_ids: Collection[UUID], pieces: Sequence[tuple[UUID, int]], until: datetime,
    at: datetime,
) -> None:  # fmt: skip
    """Lock these coupons for the purchase, and order these pieces (id of the deal's goods, how many) until it is paid or closed:
    those the buyer holds, and as many more as are missing. All of it or nothing.

    Raises Conflict("coupon.gone") for a coupon that is not this buyer's, or used, locked or not valid at `at`, and
    Conflict("deal.gone") naming the deal that has not so many pieces left, or not for this buyer.
    """
    wanted: Counter[UUID] = Counter()
    for goods_id, n in pieces:
        wanted[goods_id] += n
    goods = sorted(wanted)
    counts = [wanted[one] for one in goods]
    with connection.cursor() as cursor:
        cursor.execute(_REDEEM, [purchase_id, buyer_id, sorted(set(coupon_ids)), goods, counts, until, at])
        outcome, goods_id = cursor.fetchone()
    if outcome == "coupon":
        raise Conflict("coupon.gone", _("A coupon of yours was used or ran out meanwhile. Look at the new total."))
    if outcome != "done":
        raise _gone(goods_id)


def _gone(goods_id: UUID) -> Conflict:
    name = Promotion.objects.filter(goods=goods_id).values_list("name", flat=True).first() or ""
    text = _("“%(deal)s” has not so many pieces left for you. Look at the new total.") % {"deal": name}
    return Conflict("deal.gone", text, deal=str(goods_id))


def confirm_redeemed(*, purchase_id: UUID, at: datetime) -> None:
    """The purchase is paid: its coupons are used, its pieces sold. A second call changes nothing."""
    with connection.cursor() as cursor:
        cursor.execute(_CONFIRM, {"purchase": purchase_id, "at": at})


def lock_coupons(*, purchase_id: UUID) -> None:
    """Whoever decides about the coupons of the purchase decides alone from here to the commit."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK_COUPONS, [purchase_id])


def release_redeemed(
    *, purchase_id: UUID, goods: Mapping[UUID, int] | None = None, coupon_ids: Collection[UUID] | None = None
) -> dict[UUID, int]:
    """The purchase is off, before it was paid or after: its coupons are the buyer's again as long as they are valid, its pieces
    the deal's as long as that runs. A second call finds nothing.

    Where only a part of it is off, `goods` says how many pieces of which deals and `coupon_ids` which coupons (neither: none of
    them); then the caller sees to it that this happens once. Returns how many pieces went back to deals, by variant: those are
    to be set aside again.
    """
    is_whole = goods is None and coupon_ids is None
    chosen = None if is_whole else sorted(coupon_ids or ())
    with connection.cursor() as cursor:
        cursor.execute(_RELEASE_COUPONS, [purchase_id, chosen, chosen])
        if is_whole:
            cursor.execute(_RELEASE_HOLDS, [purchase_id])
            counted = Counter(goods_id for (goods_id,) in cursor.fetchall())
        else:
            counted = Counter()
            for goods_id, n in sorted((goods or {}).items()):
                cursor.execute(_RELEASE_SOME, [purchase_id, goods_id, n])
                counted.update(goods_id for (goods_id,) in cursor.fetchall())
    return _to_deals(counted)


def _to_deals(counted: Mapping[UUID, int]) -> dict[UUID, int]:
    if not counted:
        return {}
    limited = PromotionGoods.objects.filter(pk__in=counted, quantity__isnull=False).order_by("id")
    back: Counter[UUID] = Counter()
    for goods_id, variant_id in limited.values_list("id", "variant_id"):
        if give_back(goods_id=goods_id, pieces=counted[goods_id]):
            back[variant_id] += counted[goods_id]
    return dict(back)
