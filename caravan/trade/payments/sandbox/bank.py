"""The sandbox's "bank", which asks the buyer to confirm."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from caravan.kernel.errors import NotFound
from caravan.kernel.money import Money
from caravan.trade.models import SandboxCharge
from caravan.trade.payments.sandbox.notices import defer_webhook


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
            defer_webhook("payment", charge.pk, seconds=0)
    return charge.return_url


def _asked(charge_id: UUID) -> SandboxCharge:
    charge = SandboxCharge.objects.filter(pk=charge_id, scenario="confirm").first()
    if charge is None:
        raise NotFound("sandbox.charge", _("There is no payment to confirm here."))
    return charge
