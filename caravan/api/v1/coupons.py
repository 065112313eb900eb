"""Coupons to collect, and those of the token's account."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from uuid import UUID

from django.utils.translation import gettext as _

from caravan.api.endpoint import B, Call, Nothing, Page, Shape, endpoint
from caravan.api.v1.shapes import Amount, page_of
from caravan.kernel.errors import Invalid, NotFound
from caravan.people.actions.buyers import buyer_of_user
from caravan.people.actions.limits import spend
from caravan.people.rules.limits import CLAIMS, CODES, CODES_OF_NETWORK
from caravan.promotions.actions.claiming import Claimed, claim_coupon
from caravan.promotions.actions.codes import enter_code
from caravan.promotions.queries.claimable import Claimable, claimable_coupon, claimable_coupons
from caravan.promotions.queries.wallet import Shelf, WalletCoupon, coupons_by_ids, wallet
from caravan.promotions.rules import Benefit
from caravan.stores.queries import store_by_slug
from caravan.trade.queries.buyer_facts import facts_of


class CouponsQuery(Shape, frozen=True):
    """`store`: a store's slug; without it those of all stores and of the market itself."""

    store: str = ""
    cursor: str = ""
    limit: int = 24


class WalletQuery(Shape, frozen=True):
    """`shelf`: usable (now, later, or locked by an order that is not paid yet), used or expired."""

    shelf: str = "usable"
    cursor: str = ""
    limit: int = 24


class ClaimBody(Shape, frozen=True):
    """`nth` of yours of this coupon: sent again with the same number, the answer is the same one."""

    nth: int = 1


class CodeBody(Shape, frozen=True):
    code: str


class BenefitShape(Shape, frozen=True):
    """What is taken off: an `amount`, or `percent` of the goods, at most `cap`. In the currency of whoever gives it."""

    percent: int
    amount: Amount | None
    cap: Amount | None


class CouponShape(Shape, frozen=True):
    """A coupon to collect, from `since` until before `until`. `store` is a slug, null: the market's own. `left` of its `total`,
    both null where there is no end of them. `audience`: everyone, new_buyers, followers or segment. `owned`: how many of it the
    token's account has had, of `per_buyer` at most. It is valid between `valid_since` and `valid_until`, or for `valid_days`."""

    id: UUID
    name: str
    store: str | None
    benefit: BenefitShape
    min_spend: Amount | None
    audience: str
    since: datetime
    until: datetime
    valid_since: datetime | None
    valid_until: datetime | None
    valid_days: int | None
    total: int | None
    left: int | None
    per_buyer: int
    owned: int


class WalletCouponShape(Shape, frozen=True):
    """A coupon of the account. `coupon` is the one it was collected as. `state`: usable, later, locked, used or expired.
    `markets`: ISO codes of the countries it is good in, empty for all."""

    id: UUID
    coupon: UUID
    name: str
    store: str | None
    benefit: BenefitShape
    min_spend: Amount | None
    markets: list[str]
    stackable: bool
    state: str
    valid_since: datetime
    valid_until: datetime
    used_at: datetime | None


@endpoint("GET", "coupons", answer=Page[CouponShape], query=CouponsQuery, auth="optional")
def list_coupons(call: Call[CouponsQuery, None]) -> Page[CouponShape]:
    """Coupons to collect in the market, those that run first"""
    store_id = store_by_slug(call.query.store).id if call.query.store else None
    found = claimable_coupons(
        market=call.market.code, at=call.at, user_id=call.account_id, store_id=store_id, after=call.query.cursor,
        limit=page_of(call.query.limit),
    )  # fmt: skip
    return Page(items=[_shape(row) for row in found.coupons], next=found.cursor or None)


@endpoint("GET", "coupons/{coupon_id}", answer=CouponShape, auth="optional")
def get_coupon(call: Call[Nothing, None], coupon_id: UUID) -> CouponShape:
    """A coupon to collect, and what is left of it at this moment"""
    found = claimable_coupon(promotion_id=coupon_id, at=call.at, user_id=call.account_id)
    if found is None:
        raise NotFound("coupon.none", _("There is no such coupon."))
    return _shape(found)


