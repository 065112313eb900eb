"""Coupons: what they are worth, how many there are, how one gets one, and until when it may be used."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from caravan.promotions.rules.drafting.frame import check_amount, check_scope
from caravan.promotions.rules.drafting.orders import check_benefit
from caravan.promotions.rules.drafts import CouponDraft, Means
from caravan.promotions.rules.goods import OwnerFacts, Refusal
from caravan.promotions.rules.offers import Audience

CODE = re.compile(r"[A-Z0-9]{6,24}")
TOTAL, PER_BUYER, DAYS = 10_000_000, 20, 365


def check_coupon(draft: CouponDraft, owner: OwnerFacts) -> Iterator[Refusal]:
    """Its worth, its number, its code, and its time."""
    yield from check_benefit("", draft.percent, draft.amount, draft.cap, owner)
    yield from check_scope(draft.scope, owner)
    if draft.min_spend is not None:
        yield from check_amount("min_spend", draft.min_spend, owner)
        if draft.amount is not None and draft.min_spend.minor < draft.amount.minor:
            yield Refusal("min_spend", "coupon.min_spend")
    if draft.total is not None and not 1 <= draft.total <= TOTAL:
        yield Refusal("total", "number.range", {"least": 1, "most": TOTAL})
    if not 1 <= draft.per_buyer <= PER_BUYER:
        yield Refusal("per_buyer", "per_buyer.range", {"most": PER_BUYER})
    elif draft.total and draft.per_buyer > draft.total:
        yield Refusal("per_buyer", "coupon.per_buyer")
    yield from _check_means(draft, owner)
    yield from _check_time(draft)


def _check_means(draft: CouponDraft, owner: OwnerFacts) -> Iterator[Refusal]:
    if draft.means is Means.CODE:
        if draft.code and not CODE.fullmatch(draft.code):  # without one for all there are codes that are good once
            yield Refusal("coupon_code", "coupon.code")
    elif draft.code:
        yield Refusal("coupon_code", "coupon.no_code")
    if draft.means is Means.TARGETED and draft.frame.audience is not Audience.SEGMENT:
        yield Refusal("audience", "coupon.segment")
    if draft.means is Means.FOLLOWER and (draft.frame.audience is not Audience.FOLLOWERS or owner.is_platform):
        yield Refusal("audience", "coupon.followers")


def _check_time(draft: CouponDraft) -> Iterator[Refusal]:
    fixed = draft.valid_since is not None or draft.valid_until is not None
    if fixed == (draft.valid_days is not None):
        yield Refusal("valid_days", "coupon.validity")
    elif draft.valid_days is not None:
        if not 1 <= draft.valid_days <= DAYS:
            yield Refusal("valid_days", "number.range", {"least": 1, "most": DAYS})
    elif draft.valid_until is None:
        yield Refusal("valid_until", "coupon.valid_until")
    elif draft.valid_until < draft.frame.until:
        yield Refusal("valid_until", "coupon.valid_short")
    elif draft.valid_until > draft.frame.until + timedelta(days=DAYS):
        yield Refusal("valid_until", "coupon.valid_long", {"most": DAYS})
    elif draft.valid_since is not None and draft.valid_since >= draft.valid_until:
        yield Refusal("valid_until", "until.before")
    elif draft.valid_since is not None and draft.valid_since < draft.frame.since - timedelta(days=DAYS):
        yield Refusal("valid_since", "since.past")
