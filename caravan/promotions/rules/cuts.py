"""What may be taken off an order: each offer that the goods reach, and how much by itself.

Every threshold and every percentage counts the goods at the prices on their cards. So no cut depends on another one, none is
lost by taking another, and what saves most is simply the most each stage has to give (docs/pricing.md, docs/adr/0009).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from caravan.kernel.money import Money
from caravan.promotions.rules.facts import LineFacts
from caravan.promotions.rules.offers import Benefit, Coupon, Payer, Scope, SpendSave, Stage, Tier

Minor = Callable[[Money], int]


@dataclass(frozen=True, slots=True)
class Option:
    """A cut there may be: `minor` off the lines at `places`, were there enough left of them."""

    stage: Stage
    offer_id: UUID
    name: str
    payer: Payer
    places: tuple[int, ...]
    minor: int
    coupon_id: UUID | None = None
    stackable: bool = False
    until: float = 0.0

    @property
    def rank(self) -> tuple[int, float, int]:
        """The most first; of equal ones that which ends first."""
        return (-self.minor, self.until, (self.coupon_id or self.offer_id).int)


@dataclass(frozen=True, slots=True)
class Taken:
    """A cut as it was taken: `shares` of it from the lines at its option's places."""

    option: Option
    minor: int
    shares: tuple[int, ...]

    @property
    def is_whole(self) -> bool:
        return self.minor == self.option.minor


@dataclass(frozen=True, slots=True)
class Cards:
    """The goods of a cart at the prices on their cards: `amounts` and `pieces` by line, in order."""

    lines: Sequence[LineFacts]
    amounts: Sequence[int]
    pieces: Sequence[int]

    def covered(self, scope: Scope, places: Iterable[int]) -> tuple[int, ...]:
        if scope.products is None and not scope.categories:
            return tuple(places)
        return tuple(place for place in places if scope.covers(self.lines[place]))

    def amount(self, places: Iterable[int]) -> int:
        return sum([self.amounts[place] for place in places])


def tier_options(offer: SpendSave, stage: Stage, cards: Cards, places: Iterable[int], minor: Minor) -> list[Option]:
    """What each tier reached would take off."""
    covered = cards.covered(offer.scope, places)
    goods, pieces = cards.amount(covered), sum([cards.pieces[place] for place in covered])
    until = offer.when.until.timestamp() if offer.when.until else 0.0
    return [
        Option(stage, offer.id, offer.name, offer.payer, covered, off, until=until)
        for tier in offer.tiers
        if goods and reached(tier, goods, pieces, minor) and (off := benefit_of(tier.benefit, goods, minor))
    ]


def coupon_option(coupon: Coupon, cards: Cards, places: Iterable[int], minor: Minor) -> Option | None:
    """What the coupon would take off; None where the goods do not reach it."""
    covered = cards.covered(coupon.scope, places)
    goods = cards.amount(covered)
    if not goods or (coupon.min_spend is not None and goods < minor(coupon.min_spend)):
        return None
    off = benefit_of(coupon.benefit, goods, minor)
    if not off:
        return None
    stage = Stage.STORE_COUPON if coupon.store_id else Stage.PLATFORM_COUPON
    until = coupon.when.until.timestamp() if coupon.when.until else float("inf")
    return Option(
        stage, coupon.promotion_id, coupon.name, coupon.payer, covered, off, coupon.id, stackable=coupon.stackable, until=until
    )


def reached(tier: Tier, goods: int, pieces: int, minor: Minor) -> bool:
    """Whether `pieces` that cost `goods` (minor units of the buyer's currency) come to the tier."""
    return pieces >= tier.min_items and (tier.min_amount is None or goods >= minor(tier.min_amount))


def benefit_of(benefit: Benefit, goods: int, minor: Minor) -> int:
    """Minor units off `goods`: an amount whole, a percentage half up; never more than the goods, nor than the cap."""
    off = minor(benefit.amount) if benefit.amount is not None else (2 * goods * benefit.percent + 100) // 200
    if benefit.cap is not None:
        off = min(off, minor(benefit.cap))
    return min(off, goods)
