from caravan.trade.models.cart import Cart, CartLine
from caravan.trade.models.order import Order, OrderLine, Purchase
from caravan.trade.models.payment import Payment, PaymentEvent, SandboxCharge
from caravan.trade.models.rate import FxRate

__all__ = ["Cart", "CartLine", "FxRate", "Order", "OrderLine", "Payment", "PaymentEvent", "Purchase", "SandboxCharge"]
