"""What buyers can take now or soon: coupons to collect, and pieces of limited deals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from caravan.kernel.money import Money
from caravan.promotions.queries.offers import PLATFORM
from caravan.promotions.rules import Audience, Benefit

PAGE = 24
SOON = timedelta(days=2)  # before it starts a coupon is shown

_MINE = """
SELECT count(*), max(c.id::text) FILTER (WHERE c.state IN ('issued', 'released') AND c.valid_until > %(at)s)
FROM promotions_coupon c JOIN people_buyer b ON b.id = c.buyer_id WHERE b.user_id = %(user_id)s AND c.promotion_id = p.id
"""
_COLUMNS = f"""
SELECT p.id, p.name, p.store_id, coalesce(s.slug, ''), coalesce(s.name, ''), p.currency, p.percent, p.amount_minor, p.cap_minor,
    p.min_spend_minor, p.audience, p.since, p.until, p.valid_since, p.valid_until, p.valid_days, p.per_buyer, p.total, p.state,
    p.group_id IS NOT NULL OR p.is_chosen OR cardinality(p.categories) > 0,
    CASE WHEN p.exhausted_at IS NOT NULL THEN 0 WHEN p.total IS NOT NULL THEN
        coalesce((SELECT sum(b."left")::int FROM promotions_bucket b WHERE b.subject_id = p.id), 0) END,
    mine.count, mine.max
FROM promotions_promotion p LEFT JOIN stores_store s ON s.id = p.store_id CROSS JOIN LATERAL ({_MINE}) mine
WHERE p.kind = 'coupon' AND p.means = 'collect' AND (p.store_id IS NULL OR s.status = 'open')
"""  # noqa: S608 - constants of this module
# Those that run come before those that start soon, those that end first before the others.
_LIST = f"""
{_COLUMNS} AND p.state = 'on' AND p.until > %(at)s AND p.since <= %(soon)s
    AND (cardinality(p.markets) = 0 OR %(market)s = ANY(p.markets))
    AND (%(store)s::uuid IS NULL OR p.store_id IS NOT DISTINCT FROM nullif(%(store)s::uuid, %(platform)s::uuid))
ORDER BY p.since > %(at)s, p.until, p.id OFFSET %(offset)s LIMIT %(limit)s
"""
_ONE = f"{_COLUMNS} AND p.id = %(id)s AND p.state <> 'draft'"
_DEALS = """
SELECT g.id, g.variant_id, g.product_id, p.name, p.since, p.until, g.quantity, g.per_buyer,
    coalesce((SELECT sum(b."left")::int FROM promotions_bucket b WHERE b.subject_id = g.id AND p.exhausted_at IS NULL), 0),
    (SELECT count(*)::int FROM promotions_hold h JOIN people_buyer y ON y.id = h.buyer_id
     WHERE h.goods_id = g.id AND y.user_id = %(user_id)s::uuid AND (h.state <> 'held' OR h.until > %(at)s))
FROM promotions_promotiongoods g JOIN promotions_promotion p ON p.id = g.promotion_id
WHERE (g.product_id = %(product)s::uuid OR g.id = %(goods)s::uuid)
    AND g.quantity IS NOT NULL AND p.kind = 'limited' AND p.state = 'on' AND p.since <= %(at)s AND p.until > %(at)s
