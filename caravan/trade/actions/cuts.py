"""What promotions took off the lines of an order: for the record, and charged to the caps their owners set."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from uuid import UUID

from django.db.models import Sum

from caravan.kernel.money import Money
from caravan.kernel.rates import RateTable
from caravan.promotions.actions.budgets import refund_budgets
from caravan.promotions.queries.owners import PLATFORM_CURRENCY
from caravan.promotions.rules import Payer, Stage
from caravan.trade.models import OrderCut, OrderLine
from caravan.trade.rules.basket import BasketLine, Parcel


def spent_on(*, cuts: Iterable[OrderCut]) -> Counter[UUID]:
    """What they come to by promotion, each in its owner's minor units."""
    spent: Counter[UUID] = Counter()
    for cut in cuts:
        spent[cut.promotion_id] += cut.owner_minor
    return spent


def give_caps_back(*, purchase_id: UUID) -> None:
    """A purchase that is off costs its promotions nothing. The caller sees to it that this happens once."""
    cuts = OrderCut.objects.filter(line__order__purchase_id=purchase_id).values_list("promotion_id")
    refund_budgets(spent=dict(cuts.annotate(spent=Sum("owner_minor"))))


def cuts_of(*, parcel: Parcel, lines: Sequence[OrderLine], rates: RateTable) -> Iterator[OrderCut]:
    """One for each line and promotion. What it costs its owner is turned at the published rate."""
    mid = rates.with_margin(0)
    for line, sold in zip(parcel.lines, lines, strict=True):
        yield from _deals(line, sold, mid)
        for cut in line.cuts:
            yield OrderCut(
                line_id=sold.pk,
                code=cut.stage.code,
                promotion_id=cut.offer_id,
                coupon_id=cut.coupon_id,
                name=cut.name,
                payer=str(cut.payer),
                pieces=sold.quantity,
                minor=cut.amount.minor,
                owner_minor=_owners(cut.amount, line, cut.stage >= Stage.PLATFORM_COUPON, mid),
            )


def _deals(line: BasketLine, sold: OrderLine, mid: RateTable) -> Iterator[OrderCut]:
    for some in line.pieces:
        if some.deal:
            off = (line.list_unit - some.unit) * some.quantity
            yield OrderCut(
                line_id=sold.pk,
                code=some.deal.kind.code,
                is_price=True,
                promotion_id=some.deal.promotion_id,
                deal_id=some.deal.id,
                name=some.deal.name,
                payer=str(Payer.STORE),
                pieces=some.quantity,
                minor=off.minor,
                owner_minor=_owners(off, line, False, mid),
            )


def _owners(amount: Money, line: BasketLine, is_platforms: bool, mid: RateTable) -> int:
    return mid.convert(amount, PLATFORM_CURRENCY if is_platforms else line.wanted.store.currency).minor
