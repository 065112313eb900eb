from caravan.trade.models.cart import Cart, CartLine
from caravan.trade.models.cut import OrderCut
from caravan.trade.models.dispute import Dispute, DisputeEvidence, DisputeLine, DisputeProposal
from caravan.trade.models.note import OrderNote
from caravan.trade.models.order import Order, OrderLine, Purchase
from caravan.trade.models.paper import Paper, Series
from caravan.trade.models.parcel import Parcel, ParcelLine, TrackingEvent
from caravan.trade.models.payment import Payment, PaymentEvent
from caravan.trade.models.payout import Payout, PayoutAccount, ReservePart
from caravan.trade.models.rate import FxRate
from caravan.trade.models.refund import Refund, RefundPart
from caravan.trade.models.sandbox import SandboxCharge, SandboxPayout, SandboxRefund

__all__ = [
    "Cart", "CartLine", "Dispute", "DisputeEvidence", "DisputeLine", "DisputeProposal", "FxRate", "Order", "OrderCut",
    "OrderLine", "OrderNote", "Paper", "Parcel", "ParcelLine", "Payment", "PaymentEvent", "Payout",
    "PayoutAccount", "Purchase", "Refund", "RefundPart", "ReservePart",
    "SandboxCharge", "SandboxPayout", "SandboxRefund", "Series", "TrackingEvent",
]  # fmt: skip
