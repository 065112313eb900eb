"""Coupons nobody asks for: for the people of a segment, for following a store, from games; and the word before they run out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction

from caravan.kernel.errors import Conflict
from caravan.people.actions.buyers import buyer_of_user
from caravan.people.actions.notices import announce_all
from caravan.people.rules.notices import Announcement
from caravan.promotions.actions.claiming import Claimed, claim
from caravan.promotions.models import Coupon, Promotion

WALLET = "/account/coupons"
SOON = timedelta(days=2)  # before the end a buyer is told
NOT_BEFORE = timedelta(days=1)  # has gone by since it was issued: what is just collected needs no reminder
_AT_ONCE = 500

_ISSUE = """
SELECT c.coupon_id FROM unnest(%s::uuid[]) AS buyer (id)
CROSS JOIN LATERAL promotions_claim(%s, buyer.id, gen_random_uuid(), NULL, %s, NULL, NULL, NULL::uuid, 'issued', %s) AS c
WHERE c.outcome = 'new'
"""
_TO_TELL = """
SELECT c.id, b.user_id, p.name, coalesce(s.name, ''), c.valid_until
FROM promotions_coupon c JOIN promotions_promotion p ON p.id = c.promotion_id JOIN people_buyer b ON b.id = c.buyer_id
LEFT JOIN stores_store s ON s.id = p.store_id
WHERE c.id = ANY(%s) AND b.user_id IS NOT NULL
"""
_ENDING = """
SELECT id FROM promotions_coupon WHERE state IN ('issued', 'released') AND valid_until > %(at)s AND valid_until <= %(soon)s
    AND reminded_at IS NULL AND issued_at <= %(before)s
ORDER BY id LIMIT %(most)s FOR NO KEY UPDATE SKIP LOCKED
"""


def grant_coupon(*, promotion_id: UUID, buyer_id: UUID, cause: str, at: datetime) -> Claimed:
    """Give a coupon of a promotion that is granted by games and red envelopes: one for each `cause`, however often it is called.

    Raises NotFound, or Conflict as `claim_coupon`.
    """
    if not cause:
        raise ValueError("a coupon is granted for a cause")
    return claim(promotion_id=promotion_id, buyer_id=buyer_id, means=Promotion.Means.GRANTED, at=at, cause=cause)


def issue_coupons(*, promotion_id: UUID, buyer_ids: Collection[UUID], at: datetime) -> int:
    """Put a targeted promotion's coupon into the wallets of these buyers, one each, as long as there are any, and tell them.
    Those who have it from before keep it. Returns how many got one. Whoever is issuing the same is waited for."""
    wanted = sorted(set(buyer_ids))
    issued = 0
    for start in range(0, len(wanted), _AT_ONCE):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('issue:' || %s, 0))", [str(promotion_id)])
            some = wanted[start : start + _AT_ONCE]
            cursor.execute(_ISSUE, [some, promotion_id, Promotion.Means.TARGETED, at])
            ids = [id for (id,) in cursor.fetchall()]
            _tell("coupon_given", ids, at)
        issued += len(ids)
    return issued


def give_follower(*, store_id: UUID, user_id: UUID, at: datetime) -> int:
    """Who follows a store gets its coupons for followers, each once. Returns how many are new."""
    running = Promotion.objects.filter(
        store_id=store_id, kind=Promotion.Kind.COUPON, means=Promotion.Means.FOLLOWER, state=Promotion.State.ON, since__lte=at,
        until__gt=at,
    )  # fmt: skip
    promotion_ids = list(running.order_by("id").values_list("id", flat=True))
    if not promotion_ids:
        return 0
    buyer_id = buyer_of_user(user_id=user_id, at=at)
    given = [got.coupon_id for id in promotion_ids if (got := _given(id, buyer_id, at)) and got.is_new]
    _tell("coupon_given", given, at)
    return len(given)


def _given(promotion_id: UUID, buyer_id: UUID, at: datetime) -> Claimed | None:
    """None: all of them are gone, or it ended just now. Who follows a store anyway does not hear of that."""
    try:
        return claim(promotion_id=promotion_id, buyer_id=buyer_id, means=Promotion.Means.FOLLOWER, at=at, cause="followed")
    except Conflict:
        return None


def remind(*, at: datetime) -> int:
    """Tell everybody whose coupon ends within two days, once. Returns how many coupons that was."""
    told = 0
    while True:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_ENDING, {"at": at, "soon": at + SOON, "before": at - NOT_BEFORE, "most": _AT_ONCE})
            ids = [id for (id,) in cursor.fetchall()]
            Coupon.objects.filter(pk__in=ids).update(reminded_at=at)
            _tell("coupon_ending", ids, at)
        told += len(ids)
        if len(ids) < _AT_ONCE:
            return told


def _tell(code: str, coupon_ids: Sequence[UUID], at: datetime) -> None:
    if coupon_ids:
        announce_all(told=_announcements(code, coupon_ids), at=at)


def _announcements(code: str, coupon_ids: Sequence[UUID]) -> Iterable[Announcement]:
    with connection.cursor() as cursor:
        cursor.execute(_TO_TELL, [list(coupon_ids)])
        for coupon_id, user_id, name, store, until in cursor.fetchall():
            about = {"coupon": name, "store": store, "until": until}
            yield Announcement(user_id=user_id, code=code, cause=str(coupon_id), about=about, url=WALLET)
