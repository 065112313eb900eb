"""What the ledger says of an order, and roads an order may have come."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from caravan.ledger.models import Entry
from caravan.ledger.queries import check
from caravan.trade.actions.completing import receive_order
from caravan.trade.actions.fulfilment import ship_order
from caravan.trade.models import Order
from caravan.trade.queries.access import Viewer
from tests.factories import AT
from tests.trade.scene import Scene, fill_cart, pay, place

DAY = timedelta(days=1)


def bought(day: Scene, lamps: int = 2) -> tuple[Order, Viewer]:
    """A paid order of lamps."""
    placed = place(fill_cart((day.lamp, lamps)))
    pay(placed)
    return Order.objects.get(pk=placed.orders[0].id), Viewer(key=placed.key)


def sent(day: Scene, order: Order, at: datetime = AT + DAY) -> Order:
    ship_order(user_id=day.seller_id, number=order.number, carrier="Post", tracking_code=order.number, at=at)
    return again(order)


def received(day: Scene, lamps: int = 2, at: datetime = AT + 9 * DAY) -> tuple[Order, Viewer]:
    order, viewer = bought(day, lamps)
    sent(day, order)
    receive_order(viewer=viewer, number=order.number, at=at)
    return again(order), viewer


def again(order: Order) -> Order:
    return Order.objects.get(pk=order.pk)


def stands(kind: str, currency: str, owner_id: UUID | None = None) -> int:
    """The sum of an account's entries: debits positive."""
    entries = Entry.objects.filter(kind=kind, currency=currency, **({"owner_id": owner_id} if owner_id else {}))
    return sum(entries.values_list("minor", flat=True))


def accounts() -> dict[tuple[str, str], int]:
    """Every account that is not at nothing, by kind and currency."""
    sums: dict[tuple[str, str], int] = {}
    for kind, currency, minor in Entry.objects.values_list("kind", "currency", "minor"):
        sums[kind, currency] = sums.get((kind, currency), 0) + minor
    return {account: minor for account, minor in sums.items() if minor}


def assert_proven() -> None:
    assert check() == []
