from __future__ import annotations

from collections.abc import Iterator, Sequence

from caravan.promotions.rules import Payer
from caravan.trade.models import OrderCut, OrderLine
from caravan.trade.rules.basket import BasketLine, Parcel


def cuts_of(*, parcel: Parcel, lines: Sequence[OrderLine]) -> Iterator[OrderCut]:
    """What promotions took off each of the lines of an order, for the record."""
    for line, sold in zip(parcel.lines, lines, strict=True):
        yield from _deals(line, sold)
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
            )


def _deals(line: BasketLine, sold: OrderLine) -> Iterator[OrderCut]:
    for some in line.pieces:
        if some.deal:
            yield OrderCut(
                line_id=sold.pk,
                code=some.deal.kind.code,
                is_price=True,
                promotion_id=some.deal.promotion_id,
                deal_id=some.deal.id,
                name=some.deal.name,
                payer=str(Payer.STORE),
                pieces=some.quantity,
                minor=(line.list_unit - some.unit).minor * some.quantity,
            )
