"""What may be taken off an order: each offer that the goods reach, and how much by itself.

Every threshold and every percentage counts the goods at the prices on their cards. So no cut depends on another one, none is
lost by taking another, and what saves most is simply the most each stage has to give (docs/pricing.md, docs/adr/0009).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from caravan.kernel.money import Money
from caravan.promotions.rules.offers import Benefit, Coupon, Payer, SpendSave, Stage
from caravan.promotions.rules.shelf import Goods

Minor = Callable[[Money], int]


class Option(NamedTuple):
    """A cut there may be: `minor` off the lines at `places`, were there enough left of them."""

    stage: Stage
    offer_id: UUID
    name: str
    payer: Payer
    places: Sequence[int]
    minor: int
    until: datetime | None
    coupon_id: UUID | None = None
    stackable: bool = False

    @property
    def rank(self) -> tuple[int, float, int]:
        """The most first; of equal ones that which ends first."""
        until = self.until.timestamp() if self.until else float("inf")
        return (-self.minor, until, (self.coupon_id or self.offer_id).int)


class Taken(NamedTuple):
    """A cut as it was taken: `shares` of it from the lines at its option's places."""

    option: Option
    minor: int
    shares: Sequence[int]

    @property
    def is_whole(self) -> bool:
        return self.minor == self.option.minor


class Rung(NamedTuple):
    """What a tier or a coupon asks for, amount and pieces, and what it saves on the goods there are, or would be."""

    asks: int
    pieces: int
    saves: int
    is_reached: bool


def rungs(offer: SpendSave, goods: Goods, minor: Minor) -> list[Rung]:
    """Each tier of the offer, of the goods that it is about."""
    return [_rung(tier.benefit, tier.min_amount, tier.min_items, goods, minor) for tier in offer.tiers]


def rung_of(coupon: Coupon, goods: Goods, minor: Minor) -> Rung:
    """What the coupon asks for and saves, in minor units of the buyer's currency."""
    return _rung(coupon.benefit, coupon.min_spend, 0, goods, minor)


def tier_options(offer: SpendSave, stage: Stage, goods: Goods, ladder: Sequence[Rung]) -> Iterator[Option]:
    """What each tier reached would take off."""
    for rung in ladder:
        if rung.is_reached and rung.saves:
            yield Option(stage, offer.id, offer.name, offer.payer, goods.places, rung.saves, offer.when.until)


def coupon_option(coupon: Coupon, goods: Goods, rung: Rung) -> Option | None:
    """What the coupon would take off; None where the goods do not reach it."""
    if not rung.is_reached or not rung.saves:
        return None
    return Option(
        stage=Stage.STORE_COUPON if coupon.store_id else Stage.PLATFORM_COUPON,
        offer_id=coupon.promotion_id,
        name=coupon.name,
        payer=coupon.payer,
        places=goods.places,
        minor=rung.saves,
        until=coupon.when.until,
        coupon_id=coupon.id,
        stackable=coupon.stackable,
    )


def _rung(benefit: Benefit, min_amount: Money | None, min_items: int, goods: Goods, minor: Minor) -> Rung:
    asks = minor(min_amount) if min_amount is not None else 0
    is_reached = goods.amount >= asks and goods.pieces >= min_items
    return Rung(asks, min_items, benefit_of(benefit, max(goods.amount, asks), minor), is_reached)


def benefit_of(benefit: Benefit, goods: int, minor: Minor) -> int:
    """Minor units off `goods`: an amount whole, a percentage half up; never more than the goods, nor than the cap."""
    off = minor(benefit.amount) if benefit.amount is not None else (2 * goods * benefit.percent + 100) // 200
    if benefit.cap is not None:
        off = min(off, minor(benefit.cap))
    return min(off, goods)
