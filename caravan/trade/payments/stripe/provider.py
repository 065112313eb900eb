from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

import stripe
from django.conf import settings

from caravan.kernel.errors import BadRequest, Forbidden, NotFound
from caravan.kernel.money import Money
from caravan.trade.models import Payment
from caravan.trade.payments.protocol import Card, Notice, PayoutResult, RefundResult, Result, Unreachable
from caravan.trade.payments.stripe import reading
from caravan.trade.payments.stripe.amounts import in_stripes_units
from caravan.trade.payments.stripe.reading import PAYMENT_ID, PAYOUT_ID, REFUND_ID

log = logging.getLogger(__name__)
SECONDS = 20
_THEIRS = (stripe.APIConnectionError, stripe.RateLimitError, stripe.AuthenticationError, stripe.PermissionError)


class Stripe:
    """`api`: where the library calls; `pages`: the origin of the hosted page; both are Stripe's own but in tests."""

    name = "stripe"

    def __init__(self, *, key: str, webhook_secret: str, api: str, pages: str) -> None:
        self.hosted_at = pages
        self._webhook_secret = webhook_secret
        self._stripe = stripe.StripeClient(
            key,
            base_addresses={"api": api},
            max_network_retries=2,
            http_client=stripe.RequestsClient(timeout=SECONDS),
        ).v1

    def authorise(self, *, payment_id: UUID, amount: Money, card: Card | None, return_url: str, at: datetime) -> Result:
        units = in_stripes_units(amount)
        if units is None:
            return Result("declined", str(payment_id), reason="amount_not_taken")
        ours = {PAYMENT_ID: str(payment_id)}
        back = settings.SITE_URL + return_url if return_url.startswith("/") else return_url
        line = {"currency": amount.currency.lower(), "unit_amount": units, "product_data": {"name": settings.SITE_NAME}}
        asked: Any = {
            "mode": "payment",
            "client_reference_id": str(payment_id),
            "metadata": ours,
            "payment_intent_data": {"metadata": ours},
            "line_items": [{"quantity": 1, "price_data": line}],
            "success_url": back,
            "cancel_url": back,
        }
        with _reached():
            try:
                session = self._stripe.checkout.sessions.create(asked, {"idempotency_key": f"payment-{payment_id}"})
            except (stripe.InvalidRequestError, stripe.CardError) as e:
                log.warning("payment %s: stripe refuses it: %s", payment_id, e)
                return Result("declined", str(payment_id), reason=reading.decline(e.code))
        return reading.of_session(session.to_dict())

    def capture(self, *, payment_id: UUID) -> Result:
        session = self._known(payment_id)
        intent = session["payment_intent"]
        with _reached():
            if intent["status"] == "requires_capture":
                self._stripe.payment_intents.capture(intent["id"], options={"idempotency_key": f"capture-{payment_id}"})
        return reading.of_session(self._known(payment_id))

    def lookup(self, *, payment_id: UUID) -> Result | None:
        """None for an attempt whose page no buyer ever saw: its address would be on record."""
        session = self._session(payment_id)
        return reading.of_session(session) if session else None

    def refund(self, *, payment_id: UUID, refund_id: UUID, amount: Money) -> RefundResult:
        intent, units = self._known(payment_id)["payment_intent"], in_stripes_units(amount)
        if units is None or intent is None:
            return RefundResult("failed", "", "amount_not_taken" if units is None else "too_much")
        with _reached():
            if intent["status"] in ("requires_capture", "canceled"):
                if intent["status"] == "requires_capture":
                    self._stripe.payment_intents.cancel(intent["id"])
                return RefundResult("done", intent["id"])
            # Stripe forgets the key of a call after a day; the list is how a repetition later than that is recognised.
            for made in self._stripe.refunds.list({"payment_intent": intent["id"], "limit": 100}).auto_paging_iter():
                if (made.to_dict()["metadata"] or {}).get(REFUND_ID) == str(refund_id):
                    return reading.of_refund(made.to_dict())
            asked: Any = {"payment_intent": intent["id"], "amount": units, "metadata": {REFUND_ID: str(refund_id)}}
            try:
                made = self._stripe.refunds.create(asked, {"idempotency_key": f"refund-{refund_id}"})
            except stripe.InvalidRequestError as e:
                log.warning("refund %s: stripe refuses it: %s", refund_id, e)
                return RefundResult("failed", "", "too_much" if e.code == "charge_already_refunded" else e.code or "refused")
        return reading.of_refund(made.to_dict())

    def payout(self, *, payout_id: UUID, destination: str, amount: Money) -> PayoutResult:
        """`destination`: the store's connected account, "acct_...", which sends the money on to the bank by itself."""
        units = in_stripes_units(amount)
        if units is None or not destination.startswith("acct_"):
            return PayoutResult("failed", "", "amount_not_taken" if units is None else "no_account")
        asked: Any = {
            "amount": units,
            "currency": amount.currency.lower(),
            "destination": destination,
            "transfer_group": str(payout_id),
            "metadata": {PAYOUT_ID: str(payout_id)},
        }
        with _reached():
            for made in self._stripe.transfers.list({"transfer_group": str(payout_id), "limit": 1}).data:
                return reading.of_transfer(made.to_dict())
            try:
                sent = self._stripe.transfers.create(asked, {"idempotency_key": f"payout-{payout_id}"})
            except stripe.InvalidRequestError as e:
                log.warning("payout %s: stripe refuses it: %s", payout_id, e)
                return PayoutResult("failed", "", e.code or "refused")
        return reading.of_transfer(sent.to_dict())

    def verify(self, *, headers: Mapping[str, str], body: bytes, at: datetime) -> Notice:
        try:
            event = stripe.Webhook.construct_event(body, headers.get("Stripe-Signature", ""), self._webhook_secret).to_dict()
            return Notice(event["id"], *reading.of_event(event))
        except stripe.SignatureVerificationError as e:
            raise Forbidden("webhook.signature", "The Stripe-Signature header does not fit this body, or is too old.") from e
        except (ValueError, LookupError, AttributeError, TypeError) as e:
            raise BadRequest("webhook.body", "The body is not an event of Stripe.") from e

    def _session(self, payment_id: UUID) -> dict[str, Any] | None:
        """By the name on record. None where there is none: the call that would have told it was cut off."""
        ref = Payment.objects.filter(pk=payment_id).values_list("provider_ref", flat=True).first() or ""
        if not ref.startswith("cs_"):
            return None
        with _reached():
            return self._stripe.checkout.sessions.retrieve(ref, {"expand": ["payment_intent"]}).to_dict()

    def _known(self, payment_id: UUID) -> dict[str, Any]:
        session = self._session(payment_id)
        if session is None:
            raise NotFound("payment.unknown", "Stripe never heard of this payment.")
        return session


@contextmanager
def _reached() -> Iterator[None]:
    """Raises Unreachable for what is no answer to our question."""
    try:
        yield
    except _THEIRS as e:
        raise Unreachable("payment.unreachable", f"Stripe does not answer: {e}") from e
    except stripe.APIError as e:
        raise Unreachable("payment.unreachable", f"Stripe has a problem of its own: {e}") from e
