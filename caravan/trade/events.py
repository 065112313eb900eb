"""What happens to orders. Amounts are in the order's currency."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from caravan.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class OrderEvent(Event, name="trade.order_event"):
    """The fields all of them carry; never recorded itself."""

    order_id: UUID
    store_id: UUID
    buyer_id: UUID


@dataclass(frozen=True, kw_only=True)
class OrderPlaced(OrderEvent, name="trade.order_placed"):
    total_minor: int
    currency: str


@dataclass(frozen=True, kw_only=True)
class OrderPaid(OrderEvent, name="trade.order_paid"):
    total_minor: int
    currency: str


@dataclass(frozen=True, kw_only=True)
class OrderLapsed(OrderEvent, name="trade.order_lapsed"):
    """The payment window closed unpaid; its stock went back."""


@dataclass(frozen=True, kw_only=True)
class OrderCancelled(OrderEvent, name="trade.order_cancelled"):
    """The buyer called it off before paying; its stock went back."""


@dataclass(frozen=True, kw_only=True)
class OrderShipped(OrderEvent, name="trade.order_shipped"):
    carrier: str
    tracking_code: str


@dataclass(frozen=True, kw_only=True)
class OrderReceived(OrderEvent, name="trade.order_received"):
    pass
