"""Pieces of a limited deal for a buyer: held for some minutes, then theirs by the order (`redeeming.py`) or given back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from caravan.catalog.actions.stock import free_aside
from caravan.kernel.errors import Conflict, NotFound, Problem
from caravan.promotions.actions.claiming import Audience, WhoAsks, audience_of, nobody_known
from caravan.promotions.actions.deciding import Decision
from caravan.promotions.actions.stamps import touch
from caravan.promotions.models import Hold, Promotion, PromotionGoods
from caravan.promotions.rules.claims import HELD_FOR


@dataclass(frozen=True, slots=True)
class Held:
    """`pieces` are the buyer's `until` then, unless they are ordered. `is_new`: this request got them, else an earlier one."""

    pieces: int
    until: datetime
    is_new: bool


_decide = Decision("promotions_hold_pieces", UUID, UUID, int, str, str, UUID, datetime, datetime)
_GIVE_BACK = "SELECT promotions_give_back(%s, %s::int)"
_LOCK_GOODS = "SELECT 1 FROM promotions_promotiongoods WHERE id = %s FOR NO KEY UPDATE"
_EXPIRED = """
SELECT id, goods_id FROM promotions_hold WHERE state = 'held' AND until <= %s
ORDER BY goods_id, id LIMIT %s FOR UPDATE SKIP LOCKED
"""
# What lists were told last against what is in the buckets of deals that run.
_CHANGED = """
SELECT g.id, p.store_id, NOT g.is_sold_out FROM promotions_promotiongoods g JOIN promotions_promotion p ON p.id = g.promotion_id
WHERE g.quantity IS NOT NULL AND p.kind = 'limited' AND p.state = 'on' AND p.until > %s AND g.is_sold_out = (
    p.exhausted_at IS NULL AND EXISTS (SELECT FROM promotions_bucket b WHERE b.subject_id = g.id AND b."left" > 0)
) ORDER BY g.id
"""
_AT_ONCE = 500


def hold_pieces(
    *, goods_id: UUID, buyer_id: UUID, market: str, at: datetime, pieces: int = 1, who: WhoAsks = nobody_known
) -> Held:
    """See to it that `pieces` of a limited deal's goods are held for the buyer, for a quarter of an hour from now or from when
    they were. The same request again has the same answer. `who` as in `claim_coupon`.

    Raises NotFound, or Conflict with the code "deal.early", "late", "paused", "market", "audience", "limit" or "gone".
    """
    if pieces <= 0:
        raise ValueError(f"{pieces} pieces of {goods_id}")
    outcome, held, is_marked = _hold(goods_id, buyer_id, pieces, market, None, at)
    if outcome == "audience":
        promotion_id = PromotionGoods.objects.values_list("promotion_id", flat=True).get(pk=goods_id)
        if audience := audience_of(promotion_id=promotion_id, market=market, who=who, at=at):
            outcome, held, is_marked = _hold(goods_id, buyer_id, pieces, market, audience, at)
    if outcome == "gone" and not is_marked:
        _mark(goods_id, is_sold_out=True)
    if held is None:
        raise refused(outcome)
    return held


def _hold(
    goods_id: UUID, buyer_id: UUID, pieces: int, market: str, audience: Audience | None, at: datetime
) -> tuple[str, Held | None, bool]:
    belongs = (audience.name, audience.segment_id) if audience else (None, None)
    outcome, held, until, is_marked = _decide(goods_id, buyer_id, pieces, market, *belongs, at, at + HELD_FOR)
    return outcome, Held(held, until, outcome == "new") if outcome in ("new", "again") else None, bool(is_marked)


def let_go(*, goods_id: UUID, buyer_id: UUID) -> int:
    """The buyer does not want the pieces held any more. Returns how many there were; what is ordered stays ordered."""
    with transaction.atomic():
        mine = Hold.objects.filter(goods_id=goods_id, buyer_id=buyer_id, state=Hold.State.HELD)
        ids = list(mine.select_for_update().order_by("id").values_list("id", flat=True))
        _to_shelf(Counter({goods_id: len(ids)}) if ids else {}, ids)
    return len(ids)


