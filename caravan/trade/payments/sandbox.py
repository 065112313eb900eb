"""The built-in provider: it takes no money and behaves, by card number, in every way a real one may.

It keeps its own books (`SandboxCharge`) and tells of payments by real webhooks, which a worker posts to SITE_URL.
"""

from __future__ import annotations

import json
import re
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import get_args
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from caravan.kernel.errors import BadRequest, Invalid, NotFound
from caravan.kernel.money import Money
from caravan.trade.models import SandboxCharge
from caravan.trade.payments import signature
from caravan.trade.payments.protocol import Card, Notice, Result, State
from caravan.trade.payments.sandbox_cards import CARDS, Scenario

WEBHOOK_TASK = "trade.send_sandbox_webhook"
SLOW_SECONDS = 4
_FIRST: Mapping[Scenario, State] = {
    "paid": "paid", "declined": "declined", "confirm": "confirming", "slow": "pending", "twice": "pending", "never": "pending",
}  # fmt: skip


class Sandbox:
    name = "sandbox"

    def start(self, *, payment_id: UUID, amount: Money, card: Card, return_url: str, at: datetime) -> Result:
        test = CARDS.get(re.sub(r"[\s-]", "", card.number))
        if test is None:
            text = _("This is a sandbox: pay with one of its test cards, like 4242 4242 4242 4242.")
            raise Invalid("card.number", text, card_number=text)
        _check_expiry(card.expiry, at)
        if not re.fullmatch(r"\d{3,4}", card.code.strip()):
            raise Invalid("card.code", _("The code is three or four digits."), card_code=_("Three or four digits."))
        with transaction.atomic():
            charge, is_new = SandboxCharge.objects.get_or_create(
                pk=payment_id,
                defaults={
                    "scenario": test.scenario,
                    "state": _FIRST[test.scenario],
                    "reason": test.reason,
                    "amount_minor": amount.minor,
                    "currency": amount.currency,
                    "return_url": return_url,
                },
            )
            if is_new and test.scenario in ("slow", "twice"):
                _defer_webhook(charge, seconds=SLOW_SECONDS)
        return _result(charge)

    def lookup(self, *, payment_id: UUID) -> Result | None:
        charge = SandboxCharge.objects.filter(pk=payment_id).first()
        return _result(charge) if charge else None

    def refund(self, *, payment_id: UUID) -> Result:
        SandboxCharge.objects.filter(pk=payment_id, state="paid").update(state="refunded")
        return _result(SandboxCharge.objects.get(pk=payment_id))

    def verify(self, *, headers: Mapping[str, str], body: bytes, at: datetime) -> Notice:
        signature.check(_secret(), headers.get(signature.HEADER, ""), body, at)
        try:
            said = json.loads(body)
            state: State = said["state"]
            if state not in get_args(State):
                raise ValueError(state)
            result = Result(state, said["charge"], reason=said.get("reason", ""))
            return Notice(str(said["id"]), UUID(said["payment"]), result)
        except (ValueError, KeyError, TypeError) as e:
            raise BadRequest("webhook.body", "The body is not a notice of this provider.") from e


@dataclass(frozen=True, slots=True)
class AtBank:
    """What the "bank" asks the buyer about; `waiting` until they answered."""

    amount: Money
    waiting: bool
    return_url: str


def at_bank(*, charge_id: UUID) -> AtBank:
    """Raises NotFound where there never was anything to confirm."""
    charge = _asked(charge_id)
    return AtBank(Money(charge.amount_minor, charge.currency), charge.state == "confirming", charge.return_url)


def decide(*, charge_id: UUID, confirmed: bool) -> str:
    """The buyer confirmed at the "bank", or refused; returns where to send them back to. The first answer stands."""
    with transaction.atomic():
        charge = _asked(charge_id)
        answer = {"state": "paid"} if confirmed else {"state": "declined", "reason": "not_confirmed"}
        if SandboxCharge.objects.filter(pk=charge_id, state="confirming").update(**answer):
            _defer_webhook(charge, seconds=0)
    return charge.return_url


def send_webhook(*, charge_id: UUID, at: datetime) -> None:
    """Tell Caravan how a charge stands: one signed POST, two with the same event id where that is the scenario."""
    charge = SandboxCharge.objects.get(pk=charge_id)
    if charge.state == "pending":
        charge.state = "paid"
        charge.save(update_fields=["state"])
    notice = {
        "id": f"evt_{charge.pk.hex}_{charge.state}",
        "payment": str(charge.pk),
        "charge": _ref(charge),
        "state": charge.state,
    }
    body = json.dumps({**notice, "reason": charge.reason}).encode()
    for _time in range(2 if charge.scenario == "twice" else 1):
        headers = {"Content-Type": "application/json", signature.HEADER: signature.sign(_secret(), body, at)}
        request = urllib.request.Request(f"{settings.SITE_URL}/webhooks/payments/sandbox", body, headers)  # noqa: S310
        with urllib.request.urlopen(request, timeout=10):  # noqa: S310 - our own address, from settings
            pass


def _asked(charge_id: UUID) -> SandboxCharge:
    charge = SandboxCharge.objects.filter(pk=charge_id, scenario="confirm").first()
    if charge is None:
        raise NotFound("sandbox.charge", _("There is no payment to confirm here."))
    return charge


def _check_expiry(text: str, at: datetime) -> None:
    found = re.fullmatch(r"\s*(0[1-9]|1[0-2])\s*/\s*(?:20)?(\d\d)\s*", text)
    if found is None:
        raise Invalid("card.expiry", _("Write the expiry as month/year, like 08/30."), card_expiry=_("Like 08/30."))
    if (2000 + int(found[2]), int(found[1])) < (at.year, at.month):
        raise Invalid("card.expired", _("This card has expired."), card_expiry=_("This card has expired."))


def _defer_webhook(charge: SandboxCharge, *, seconds: int) -> None:
    app.configure_task(WEBHOOK_TASK, schedule_in={"seconds": seconds}, queue="payments").defer(charge_id=str(charge.pk))


def _result(charge: SandboxCharge) -> Result:
    url = f"/bank/{charge.pk}" if charge.state == "confirming" else ""
    return Result(charge.state, _ref(charge), url, charge.reason)  # type: ignore[arg-type]


def _ref(charge: SandboxCharge) -> str:
    return f"sb_{charge.pk.hex}"


def _secret() -> bytes:
    return salted_hmac("caravan.trade.sandbox", "webhooks", algorithm="sha256").digest()
