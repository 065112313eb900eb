"""The built-in provider: it moves no money and behaves, by card and account number, in every way a real one may.

It keeps its own books (`models/sandbox.py`) and tells of what happens by real webhooks, which a worker posts to SITE_URL.
"""

from __future__ import annotations

from caravan.trade.payments.sandbox.bank import AtBank, at_bank, decide
from caravan.trade.payments.sandbox.notices import WEBHOOK_TASK, secret, send_webhook
from caravan.trade.payments.sandbox.provider import Sandbox

__all__ = ["WEBHOOK_TASK", "AtBank", "Sandbox", "at_bank", "decide", "secret", "send_webhook"]
