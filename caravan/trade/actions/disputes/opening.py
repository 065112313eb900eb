from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from caravan.kernel.errors import Conflict, Invalid
from caravan.outbox.actions import record
from caravan.trade.actions.disputes.moving import say
from caravan.trade.actions.disputes.terms import checked_note, checked_terms
from caravan.trade.actions.moves import locked_order, move_orders
from caravan.trade.events import DisputeOpened
from caravan.trade.models import Dispute, DisputeLine, Order
from caravan.trade.queries.claims import claim_on
from caravan.trade.queries.sides import Side
from caravan.trade.rules.disputes import Party, Reason, State, due_at
from caravan.trade.rules.states import Move
from caravan.trade.rules.terms import TERMS, may_dispute


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """What is wrong, with how many pieces of which lines (`pieces`: line id to how many), and what the buyer asks.

    `minor` is the money asked back, in the order's currency; None for all that the pieces cost.
    """

    reason: str
    pieces: Mapping[UUID, int]
    remedy: str
    minor: int | None = None
    text: str = ""


def open_dispute(*, side: Side, complaint: Complaint, at: datetime) -> UUID:
    """The buyer complains. Returns the dispute's id; where one is open already, that one's.

    Raises Invalid, naming the fields, for a complaint that says too little or asks too much; Conflict where it is too early, too
    late, or the order was never shipped. Locks: the order (docs/locking.md).
    """
    if side.party != Party.BUYER:
        raise Conflict("dispute.not_yours", _("Only the buyer can open a dispute."))
    with transaction.atomic():
        order = locked_order(side.order_id)
        if open_one := Dispute.objects.filter(order=order).exclude(state=State.SETTLED).first():
            return open_one.pk
        _check_clock(order, at)
        reason, pieces = _checked(order, complaint)
        claim = claim_on(order, pieces)
        remedy, minor = checked_terms(
            remedy=complaint.remedy, minor=complaint.minor, claim=claim, reason=reason, party=Party.BUYER
        )
        text = checked_note(note=complaint.text, field="text", required=True)
        move_orders(orders=[order], move=Move.OPEN_DISPUTE, at=at)
        dispute = Dispute.objects.create(
            order=order, reason=reason, text=text, opened_at=at, due_at=due_at(State.OPEN, at, at)
        )  # fmt: skip
        DisputeLine.objects.bulk_create(DisputeLine(dispute=dispute, line_id=line, quantity=n) for line, n in pieces.items())
        say(dispute=dispute, party=Party.BUYER, user_id=side.user_id, remedy=remedy, minor=minor, note="", at=at)
        record(DisputeOpened(at=at, order_id=order.pk, store_id=order.store_id, buyer_id=order.buyer_id, dispute_id=dispute.pk))
    return dispute.pk


def _check_clock(order: Order, at: datetime) -> None:
    if order.shipped_at is None:
        raise Conflict("dispute.unshipped", _("This order has not been shipped: cancel it instead."))
    if may_dispute(shipped_at=order.shipped_at, delivered_at=order.delivered_at, until=order.dispute_until, at=at):
        return
    if order.dispute_until is not None and at >= order.dispute_until:
        raise Conflict("dispute.late", _("The 15 days after completion, in which a dispute can be opened, have passed."))
    days = TERMS.dispute_from.days
    wait = ngettext(
        "Give the parcel %(days)s day from shipment, unless it was delivered.",
        "Give the parcel %(days)s days from shipment, unless it was delivered.",
        days,
    )
    raise Conflict("dispute.early", wait % {"days": days})


def _checked(order: Order, complaint: Complaint) -> tuple[Reason, dict[UUID, int]]:
    wrong = {}
    if complaint.reason not in list(Reason):
        wrong["reason"] = _("Choose what is wrong.")
    pieces = {line: n for line, n in complaint.pieces.items() if n}
    bought = dict(order.lines.values_list("id", "quantity"))
    if not pieces:
        wrong["pieces"] = _("Choose at least one piece.")
    elif any(not 0 < n <= bought.get(line, 0) for line, n in pieces.items()):
        wrong["pieces"] = _("You can dispute as many pieces as you bought.")
    if wrong:
        raise Invalid("dispute.form", _("Please say what is wrong, and with what."), **wrong)
    return Reason(complaint.reason), pieces
