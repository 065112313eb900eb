from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import nullcontext
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from caravan.kernel.errors import Invalid, NotFound
from caravan.kernel.money import CurrencyMismatch, Money
from caravan.trade.models import SandboxCharge, SandboxPayout, SandboxRefund
from caravan.trade.payments.protocol import (
    Card,
    Notice,
    PayoutResult,
    PayoutState,
    RefundResult,
    Result,
    State,
)
from caravan.trade.payments.sandbox.cards import ACCOUNTS, CARDS, PayoutScenario, Scenario, TestAccount, TestCard
from caravan.trade.payments.sandbox.notices import defer_webhook, read, ref

_STARTS: Mapping[Scenario, State] = {
    "declined": "declined", "confirm": "confirming", "authorised": "authorised",
    "slow": "pending", "twice": "pending", "unordered": "pending", "never": "pending",
}  # fmt: skip
_SENT: Mapping[PayoutScenario, PayoutState] = {"paid": "paid", "returned": "paid", "refused": "failed"}
_CHARGE = """
INSERT INTO trade_sandboxcharge (id, scenario, state, reason, amount_minor, currency, return_url, refunded_minor)
VALUES (%s, %s, %s, %s, %s, %s, %s, 0) ON CONFLICT DO NOTHING
"""
_UNKNOWN = TestAccount("", "refused", "no_account")


class Sandbox:
    name = "sandbox"
    hosted_at = ""

    def authorise(self, *, payment_id: UUID, amount: Money, card: Card | None, return_url: str, at: datetime) -> Result:
        test = _checked(card or Card("", "", ""), at)
        state, reason = _STARTS.get(test.scenario, "paid"), test.reason if test.scenario == "declined" else ""
        told_later = test.scenario in ("slow", "twice", "unordered")
        with transaction.atomic() if told_later else nullcontext():
            is_new = _charged(payment_id, test.scenario, state, reason, amount, return_url)
            if is_new and told_later:
                defer_webhook("payment", payment_id)
        return _result(SandboxCharge(id=payment_id, state=state, reason=reason) if is_new else _charge(payment_id))

    def capture(self, *, payment_id: UUID) -> Result:
        SandboxCharge.objects.filter(pk=payment_id, state="authorised").update(state="paid")
        return _result(_charge(payment_id))

    def lookup(self, *, payment_id: UUID) -> Result | None:
        charge = SandboxCharge.objects.filter(pk=payment_id).first()
        return _result(charge) if charge else None

    def refund(self, *, payment_id: UUID, refund_id: UUID, amount: Money) -> RefundResult:
        with transaction.atomic():
            charge = _charge(payment_id, lock=True)
            if charge.currency != amount.currency:
                raise CurrencyMismatch(f"{charge.currency} taken, {amount.currency} to give back")
            if earlier := SandboxRefund.objects.filter(pk=refund_id).first():
                return _refund_result(earlier)
            if charge.state == "authorised" or charge.reason == "released":
                SandboxCharge.objects.filter(pk=payment_id).update(state="declined", reason="released")
                return RefundResult("done", ref(refund_id))
            left = charge.amount_minor - charge.refunded_minor if charge.state == "paid" else 0
            if amount.minor > left:
                return RefundResult("failed", ref(refund_id), "too_much")
            return _refund_result(_new_refund(refund_id, charge, amount))

    def payout(self, *, payout_id: UUID, destination: str, amount: Money) -> PayoutResult:
        account = ACCOUNTS.get(destination, _UNKNOWN)
        with transaction.atomic():
            sent, is_new = SandboxPayout.objects.get_or_create(
                pk=payout_id,
                defaults={
                    "destination": destination[:80],
                    "scenario": account.scenario,
                    "state": _SENT.get(account.scenario, "pending"),
                    "reason": account.reason,
                    "amount_minor": amount.minor,
                    "currency": amount.currency,
                },
            )
            if is_new and account.scenario in ("slow", "twice", "failing", "returned"):
                defer_webhook("payout", sent.pk)
        return PayoutResult(sent.state, ref(sent.pk), sent.reason if sent.state == "failed" else "")  # type: ignore[arg-type]

    def verify(self, *, headers: Mapping[str, str], body: bytes, at: datetime) -> Notice:
        return read(headers=headers, body=body, at=at)


def _checked(card: Card, at: datetime) -> TestCard:
    test = CARDS.get(re.sub(r"[\s-]", "", card.number))
    if test is None:
        text = _("This is a sandbox: pay with one of its test cards, like 4242 4242 4242 4242.")
        raise Invalid("card.number", text, card_number=text)
    _check_expiry(card.expiry, at)
    if not re.fullmatch(r"\d{3,4}", card.code.strip()):
        raise Invalid("card.code", _("The code is three or four digits."), card_code=_("Three or four digits."))
    return test


def _check_expiry(text: str, at: datetime) -> None:
    found = re.fullmatch(r"\s*(0[1-9]|1[0-2])\s*/\s*(?:20)?(\d\d)\s*", text)
    if found is None:
        raise Invalid("card.expiry", _("Write the expiry as month/year, like 08/30."), card_expiry=_("Like 08/30."))
    if (2000 + int(found[2]), int(found[1])) < (at.year, at.month):
        raise Invalid("card.expired", _("This card has expired."), card_expiry=_("This card has expired."))


def _charged(payment_id: UUID, scenario: str, state: str, reason: str, amount: Money, return_url: str) -> bool:
    """Whether this call made the charge; one that stands is left alone."""
    with connection.cursor() as cursor:
        cursor.execute(_CHARGE, [payment_id, scenario, state, reason, amount.minor, amount.currency, return_url])
        return bool(cursor.rowcount)


def _charge(payment_id: UUID, *, lock: bool = False) -> SandboxCharge:
    charges = SandboxCharge.objects.select_for_update(no_key=True) if lock else SandboxCharge.objects.all()
    charge = charges.filter(pk=payment_id).first()
    if charge is None:
        raise NotFound("payment.unknown", "The sandbox never heard of this payment.")
    return charge


def _new_refund(refund_id: UUID, charge: SandboxCharge, amount: Money) -> SandboxRefund:
    told_later = charge.scenario in ("refund_slow", "refund_fails")
    made = SandboxRefund.objects.create(
        id=refund_id, charge=charge, state="pending" if told_later else "done", amount_minor=amount.minor
    )
    if told_later:
        defer_webhook("refund", made.pk)
    return made


def _result(charge: SandboxCharge) -> Result:
    url = f"/bank/{charge.pk}" if charge.state == "confirming" else ""
    return Result(charge.state, ref(charge.pk), url, charge.reason)  # type: ignore[arg-type]


def _refund_result(refund: SandboxRefund) -> RefundResult:
    return RefundResult(refund.state, ref(refund.pk), refund.reason)  # type: ignore[arg-type]
