"""What Stripe's objects say, in our words. They come as plain dicts, as their JSON stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from caravan.trade.payments.protocol import News, PayoutResult, RefundResult, Result

PAYMENT_ID, REFUND_ID, PAYOUT_ID = "caravan_payment", "caravan_refund", "caravan_payout"

# Stripe's codes of a decline, where ours is another word (https://docs.stripe.com/declines/codes).
_DECLINES = {"incorrect_cvc": "wrong_code", "invalid_cvc": "wrong_code", "authentication_required": "not_confirmed"}


def of_session(session: Mapping[str, Any]) -> Result:
    """A Checkout Session, with its payment intent expanded where it came from a call."""
    intent = session.get("payment_intent")
    intent_status = intent["status"] if isinstance(intent, dict) else ""
    if intent_status == "requires_capture":
        return Result("authorised", session["id"])
    if session["payment_status"] == "paid":
        return Result("paid", session["id"])
    if session["status"] == "open":
        return Result("confirming", session["id"], session.get("url") or "")
    if session["status"] == "expired":
        return Result("declined", session["id"], reason="expired")
    if intent_status in ("requires_payment_method", "canceled"):  # promised on the page, refused by the bank days later
        return Result("declined", session["id"], reason="refused_by_bank")
    return Result("pending", session["id"])


def of_refund(refund: Mapping[str, Any]) -> RefundResult:
    states = {"succeeded": "done", "failed": "failed", "canceled": "failed"}
    reason = refund.get("failure_reason") or refund["status"]
    state = states.get(refund["status"], "pending")
    return RefundResult(state, refund["id"], reason if state == "failed" else "")  # type: ignore[arg-type]


def of_transfer(transfer: Mapping[str, Any]) -> PayoutResult:
    """Money on a connected account is the store's; a transfer taken back is a payout that failed."""
    back = bool(transfer.get("reversed"))
    return PayoutResult("failed" if back else "paid", transfer["id"], "returned_by_bank" if back else "")


def of_event(event: Mapping[str, Any]) -> tuple[UUID | None, News | None]:
    """Whom of ours an event is about, and what it says of it; None and None for anything else on the same Stripe account."""
    about, kind = event["data"]["object"], event["type"]
    if kind.startswith("checkout.session."):
        subject = _ours(about, PAYMENT_ID)
        if kind == "checkout.session.async_payment_failed":
            return subject, Result("declined", about["id"], reason="refused_by_bank")
        return subject, of_session(about) if subject else None
    if kind.startswith(("refund.", "charge.refund.")):
        subject = _ours(about, REFUND_ID)
        return subject, of_refund(about) if subject else None
    if kind.startswith("transfer."):
        subject = _ours(about, PAYOUT_ID)
        return subject, of_transfer(about) if subject else None
    return None, None


def decline(code: str | None) -> str:
    return _DECLINES.get(code or "", code or "refused_by_bank")


def _ours(about: Mapping[str, Any], name: str) -> UUID | None:
    try:
        return UUID((about.get("metadata") or {}).get(name, ""))
    except ValueError:
        return None