def let_go_of_variant(*, user_id: UUID, variant_id: UUID) -> int:
    """The same of all that is held of an article for an account, inside the caller's transaction or in one of its own."""
    held = Hold.objects.filter(buyer__user_id=user_id, goods__variant_id=variant_id, state=Hold.State.HELD)
    mine = set(held.values_list("goods_id", "buyer_id"))
    return sum(let_go(goods_id=goods_id, buyer_id=buyer_id) for goods_id, buyer_id in sorted(mine))


def give_back_expired(*, at: datetime) -> int:
    """Pieces nobody ordered in time are others' again. Returns how many. What somebody is just ordering is left to them."""
    given = 0
    while True:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(_EXPIRED, [at, _AT_ONCE])
                rows = cursor.fetchall()
            _to_shelf(Counter(goods_id for _, goods_id in rows), [id for id, _ in rows])
        given += len(rows)
        if len(rows) < _AT_ONCE:
            return given


def _to_shelf(counted: Mapping[UUID, int], hold_ids: list[UUID]) -> None:
    """Pieces to their deal, or to everybody where that has ended, under the locks of their holds."""
    Hold.objects.filter(pk__in=hold_ids).delete()
    ended = {goods_id: n for goods_id, n in sorted(counted.items()) if not give_back(goods_id=goods_id, pieces=n)}
    variants = dict(PromotionGoods.objects.filter(pk__in=ended).values_list("pk", "variant_id")) if ended else {}
    free_aside(given=[(variant, ended[goods]) for goods, variant in variants.items() if variant])


def give_back(*, goods_id: UUID, pieces: int) -> bool:
    """Into the buckets of the deal, inside the caller's transaction. False: it has none any more, it has ended or is paused.

    Whoever resumes it counts what buyers have under the lock of its goods (`standing.lock_goods`): either these pieces are no
    longer among that, or the buckets are there at the second look.
    """
    if _into_buckets(goods_id, pieces):
        return True
    with connection.cursor() as cursor:
        cursor.execute(_LOCK_GOODS, [goods_id])
    return _into_buckets(goods_id, pieces)


def _into_buckets(goods_id: UUID, pieces: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_GIVE_BACK, [goods_id, pieces])
        return bool(cursor.fetchone()[0])


def mark_sold_out(*, at: datetime) -> int:
    """Have lists say of each deal that runs whether there is anything left of it. Returns of how many that has changed."""
    with connection.cursor() as cursor:
        cursor.execute(_CHANGED, [at])
        changed = cursor.fetchall()
    for goods_id, _store_id, is_sold_out in changed:
        _mark(goods_id, is_sold_out=is_sold_out)
    return len(changed)


def _mark(goods_id: UUID, *, is_sold_out: bool) -> None:
    """Whoever says it first has the lists read again; a transaction of its own, after that of the piece."""
    with transaction.atomic():
        if PromotionGoods.objects.filter(pk=goods_id, is_sold_out=not is_sold_out).update(is_sold_out=is_sold_out):
            touch(store_ids=Promotion.objects.filter(goods=goods_id).values_list("store_id", flat=True))


def refused(outcome: str) -> Problem:
    """What somebody is told who gets no piece."""
    match outcome:
        case "none":
            return NotFound("deal.none", _("There is no such deal."))
        case "early":
            text = _("This deal has not started yet.")
        case "late":
            text = _("This deal is over.")
        case "paused":
            text = _("This deal is paused at the moment.")
        case "market":
            text = _("This deal is for other countries than yours.")
        case "audience":
            text = _("This deal is for others: for new customers, followers or invited ones.")
        case "limit":
            text = _("You have as many pieces at this price as one person may have.")
        case _:
            text = _("Nothing is left at this price. What others hold and do not buy comes back within a quarter of an hour.")
    return Conflict(f"deal.{outcome}", text)
