"""What promotions cost their owners, at the published rates: each one's in its own currency, as it is charged to its cap."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from caravan.kernel.money import Money
from caravan.kernel.rates import RateTable
from caravan.promotions.rules import LineCut, Pieces, Stage
from caravan.promotions.rules.offers import PLATFORM_CURRENCY

if TYPE_CHECKING:
    from caravan.trade.rules.basket import BasketLine


def cost_of_cut(cut: LineCut, line: BasketLine, rates: RateTable) -> int:
    """What a line's part of a cut costs whoever bears it, in minor units of theirs."""
    return _owners(cut.amount, line, rates, is_platforms=cut.stage >= Stage.PLATFORM_COUPON)


def cost_of_deal(some: Pieces, line: BasketLine, rates: RateTable) -> int:
    """The same of pieces at a deal."""
    return _owners(off(some, line), line, rates, is_platforms=False)


def off(some: Pieces, line: BasketLine) -> Money:
    """What a deal takes off its pieces."""
    return (line.list_unit - some.unit) * some.quantity


def costs(lines: Iterable[BasketLine], rates: RateTable) -> Counter[UUID]:
    """Of each promotion in all."""
    found: Counter[UUID] = Counter()
    for line in lines:
        for some in line.pieces:
            if some.deal:
                found[some.deal.promotion_id] += cost_of_deal(some, line, rates)
        for cut in line.cuts:
            found[cut.offer_id] += cost_of_cut(cut, line, rates)
    return found


def _owners(amount: Money, line: BasketLine, rates: RateTable, *, is_platforms: bool) -> int:
    return rates.with_margin(0).convert(amount, PLATFORM_CURRENCY if is_platforms else line.wanted.store.currency).minor
