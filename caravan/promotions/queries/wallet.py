"""The coupons somebody has, for their page and for the engine."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import Q, QuerySet

from caravan.kernel.money import Money
from caravan.promotions.models import Coupon, Promotion
from caravan.promotions.queries.offers import benefit_of, coupon_of, min_spend_of
from caravan.promotions.queries.scopes import goods_of, groups_of, scope_of
from caravan.promotions.rules import Audience, Benefit, Conditions, Scope
from caravan.promotions.rules import Coupon as CouponRule
from caravan.stores.queries import StoreRow, stores_by_ids

PAGE = 24
MOST_AT_ONCE = 60  # coupons one cart is priced with; those that end first


class Standing(StrEnum):
    """What its holder can do with a coupon."""

    USABLE = "usable"
    LATER = "later"  # not valid yet
    LOCKED = "locked"  # by a purchase that waits for its money
    USED = "used"
    EXPIRED = "expired"


class Shelf(StrEnum):
    """The parts of a wallet."""

    USABLE = "usable"  # now, later, or locked
    USED = "used"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class WalletCoupon:
    """`store_id` None: the platform's. Amounts of `benefit` and `min_spend` are in the currency of whoever gives it. `markets`
    empty: everywhere. `scope` says what it is for, of the store's goods or of all."""

    id: UUID
    promotion_id: UUID
    name: str
    store_id: UUID | None
    store_slug: str
    store_name: str
    benefit: Benefit
    min_spend: Money | None
    scope: Scope
    markets: tuple[str, ...]
    stackable: bool
    standing: Standing
    valid_since: datetime
    valid_until: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class WalletPage:
    """`cursor` of the next page, empty on the last one."""

    coupons: tuple[WalletCoupon, ...]
    cursor: str


_FREE = Q(state__in=[Coupon.State.ISSUED, Coupon.State.RELEASED])


def wallet(*, user_id: UUID, shelf: Shelf, at: datetime, after: str = "", limit: int = PAGE) -> WalletPage:
    """The account's coupons: those that can be used, the first to end first; those used or expired, the last first."""
    found = Coupon.objects.filter(buyer__user_id=user_id)
    offset = int(after) if after.isdecimal() and len(after) < 7 else 0
    match shelf:
        case Shelf.USABLE:
            found = found.filter(_FREE | Q(state=Coupon.State.LOCKED), valid_until__gt=at).order_by("valid_until", "id")
        case Shelf.USED:
            found = found.filter(state=Coupon.State.USED).order_by("-used_at", "id")
        case Shelf.EXPIRED:
            found = found.exclude(state=Coupon.State.USED).filter(valid_until__lte=at).order_by("-valid_until", "id")
    rows = list(found.select_related("promotion")[offset : offset + limit + 1])
    return WalletPage(_seen(rows[:limit], at), str(offset + limit) if len(rows) > limit else "")


def coupons_by_ids(*, user_id: UUID, ids: Collection[UUID], at: datetime) -> dict[UUID, WalletCoupon]:
    """Of these coupons the account's own."""
    rows = Coupon.objects.filter(buyer__user_id=user_id, pk__in=ids).select_related("promotion")
    return {coupon.id: coupon for coupon in _seen(list(rows), at)}


def coupons_of_promotion(*, user_id: UUID, promotion_id: UUID, at: datetime) -> tuple[WalletCoupon, ...]:
    """Those of one promotion that the account has had."""
    rows = Coupon.objects.filter(buyer__user_id=user_id, promotion_id=promotion_id).select_related("promotion").order_by("nth")
    return _seen(list(rows), at)


def usable_coupons(*, user_id: UUID, store_ids: Iterable[UUID], at: datetime) -> tuple[CouponRule, ...]:
    """What the account holds for orders from these stores, the platform's included, as the engine reads it. In order of end, so
    many as one cart is priced with; one statement where there are none."""
    rows = _usable(user_id, list(store_ids), at)[:MOST_AT_ONCE]
    coupons = list(rows)
    promotions = [coupon.promotion for coupon in coupons]
    goods, groups = goods_of(_chosen(promotions)), groups_of(promotions)
    return tuple(_rule(c, scope_of(c.promotion, goods.get(c.promotion_id, []), groups)) for c in coupons)


def _usable(user_id: UUID, store_ids: list[UUID], at: datetime) -> QuerySet[Coupon]:
    mine = Coupon.objects.filter(_FREE, buyer__user_id=user_id, valid_since__lte=at, valid_until__gt=at)
    here = mine.filter(Q(promotion__store_id__in=store_ids) | Q(promotion__store_id=None), promotion__exhausted_at=None)
    return here.select_related("promotion").order_by("valid_until", "id")


def _chosen(promotions: Iterable[Promotion]) -> list[Promotion]:
    return [promotion for promotion in promotions if promotion.is_chosen]


def _rule(coupon: Coupon, scope: Scope) -> CouponRule:
    promotion = coupon.promotion
    when = Conditions(coupon.valid_since, coupon.valid_until, frozenset(promotion.markets), _audience(promotion))
    return coupon_of(promotion, scope, id=coupon.pk, when=when, left=_left(promotion))


def _left(promotion: Promotion) -> Money | None:
    """What it may cost still, where it has a cap."""
    cap = promotion.budget_minor
    return Money(cap - promotion.spent_minor, promotion.currency) if cap is not None else None


def _audience(promotion: Promotion) -> Audience:
    """Whom it was meant for was asked when it was collected. Whether somebody still is a new buyer is asked again with the order,
    and whether they still follow: not where it was given for following."""
    audience = Audience(promotion.audience)
    asked_for = promotion.means in (Promotion.Means.COLLECT, Promotion.Means.CODE)
    return audience if asked_for and audience in (Audience.NEW_BUYERS, Audience.FOLLOWERS) else Audience.EVERYONE


def _seen(coupons: Sequence[Coupon], at: datetime) -> tuple[WalletCoupon, ...]:
    promotions = [coupon.promotion for coupon in coupons]
    goods, groups = goods_of(_chosen(promotions)), groups_of(promotions)
    stores = stores_by_ids({p.store_id for p in promotions if p.store_id})
    return tuple(
        _row(
            c,
            scope_of(c.promotion, goods.get(c.promotion_id, []), groups),
            stores.get(c.promotion.store_id) if c.promotion.store_id else None,
            at,
        )
        for c in coupons
    )


def _row(coupon: Coupon, scope: Scope, store: StoreRow | None, at: datetime) -> WalletCoupon:
    promotion = coupon.promotion
    return WalletCoupon(
        id=coupon.pk,
        promotion_id=promotion.pk,
        name=promotion.name,
        store_id=promotion.store_id,
        store_slug=store.slug if store else "",
        store_name=store.name if store else "",
        benefit=benefit_of(promotion, promotion.currency),
        min_spend=min_spend_of(promotion),
        scope=scope,
        markets=tuple(promotion.markets),
        stackable=promotion.stackable,
        standing=_standing(coupon, at),
        valid_since=coupon.valid_since,
        valid_until=coupon.valid_until,
        used_at=coupon.used_at,
    )


def _standing(coupon: Coupon, at: datetime) -> Standing:
    if coupon.state in (Coupon.State.USED, Coupon.State.LOCKED):
        return Standing(coupon.state)
    if coupon.valid_until <= at:
        return Standing.EXPIRED
    return Standing.USABLE if coupon.valid_since <= at else Standing.LATER
