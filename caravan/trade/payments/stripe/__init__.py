"""Stripe, through its official library: Checkout on Stripe's own page, refunds, transfers to connected accounts, webhooks.

No card number comes to this server and no script of theirs to our pages: the buyer is sent to Stripe's page, where the
bank's confirmation (3-D Secure) is asked for, too, and comes back. Imported only where it is the provider.
"""

from __future__ import annotations

from caravan.trade.payments.stripe.provider import Stripe

__all__ = ["Stripe"]