@endpoint(
    "POST", "coupons/{coupon_id}/claims", answer=WalletCouponShape, body=ClaimBody, auth="required", status=201,
    spends=("claim", CLAIMS),
)  # fmt: skip
def collect_coupon(call: Call[Nothing, ClaimBody], coupon_id: UUID) -> WalletCouponShape:
    """Collect a coupon

    The same request has the same answer, however often it comes. What is taken by others meanwhile is a conflict.
    """
    user_id = call.user_id
    claimed = claim_coupon(
        promotion_id=coupon_id, buyer_id=buyer_of_user(user_id=user_id, at=call.at), market=call.market.code, at=call.at,
        nth=_nth(call.body.nth), who=partial(facts_of, user_id=user_id, at=call.at),
    )  # fmt: skip
    return _mine(call, claimed)


@endpoint("GET", "wallet", answer=Page[WalletCouponShape], query=WalletQuery, auth="required")
def list_wallet(call: Call[WalletQuery, None]) -> Page[WalletCouponShape]:
    """Your coupons"""
    if call.query.shelf not in list(Shelf):
        raise Invalid("wallet.shelf", "Shelves are usable, used and expired.", shelf="usable, used or expired")
    shelf, limit = Shelf(call.query.shelf), page_of(call.query.limit)
    found = wallet(user_id=call.user_id, shelf=shelf, at=call.at, after=call.query.cursor, limit=limit)
    return Page(items=[_wallet_shape(row) for row in found.coupons], next=found.cursor or None)


@endpoint(
    "POST", "wallet/codes", answer=WalletCouponShape, body=CodeBody, auth="required", status=201, spends=("coupon-code", CODES)
)
def enter_a_code(call: Call[Nothing, CodeBody]) -> WalletCouponShape:
    """The coupon a code is for

    Capitals, spaces and hyphens make no difference. Few tries an hour: codes are not for guessing.
    """
    spend(key=f"coupon-code:{call.network}", per=CODES_OF_NETWORK, at=call.at)
    user_id = call.user_id
    claimed = enter_code(
        buyer_id=buyer_of_user(user_id=user_id, at=call.at), text=call.body.code, market=call.market.code, at=call.at,
        who=partial(facts_of, user_id=user_id, at=call.at),
    )  # fmt: skip
    return _mine(call, claimed)


def _nth(nth: int) -> int:
    if not 1 <= nth <= 1_000:
        raise Invalid("coupon.nth", "Send which one of yours it is, from 1.", nth="from 1")
    return nth


def _mine(call: Call[Nothing, B], claimed: Claimed) -> WalletCouponShape:
    return _wallet_shape(coupons_by_ids(user_id=call.user_id, ids=[claimed.coupon_id], at=call.at)[claimed.coupon_id])


def _benefit(benefit: Benefit) -> BenefitShape:
    return BenefitShape(percent=benefit.percent, amount=Amount.if_any(benefit.amount), cap=Amount.if_any(benefit.cap))


def _shape(row: Claimable) -> CouponShape:
    return CouponShape(
        id=row.promotion_id, name=row.name, store=row.store_slug or None, benefit=_benefit(row.benefit),
        min_spend=Amount.if_any(row.min_spend), audience=row.audience, since=row.since, until=row.until,
        valid_since=row.valid_since, valid_until=row.valid_until, valid_days=row.valid_days, total=row.total, left=row.left,
        per_buyer=row.per_buyer, owned=row.owned,
    )  # fmt: skip


def _wallet_shape(row: WalletCoupon) -> WalletCouponShape:
    return WalletCouponShape(
        id=row.id, coupon=row.promotion_id, name=row.name, store=row.store_slug or None, benefit=_benefit(row.benefit),
        min_spend=Amount.if_any(row.min_spend), markets=list(row.markets), stackable=row.stackable,
        state=row.standing, valid_since=row.valid_since, valid_until=row.valid_until, used_at=row.used_at,
    )  # fmt: skip
