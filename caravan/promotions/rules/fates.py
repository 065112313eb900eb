"""What became of each coupon in a cart: used, or why not."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from caravan.kernel.money import Money
from caravan.promotions.rules.facts import BuyerFacts, LineFacts
from caravan.promotions.rules.offers import Coupon
from caravan.promotions.rules.terms import Terms


class Why(StrEnum):
    """Why a coupon takes nothing off."""

    NOT_HERE = "not_here"  # it is for other markets
    NOT_FOR_YOU = "not_for_you"  # for others than this buyer
    NO_GOODS = "no_goods"  # nothing in the cart that it is for
    MIN_SPEND = "min_spend"  # `missing` more of the goods it is for
    BETTER = "better"  # one saves as much or more without it, and not all go together


@dataclass(frozen=True, slots=True)
class Fate:
    """`why` None: the coupon is used."""

    coupon: Coupon
    why: Why | None = None
    missing: Money | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """The cart the coupons were held against: each line with its goods at the prices on the cards."""

    lines: Sequence[tuple[LineFacts, Money]]
    market: str
    currency: str
    buyer: BuyerFacts
    at: datetime


def fates(coupons: Iterable[Coupon], used: Collection[UUID], seen: Seen, terms: Terms) -> list[Fate]:
    """Of each coupon, in their order. `used` are the ids of those that took something off."""
    return [Fate(coupon) if coupon.id in used else _fate(coupon, seen, terms) for coupon in coupons]


def _fate(coupon: Coupon, seen: Seen, terms: Terms) -> Fate:
    if coupon.when.markets and seen.market not in coupon.when.markets:
        return Fate(coupon, Why.NOT_HERE)
    if not coupon.when.met(seen.market, seen.buyer, coupon.store_id, seen.at):
        return Fate(coupon, Why.NOT_FOR_YOU)
    covered = [
        amount.minor for line, amount in seen.lines if coupon.store_id in (None, line.store_id) and coupon.scope.covers(line)
    ]
    if not sum(covered):
        return Fate(coupon, Why.NO_GOODS)
    wanted = terms.rates.convert(coupon.min_spend, seen.currency).minor if coupon.min_spend else 0
    if sum(covered) < wanted:
        return Fate(coupon, Why.MIN_SPEND, Money(wanted - sum(covered), seen.currency))
    return Fate(coupon, Why.BETTER)
