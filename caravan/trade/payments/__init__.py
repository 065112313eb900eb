"""Whoever takes and sends the money: one protocol, the providers behind it, and which of them this market uses."""

from __future__ import annotations

from functools import cache

from django.conf import settings
from django.utils.translation import gettext as _

from caravan.kernel.errors import Conflict, NotFound
from caravan.trade.payments.protocol import Card, News, Notice, PayoutResult, Provider, RefundResult, Result, Unreachable
from caravan.trade.payments.sandbox import Sandbox

__all__ = [
    "Card", "News", "Notice", "PayoutResult", "Provider", "RefundResult", "Result", "Unreachable", "chosen_provider", "provider",
]  # fmt: skip


def chosen_provider() -> Provider:
    """The one new payments go through (`PAYMENT_PROVIDER`). Raises Conflict where a real market is still on the sandbox."""
    if settings.PRODUCTION and Sandbox.name == settings.PAYMENT_PROVIDER:
        raise Conflict("payment.none", _("This market cannot take payments yet. Your order is kept; please try later."))
    return provider(settings.PAYMENT_PROVIDER)


def provider(name: str) -> Provider:
    """Raises NotFound for a name nobody bears, Conflict for a provider without its keys."""
    if name == Sandbox.name:
        return Sandbox()
    if name == "stripe":
        if not (settings.STRIPE_KEY and settings.STRIPE_WEBHOOK_SECRET):
            raise Conflict("payment.keys", "Stripe needs CARAVAN_STRIPE_KEY and CARAVAN_STRIPE_WEBHOOK_SECRET.")
        return _stripe(settings.STRIPE_KEY, settings.STRIPE_WEBHOOK_SECRET, settings.STRIPE_API, settings.STRIPE_PAGES)
    raise NotFound("payment.provider", f"There is no payment provider “{name}”; known: sandbox, stripe.")


@cache
def _stripe(key: str, webhook_secret: str, api: str, pages: str) -> Provider:
    from caravan.trade.payments.stripe import Stripe  # a large library, for those markets only that use it

    return Stripe(key=key, webhook_secret=webhook_secret, api=api, pages=pages)
