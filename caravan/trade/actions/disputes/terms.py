"""What may be proposed and written: checked once, for every form and the API."""

from __future__ import annotations

from django.utils.translation import gettext as _

from caravan.kernel.errors import Invalid
from caravan.trade.rules.dispute_money import Claim
from caravan.trade.rules.disputes import Party, Reason, Remedy, remedies

LONGEST_NOTE = 2_000


def checked_terms(*, remedy: str, minor: int | None, claim: Claim, reason: Reason, party: Party) -> tuple[Remedy, int]:
    """The remedy with its amount; without one, all that the claim holds. Raises Invalid for `remedy` or `amount`."""
    if remedy not in remedies(reason, party):
        text = _("Choose one of the solutions.")
        raise Invalid("dispute.remedy", text, remedy=text)
    if remedy in (Remedy.RESEND, Remedy.NOTHING):
        return Remedy(remedy), 0
    amount = claim.most if minor is None else minor
    if not 0 < amount <= claim.most:
        text = _("More than nothing, and no more than these pieces cost.")
        raise Invalid("dispute.amount", text, amount=text)
    return Remedy(remedy), amount


def checked_note(*, note: str, field: str, required: bool = False) -> str:
    """Words to the others, at most LONGEST_NOTE characters. Raises Invalid for `field`."""
    text = note.replace("\x00", "").strip()
    if len(text) > LONGEST_NOTE or (required and not text):
        wrong = _("Write 1 to %(most)s characters.") % {"most": LONGEST_NOTE}
        raise Invalid("dispute.text", wrong, **{field: wrong})
    return text


def checked_parcel(*, carrier: str, tracking_code: str) -> tuple[str, str]:
    """Raises Invalid without carrier and tracking code: the other side follows the parcel by them."""
    carrier, code = " ".join(carrier.split()), "".join(tracking_code.split())
    wrong = {
        name: _("Write it in at most %(most)s characters.") % {"most": most}
        for name, text, most in (("carrier", carrier, 40), ("tracking_code", code, 80))
        if not 1 <= len(text) <= most
    }
    if wrong:
        raise Invalid("dispute.parcel", _("A parcel is followed by its carrier and tracking code."), **wrong)
    return carrier, code