ORDER BY p.until, g.id
"""
_HELD = """
SELECT h.goods_id, g.variant_id, count(*)::int, min(h.until) FROM promotions_hold h
JOIN promotions_promotiongoods g ON g.id = h.goods_id JOIN people_buyer b ON b.id = h.buyer_id
WHERE b.user_id = %s AND h.state = 'held' AND h.until > %s GROUP BY h.goods_id, g.variant_id
"""


@dataclass(frozen=True, slots=True)
class Claimable:
    """A coupon that is given out from `since` until before `until`. `left` of its `total` (None: as many as are wanted).

    `owned`: how many of it the account has had, `usable_id`: one it can use. `is_for_some`: not for all goods of its store.
    """

    promotion_id: UUID
    name: str
    store_id: UUID | None
    store_slug: str
    store_name: str
    benefit: Benefit
    min_spend: Money | None
    audience: Audience
    since: datetime
    until: datetime
    valid_since: datetime | None
    valid_until: datetime | None
    valid_days: int | None
    per_buyer: int
    total: int | None
    state: str
    is_for_some: bool
    left: int | None
    owned: int
    usable_id: UUID | None

    @property
    def is_sold_out(self) -> bool:
        return self.left == 0

    @property
    def is_full(self) -> bool:
        """The account has had as many as one person may have."""
        return self.owned >= self.per_buyer

    @property
    def next_nth(self) -> int:
        """The number to claim: the same, however often the same page is sent."""
        return self.owned + 1


@dataclass(frozen=True, slots=True)
class ClaimablePage:
    """`cursor` of the next page, empty on the last one."""

    coupons: tuple[Claimable, ...]
    cursor: str


@dataclass(frozen=True, slots=True)
class LimitedPieces:
    """Pieces of a variant at a deal: `left` of `quantity`. `mine`: what the account holds, has ordered or bought of it."""

    goods_id: UUID
    variant_id: UUID
    product_id: UUID
    name: str
    since: datetime
    until: datetime
    quantity: int
    per_buyer: int | None
    left: int
    mine: int


@dataclass(frozen=True, slots=True)
class HeldPieces:
    """`pieces` of a variant are the account's until then, at the deal's price."""

    goods_id: UUID
    variant_id: UUID
    pieces: int
    until: datetime


def claimable_coupons(
    *, market: str, at: datetime, user_id: UUID | None = None, store_id: UUID | None = None, after: str = "", limit: int = PAGE
) -> ClaimablePage:
    """Coupons to collect in `market` (ISO country), those that run and those of the next two days: of all stores and the
    platform, or of one store (`PLATFORM`: the platform alone). What is left of each is as of this moment: one statement."""
    offset = int(after) if after.isdecimal() and len(after) < 7 else 0
    where: dict[str, datetime | str | UUID | int | None] = {
        "at": at, "soon": at + SOON, "market": market, "store": store_id, "platform": PLATFORM, "user_id": user_id,
        "offset": offset, "limit": limit + 1,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_LIST, where)
        rows = cursor.fetchall()
    return ClaimablePage(tuple(_claimable(row) for row in rows[:limit]), str(offset + limit) if len(rows) > limit else "")


def claimable_coupon(*, promotion_id: UUID, at: datetime, user_id: UUID | None = None) -> Claimable | None:
    """One of them, also after it is over."""
    with connection.cursor() as cursor:
        cursor.execute(_ONE, {"id": promotion_id, "at": at, "user_id": user_id})
        row = cursor.fetchone()
    return _claimable(row) if row else None


def limited_of_product(*, product_id: UUID, at: datetime, user_id: UUID | None = None) -> list[LimitedPieces]:
    """The running deals with only so many pieces on one product, those that end first before the others; as of this moment."""
    return _limited({"product": product_id, "goods": None, "at": at, "user_id": user_id})


def limited_deal(*, goods_id: UUID, at: datetime, user_id: UUID | None = None) -> LimitedPieces | None:
    """One of them, while it runs."""
    return next(iter(_limited({"product": None, "goods": goods_id, "at": at, "user_id": user_id})), None)


def _limited(where: dict[str, UUID | datetime | None]) -> list[LimitedPieces]:
    with connection.cursor() as cursor:
        cursor.execute(_DEALS, where)
        return [LimitedPieces(*row) for row in cursor.fetchall()]


def held_pieces(*, user_id: UUID, at: datetime) -> dict[UUID, HeldPieces]:
    """What is held for the account just now, by variant."""
    with connection.cursor() as cursor:
        cursor.execute(_HELD, [user_id, at])
        return {row[1]: HeldPieces(*row) for row in cursor.fetchall()}


def _claimable(row: tuple[Any, ...]) -> Claimable:
    (id, name, store_id, slug, store, currency, percent, amount, cap, min_spend, audience, since, until, valid_since, valid_until,
     valid_days, per_buyer, total, state, is_for_some, left, owned, usable) = row  # fmt: skip
    benefit = Benefit(
        percent=percent,
        amount=Money(amount, currency) if amount is not None else None,
        cap=Money(cap, currency) if cap is not None else None,
    )
    return Claimable(
        promotion_id=id, name=name, store_id=store_id, store_slug=slug, store_name=store, benefit=benefit,
        min_spend=Money(min_spend, currency) if min_spend else None, audience=Audience(audience), since=since, until=until,
        valid_since=valid_since, valid_until=valid_until, valid_days=valid_days, per_buyer=per_buyer, total=total, state=state,
        is_for_some=is_for_some, left=left, owned=owned, usable_id=UUID(usable) if usable else None,
    )  # fmt: skip
