"""The rules' codes in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from caravan.trade.queries.disputes import DisputeRow
from caravan.trade.rules.disputes import Party, State


@dataclass(frozen=True, slots=True)
class Words:
    """What each code is called; `states` with the kind of its badge."""

    reasons: Mapping[str, str]
    remedies: Mapping[str, str]
    parties: Mapping[str, str]
    states: Mapping[str, tuple[str, str]]
    outcomes: Mapping[str, str]


def words() -> Words:
    return Words(reasons=_reasons(), remedies=_remedies(), parties=_parties(), states=_states(), outcomes=_outcomes())


def _reasons() -> dict[str, str]:
    return {
        "not_received": _("It did not arrive"),
        "not_as_described": _("Not as described"),
        "damaged": _("Damaged"),
        "wrong_item": _("Another item came"),
        "missing_parts": _("Something is missing"),
        "counterfeit": _("Counterfeit"),
    }


def _remedies() -> dict[str, str]:
    return {
        "refund": _("Money back, the goods stay"),
        "return": _("Send back, then money back"),
        "resend": _("Send again"),
        "nothing": _("Nothing back"),
    }


def _parties() -> dict[str, str]:
    return {"buyer": _("Buyer"), "store": _("Store"), "platform": _("The market"), "clock": _("the clock")}


def _states() -> dict[str, tuple[str, str]]:
    return {
        "open": (_("Waiting for the store"), "warn"),
        "answered": (_("Buyer and store are talking"), "info"),
        "escalated": (_("The market decides"), "warn"),
        "address_due": (_("Return address awaited"), "warn"),
        "return_due": (_("Goods to be sent back"), "info"),
        "return_sent": (_("Goods on their way back"), "info"),
        "resend_due": (_("To be sent again"), "warn"),
        "resent": (_("Sent again"), "info"),
        "settled": (_("Settled"), "good"),
    }


def _outcomes() -> dict[str, str]:
    return {
        "refund": _("Money back"),
        "return": _("Sent back, money back"),
        "resend": _("Sent again"),
        "nothing": _("Nothing back"),
        "withdrawn": _("Withdrawn by the buyer"),
    }


def what_next(dispute: DisputeRow) -> str:
    """What happens when nobody moves until the clock strikes."""
    if dispute.state == State.SETTLED:
        return ""
    return {
        "open": _("If the store does not answer by then, what the buyer asks for is done."),
        "answered": _("If both do not agree by then, the market decides."),
        "escalated": _("The market decides by then. Until it does, both can still agree."),
        "address_due": _("If the store gives no address by then, the money goes back and the goods stay."),
        "return_due": _("If the goods are not sent back by then, the dispute closes with nothing back."),
        "return_sent": _("If the store does not contest by then, the money goes back."),
        "resend_due": _("If the store has not sent it again by then, the money goes back."),
        "resent": _("If the buyer does not contest by then, the dispute closes."),
    }[dispute.state]


def verdict(dispute: DisputeRow) -> str:
    """How it ended, in a sentence: by whom, and at whose account."""
    outcome = _outcomes()[dispute.outcome]
    if dispute.outcome == "withdrawn":
        return outcome
    if dispute.decided_at or dispute.settled_by == Party.PLATFORM:
        return _("%(outcome)s, by decision of the market") % {"outcome": outcome}
    if dispute.settled_by == Party.CLOCK:
        return _("%(outcome)s, because the time ran out") % {"outcome": outcome}
    return _("%(outcome)s, as both agreed") % {"outcome": outcome}
