"""What the money of an order is split by: its terms, and what is left of it."""

from __future__ import annotations

from caravan.trade.models import Order
from caravan.trade.rules.funds import FundTerms, Left


def terms_of(order: Order) -> FundTerms:
    """What was frozen at the order."""
    return FundTerms(
        order_id=order.pk,
        store_id=order.store_id,
        currency=order.currency,
        store_currency=order.store_currency,
        rate=order.rate,
        margin_bps=order.rate_margin_bps,
        commission_bps=order.commission_bps,
    )


def left_of(order: Order) -> Left:
    """What has not gone back to the buyer."""
    return Left(order.total_minor - order.refunded_minor, order.tax_minor - order.refunded_tax_minor)
