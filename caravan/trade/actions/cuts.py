"""What promotions took off the lines of an order: for the record, charged to the caps their owners set, and undone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Sum

from caravan.kernel.money import Money
from caravan.kernel.rates import RateTable
from caravan.promotions.actions.budgets import refund_budgets
from caravan.promotions.actions.redeeming import lock_coupons, release_redeemed
from caravan.promotions.queries.owners import PLATFORM_CURRENCY
from caravan.promotions.rules import Payer, Stage
from caravan.trade.models import Order, OrderCut, OrderLine
from caravan.trade.rules.basket import BasketLine, Parcel


def spent_on(*, cuts: Iterable[OrderCut]) -> Counter[UUID]:
    """What they come to by promotion, each in its owner's minor units."""
    spent: Counter[UUID] = Counter()
    for cut in cuts:
        spent[cut.promotion_id] += cut.owner_minor
    return spent


def give_caps_back(*, order_ids: Iterable[UUID]) -> None:
    """Orders that are off cost their promotions nothing. The caller sees to it that this happens once."""
    cuts = OrderCut.objects.filter(line__order__in=list(order_ids)).values_list("promotion_id")
    refund_budgets(spent=dict(cuts.annotate(spent=Sum("owner_minor"))))


def release_cuts(*, order: Order, pieces: Mapping[UUID, int], at: datetime) -> dict[UUID, int]:
    """A paid order is off before any of it was sent: those of its `pieces` (by line) that were of deals are the deals' again, its
    coupons the buyer's, where no other order they took from goes on. Returns the pieces to be set aside again, by variant.

    Locks coupons, holds and buckets; the order's lock is the caller's.
    """
    redeemed = OrderCut.objects.filter(line__order=order).exclude(deal_id=None, coupon_id=None)
    cuts = list(redeemed.values_list("line_id", "deal_id", "coupon_id", "pieces"))
    if not cuts or order.purchase_id is None:
        return {}
    back, goods = dict(pieces), Counter[UUID]()
    for line_id, deal_id, _, sold in cuts:
        if deal_id:
            goods[deal_id] += min(sold, back.get(line_id, 0))
            back[line_id] = max(0, back.get(line_id, 0) - sold)
    coupons = {coupon_id for _, _, coupon_id, _ in cuts if coupon_id}
    # Under the coupons' locks: of two orders that are called off at once, the second one sees that the first one is.
    lock_coupons(purchase_id=order.purchase_id)
    used = OrderCut.objects.filter(line__order__purchase=order.purchase_id, coupon_id__in=coupons).exclude(line__order=order)
    needed = set(used.exclude(line__order__order_state=Order.State.CANCELLED).values_list("coupon_id", flat=True))
    return release_redeemed(purchase_id=order.purchase_id, at=at, goods=goods, coupon_ids=coupons - needed)


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
