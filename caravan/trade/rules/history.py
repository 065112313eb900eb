"""Orders out of other records: what happened elsewhere or earlier, with its own dates and prices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from caravan.trade.rules import terms

USUAL_HANDLING_DAYS = 2


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
    options: tuple[tuple[str, str], ...] = ()

    @property
    def total_minor(self) -> int:
        return self.quantity * self.unit_minor


@dataclass(frozen=True, slots=True)
class PastClocks:
    """When the clocks of a past order strike; None for those that do not run."""

    ship_by_at: datetime | None = None
    protected_until: datetime | None = None
    confirm_by: datetime | None = None
    dispute_until: datetime | None = None
    available_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PastOrder:
    """`ref` is the order's id in `source`. Instants are None for what never happened; `rate` is buyer's per store's currency.

    `as_of`: the instant the market goes on from with the order, its money in escrow and its clocks running; None for a record
    of elsewhere, which has neither.
    """

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
    as_of: datetime | None = None

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

    @property
    def fund_state(self) -> str:
        if self.as_of is None or self.paid_at is None:
            return "none"
        if self.refunded_at:
            return "returned"
        return "released" if self.received_at else "held"

    @property
    def clocks(self) -> PastClocks:
        """What time does next with an order of ours. What is overdue has as long again: nobody could have moved it before."""
        if self.as_of is None or self.paid_at is None:
            return PastClocks()
        protected = terms.protected_until(self.shipped_at) if self.shipped_at else None
        window = terms.dispute_until(self.received_at) if self.received_at else None
        ended = self.refunded_at or self.as_of
        return PastClocks(
            ship_by_at=max(terms.ship_by_at(at, USUAL_HANDLING_DAYS) for at in (self.paid_at, self.shipped_at or self.as_of)),
            protected_until=protected,
            confirm_by=protected,
            dispute_until=window,
            available_at=window if window and window <= ended else None,
        )


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
    """A checkout of other records and the one payment it comes to. `paid_minor` may differ from the total (instalments).

    `sandbox`: the built-in provider took it, and can give it back.
    """

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
    sandbox: bool = False
