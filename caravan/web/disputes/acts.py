"""What a form of a dispute does, by the noun it is posted to. Who may do it, the rules say; each answers what to tell."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from caravan.kernel.clock import now
from caravan.kernel.errors import Conflict, Invalid, NotFound
from caravan.kernel.money import Money
from caravan.trade.actions import disputes
from caravan.trade.queries.disputes import dispute_for
from caravan.trade.queries.sides import Side

Act = Callable[[HttpRequest, Side, datetime], str]


def perform(request: HttpRequest, side: Side, noun: str) -> Invalid | None:
    """Do what the form asks and say so; returns what is wrong with what was typed. Raises NotFound for an unknown noun."""
    act = ACTS.get(noun)
    if act is None:
        raise NotFound("page.unknown", _("There is nothing at this address."))
    try:
        messages.success(request, act(request, side, now()))
    except Invalid as refused:
        return refused
    except Conflict as refused:
        messages.error(request, refused.detail)
    return None


def minor_of(text: str, currency: str) -> int | None:
    """An amount as people type it, in minor units; None for an empty field. Raises Invalid for the field `amount`."""
    typed = text.strip().replace(" ", "").replace("\u00a0", "")
    if not typed:
        return None
    if typed.count(",") == 1 and "." not in typed:
        typed = typed.replace(",", ".")
    try:
        return Money.parse(f"{typed} {currency}").minor
    except Invalid as wrong:
        raise Invalid(wrong.code, wrong.detail, amount=wrong.detail) from wrong


def attach(request: HttpRequest, side: Side, at: datetime) -> str:
    """Keep the file of the form, if there is one."""
    file = request.FILES.get("file")
    if file is None or not file.size:
        wrong = _("Choose a file first.")
        raise Invalid("dispute.file", wrong, file=wrong)
    disputes.add_evidence(side=side, name=file.name or "", file=file, at=at)
    return _("The file is in the dispute. Both sides and the market can see it.")


def _propose(request: HttpRequest, side: Side, at: datetime) -> str:
    agreed = disputes.propose(
        side=side,
        remedy=request.POST.get("remedy", ""),
        minor=minor_of(request.POST.get("amount", ""), dispute_for(side).most.currency),
        note=request.POST.get("note", ""),
        at=at,
    )
    return _("You agree. What was agreed is done now.") if agreed else _("Your proposal stands. The other side has been told.")


def _accept(request: HttpRequest, side: Side, at: datetime) -> str:
    try:
        wanted = UUID(request.POST.get("proposal", ""))
    except ValueError as e:
        raise NotFound("dispute.proposal", _("There is no such proposal.")) from e
    agreed = disputes.accept(side=side, proposal_id=wanted, at=at)
    if agreed:
        return _("You agree. What was agreed is done now.")
    return _("You have accepted it. It takes effect when the other side accepts it, too.")


def _escalate(request: HttpRequest, side: Side, at: datetime) -> str:
    disputes.escalate(side=side, at=at)
    return _("The market will decide. Until it does, both can still agree.")


def _withdraw(request: HttpRequest, side: Side, at: datetime) -> str:
    disputes.withdraw(side=side, at=at)
    return _("The dispute is withdrawn.")


def _decide(request: HttpRequest, side: Side, at: datetime) -> str:
    disputes.decide(
        side=side,
        remedy=request.POST.get("remedy", ""),
        minor=minor_of(request.POST.get("amount", ""), dispute_for(side).most.currency),
        note=request.POST.get("note", ""),
        at=at,
    )
    return _("Decided. Both sides have been told why.")


def _return_address(request: HttpRequest, side: Side, at: datetime) -> str:
    disputes.give_return_address(side=side, address=request.POST.get("address", ""), at=at)
    return _("The buyer has the address.")


def _send_back(request: HttpRequest, side: Side, at: datetime) -> str:
    disputes.send_back(side=side, **_parcel(request), at=at)
    return _("Noted. When the store has the goods, your money goes back.")


def _take_back(request: HttpRequest, side: Side, at: datetime) -> str:
    disputes.take_back(side=side, resalable="resalable" in request.POST, at=at)
    return _("Thank you. The money goes back to the buyer.")


def _resend(request: HttpRequest, side: Side, at: datetime) -> str:
    disputes.resend(side=side, **_parcel(request), at=at)
    return _("Noted. The buyer has been told.")


def _confirm_resent(request: HttpRequest, side: Side, at: datetime) -> str:
    disputes.confirm_resent(side=side, at=at)
    return _("Good to hear. The dispute is settled.")


def _contest(request: HttpRequest, side: Side, at: datetime) -> str:
    disputes.contest(side=side, text=request.POST.get("text", ""), at=at)
    return _("The market will look at it.")


def _parcel(request: HttpRequest) -> dict[str, str]:
    return {name: request.POST.get(name, "") for name in ("carrier", "tracking_code")}


ACTS: dict[str, Act] = {
    "proposals": _propose,
    "acceptance": _accept,
    "escalation": _escalate,
    "withdrawal": _withdraw,
    "evidence": attach,
    "decision": _decide,
    "return-address": _return_address,
    "return": _send_back,
    "return-receipt": _take_back,
    "resend": _resend,
    "resend-receipt": _confirm_resent,
    "objection": _contest,
}
