"""Orders out of other records: what happened elsewhere or earlier, with its own dates and prices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class PastLine:
    """Amounts in the order's currency, `eur_minor` the line's total in euro cents at the day's rate."""

    id: UUID
    product_id: UUID
    variant_id: UUID
    version_id: UUID
    title: str
    sku: str
    quantity: int
    unit_minor: int
    eur_minor: int

    @property
    def total_minor(self) -> int:
        return self.quantity * self.unit_minor


@dataclass(frozen=True, slots=True, kw_only=True)
class PastOrder:
    """`ref` is the order's id in `source`. Instants are None for what never happened; `rate` is buyer's per store's currency."""

    id: UUID
    source: str
    ref: str
    number: str
    store_id: UUID
    buyer_id: UUID
    market: str
    currency: str
    store_currency: str
    rate: Decimal
    shipping_minor: int
    shipping_eur_minor: int
    lines: tuple[PastLine, ...]
    placed_at: datetime
    purchase_id: UUID | None = None
    paid_at: datetime | None = None
    shipped_at: datetime | None = None
    received_at: datetime | None = None
    cancelled_at: datetime | None = None
    refunded_at: datetime | None = None
    language: str = ""

    @property
    def items_minor(self) -> int:
        return sum(line.total_minor for line in self.lines)

    @property
    def order_state(self) -> str:
        if self.cancelled_at:
            return "cancelled"
        return "completed" if self.received_at else "placed"

    @property
    def payment_state(self) -> str:
        if self.refunded_at:
            return "refunded"
        if self.paid_at:
            return "paid"
        return "lapsed" if self.cancelled_at else "awaiting"

    @property
    def fulfilment_state(self) -> str:
        if self.received_at:
            return "received"
        return "shipped" if self.shipped_at else "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class PastRefund:
    """Pieces of a line given back for money, at `at`."""

    line_id: UUID
    order_id: UUID
    quantity: int
    minor: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PastPurchase:
    """A checkout of other records and the one payment it comes to. `paid_minor` may differ from the total (instalments)."""

    id: UUID
    source: str
    ref: str
    buyer_id: UUID
    total_minor: int
    paid_minor: int
    currency: str
    placed_at: datetime
    paid_at: datetime | None
    refunded: bool = False
