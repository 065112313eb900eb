"""A dispute in the making: an order that came, its two parties and an operator."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from caravan.trade.actions.disputes import Complaint, open_dispute
from caravan.trade.actions.fulfilment import ship_order
from caravan.trade.models import Dispute, Order, OrderLine, Refund
from caravan.trade.queries.access import Viewer
from caravan.trade.queries.disputes import DisputeRow, dispute_for
from caravan.trade.queries.sides import Side, buyer_side, platform_side, store_side
from tests import factories
from tests.factories import AT
from tests.trade.scene import Scene, fill_cart, pay, place, scene

SHIPPED = AT + timedelta(days=1)
LATER = SHIPPED + timedelta(days=11)  # a dispute may be opened
DAY = timedelta(days=1)


@dataclass
class Case:
    day: Scene
    number: str
    viewer: Viewer
    buyer: Side
    store: Side
    platform: Side

    @property
    def order(self) -> Order:
        return Order.objects.get(number=self.number)

    @property
    def dispute(self) -> Dispute:
        return Dispute.objects.filter(order__number=self.number).latest("opened_at", "id")

    @property
    def row(self) -> DisputeRow:
        return dispute_for(self.buyer)

    @property
    def line_id(self) -> UUID:
        return OrderLine.objects.values_list("id", flat=True).get(order__number=self.number)

    @property
    def given_back(self) -> int:
        return sum(Refund.objects.filter(order__number=self.number).values_list("total_minor", flat=True))

    def newest(self, party: str) -> UUID:
        return self.dispute.proposals.filter(party=party).latest("id").pk


def case(*, quantity: int = 2, shipped: bool = True, viewer: Viewer | None = None) -> Case:
    """A guest in Brazil bought lamps, and they were shipped a day later."""
    day = scene()
    placed = place(fill_cart((day.lamp, quantity)))
    pay(placed)
    number, viewer = placed.orders[0].number, Viewer(key=placed.key)
    if shipped:
        ship_order(user_id=day.seller_id, number=number, carrier="Post", tracking_code="RR1", at=SHIPPED)
    operator = factories.user(is_staff=True)
    return Case(
        day, number, viewer, buyer_side(viewer=viewer, number=number), store_side(user_id=day.seller_id, number=number),
        platform_side(user_id=operator.pk, number=number),
    )  # fmt: skip


def complain(
    case: Case, *, reason: str = "damaged", quantity: int = 2, remedy: str = "refund", minor: int | None = None,
    at: datetime = LATER,
) -> UUID:  # fmt: skip
    asked = Complaint(reason=reason, pieces={case.line_id: quantity}, remedy=remedy, minor=minor, text="Broken in the middle.")
    return open_dispute(side=case.buyer, complaint=asked, at=at)


def disputed(**asked: object) -> Case:
    made = case()
    complain(made, **asked)
    return made
