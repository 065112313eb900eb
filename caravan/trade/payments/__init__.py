"""Whoever takes and sends the money: one protocol, the providers behind it, and which of them this market uses."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _

from caravan.kernel.errors import Conflict, NotFound
from caravan.trade.payments.protocol import Card, News, Notice, PayoutResult, Provider, RefundResult, Result, Unreachable
from caravan.trade.payments.sandbox import Sandbox

__all__ = [
    "Card", "News", "Notice", "PayoutResult", "Provider", "RefundResult", "Result", "Unreachable", "chosen_provider", "provider",
]  # fmt: skip

_PROVIDERS: dict[str, Provider] = {p.name: p for p in (Sandbox(),)}


def chosen_provider() -> Provider:
    """The one new payments go through (`PAYMENT_PROVIDER`). Raises Conflict where a real market is still on the sandbox."""
    if settings.PRODUCTION and Sandbox.name == settings.PAYMENT_PROVIDER:
        raise Conflict("payment.none", _("This market cannot take payments yet. Your order is kept; please try later."))
    return provider(settings.PAYMENT_PROVIDER)


def provider(name: str) -> Provider:
    """Raises NotFound for a name nobody bears."""
    if name not in _PROVIDERS:
        raise NotFound("payment.provider", f"There is no payment provider “{name}”; known: {', '.join(_PROVIDERS)}.")
    return _PROVIDERS[name]
