"""What promotions took off the lines of an order: for the record, charged to the caps their owners set, and undone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from uuid import UUID

from django.db.models import Sum

from caravan.kernel.rates import RateTable
from caravan.promotions.actions.budgets import refund_budgets
from caravan.promotions.actions.redeeming import lock_coupons, release_redeemed
from caravan.promotions.rules import DealKind, Payer
from caravan.trade.models import Order, OrderCut, OrderLine
from caravan.trade.rules.basket import BasketLine, Parcel
from caravan.trade.rules.costs import cost_of_cut, cost_of_deal, off

STORE_WIDE = DealKind.STORE_WIDE.code  # as many pieces as are wanted: nothing is counted


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


def release_cuts(*, order: Order, back: Mapping[UUID, int], before: Mapping[UUID, int]) -> dict[UUID, int]:
    """Pieces of a paid order go `back` (how many, by line) before they were sent, others had `before`: those of deals are the
    deals' again, and no longer the buyer's part of what each may have. Of a line at several prices the others go first, so that
    nobody has a deal's pieces anew by giving back dearer ones. Once the order is off, its coupons are the buyer's again, where no
    other order they took from goes on. Returns the pieces to be set aside again, by variant.

    Locks coupons, holds and buckets; the order's lock is the caller's.
    """
    redeemed = OrderCut.objects.filter(line__order=order).exclude(deal_id=None, coupon_id=None)
    cuts = list(redeemed.select_related("line").order_by("id"))
    if not cuts or order.purchase_id is None:
        return {}
    of_deals = [cut for cut in cuts if cut.deal_id and cut.code != STORE_WIDE]
    goods = Counter[UUID]()
    for id in {cut.line_id for cut in of_deals}:
        goods += _back_to_deals([cut for cut in of_deals if cut.line_id == id], before.get(id, 0), back.get(id, 0))
    coupons = {cut.coupon_id for cut in cuts if cut.coupon_id}
    free = _free_coupons(order, coupons) if order.order_state == Order.State.CANCELLED else set[UUID]()
    return release_redeemed(purchase_id=order.purchase_id, goods=goods, coupon_ids=free)


def _back_to_deals(cuts: Sequence[OrderCut], before: int, back: int) -> Counter[UUID]:
    """How many of the pieces of one line that go back are each deal's, of those that `cuts` are of."""
    found = Counter[UUID]()
    first = cuts[0].line.quantity - sum(cut.pieces for cut in cuts)
    for cut in cuts:
        assert cut.deal_id
        last = first + cut.pieces
        found[cut.deal_id] += max(0, min(before + back, last) - max(before, first))
        first = last
    return found


def _free_coupons(order: Order, coupon_ids: Collection[UUID]) -> set[UUID]:
    """Those that took from no other order that goes on. Under the coupons' locks: of two orders that are called off at once, the
    second one sees that the first one is."""
    if not coupon_ids or order.purchase_id is None:
        return set()
    lock_coupons(purchase_id=order.purchase_id)
    used = OrderCut.objects.filter(line__order__purchase=order.purchase_id, coupon_id__in=coupon_ids).exclude(line__order=order)
    return {*coupon_ids} - set(used.exclude(line__order__order_state=Order.State.CANCELLED).values_list("coupon_id", flat=True))


def cuts_of(*, parcel: Parcel, lines: Sequence[OrderLine], rates: RateTable) -> Iterator[OrderCut]:
    """One for each line and promotion. What it costs its owner is turned at the published rate."""
    for line, sold in zip(parcel.lines, lines, strict=True):
        yield from _deals(line, sold, rates)
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
                owner_minor=cost_of_cut(cut, line, rates),
            )


def _deals(line: BasketLine, sold: OrderLine, rates: RateTable) -> Iterator[OrderCut]:
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
                minor=off(some, line).minor,
                owner_minor=cost_of_deal(some, line, rates),
            )
