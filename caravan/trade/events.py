"""What happens to orders. Amounts are in the order's currency."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
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
    """The buyer said that it came."""


@dataclass(frozen=True, kw_only=True)
class OrderCompleted(OrderEvent, name="trade.order_completed"):
    """Received, or taken as received: the escrow was released. `earned_minor` is the store's part, in `store_currency`."""

    earned_minor: int
    store_currency: str


@dataclass(frozen=True, kw_only=True)
class OrderClosed(OrderEvent, name="trade.order_closed"):
    """Over, with all of the money going back. `reason`: cancel_granted, by_store, not_shipped, refunded."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class CancelAsked(OrderEvent, name="trade.cancel_asked"):
    """The buyer of a paid order that is not shipped asks the store to cancel it."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class CancelAnswered(OrderEvent, name="trade.cancel_answered"):
    granted: bool


@dataclass(frozen=True, kw_only=True)
class RefundDecided(OrderEvent, name="trade.refund_decided"):
    """So much of the order goes back to the buyer; the ledger has it, the provider is asked next."""

    refund_id: UUID
    minor: int
    currency: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class RefundPaid(OrderEvent, name="trade.refund_paid"):
    """The provider has given the money back."""

    refund_id: UUID
    minor: int
    currency: str


@dataclass(frozen=True, kw_only=True)
class ParcelShipped(OrderEvent, name="trade.parcel_shipped"):
    """One parcel of an order left. The last one is an OrderShipped as well."""

    parcel_id: UUID
    carrier: str
    tracking_code: str


@dataclass(frozen=True, kw_only=True)
class ParcelDelivered(OrderEvent, name="trade.parcel_delivered"):
    parcel_id: UUID


@dataclass(frozen=True, kw_only=True)
class ProtectionExtended(OrderEvent, name="trade.protection_extended"):
    until: datetime


@dataclass(frozen=True, kw_only=True)
class AddressChanged(OrderEvent, name="trade.address_changed"):
    """The buyer changed where an order goes that is not shipped yet."""


@dataclass(frozen=True, kw_only=True)
class FundsReleased(OrderEvent, name="trade.funds_released"):
    """What an order earned may be paid out: the time for disputes is over. Amount in the store's currency."""

    minor: int
    currency: str


@dataclass(frozen=True, kw_only=True)
class DisputeOpened(OrderEvent, name="trade.dispute_opened"):
    dispute_id: UUID


@dataclass(frozen=True, kw_only=True)
class DisputeAnswered(OrderEvent, name="trade.dispute_answered"):
    dispute_id: UUID


@dataclass(frozen=True, kw_only=True)
class DisputeSettled(OrderEvent, name="trade.dispute_settled"):
    """`outcome` and `liable` (store, buyer, platform, nobody) as the dispute's rules name them."""

    dispute_id: UUID
    outcome: str
    liable: str


@dataclass(frozen=True, kw_only=True)
class PayoutSent(Event, name="trade.payout_sent"):
    """Money of a store is on its way to its bank. Amount in `currency`."""

    payout_id: UUID
    store_id: UUID
    minor: int
    currency: str


@dataclass(frozen=True, kw_only=True)
class PayoutFailed(Event, name="trade.payout_failed"):
    """The bank refused a payout; the money is the store's available balance again."""

    payout_id: UUID
    store_id: UUID
    minor: int
    currency: str
    reason: str
