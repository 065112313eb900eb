"""Proposals, and what ends the talk: agreeing, withdrawing, the platform's decision."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from caravan.kernel.errors import Conflict, Forbidden, NotFound
from caravan.trade.actions.disputes.moving import claimed, locked, move, said, say
from caravan.trade.actions.disputes.terms import checked_note, checked_terms
from caravan.trade.models import Dispute, Order
from caravan.trade.queries.sides import Side
from caravan.trade.rules import disputes as rules
from caravan.trade.rules.disputes import Move, Party, Reason, Remedy, State


def propose(*, side: Side, remedy: str, minor: int | None, note: str = "", at: datetime) -> bool:
    """Ask or offer something; True where the other party stands for the same, so that it is agreed by this.

    `minor` None: all that the disputed pieces cost. The platform's proposal is a suggestion. Raises Invalid, Conflict.
    """
    with transaction.atomic():
        order, dispute = locked(side.order_id)
        terms = _terms(side, order, dispute, remedy, minor)
        return _stand(side, order, dispute, terms, checked_note(note=note, field="note"), at)


def accept(*, side: Side, proposal_id: UUID, at: datetime) -> bool:
    """Stand for what another proposes; True where buyer and store agree by this. Accepting twice is no error.

    Raises NotFound for a proposal of another dispute, Conflict for one that does not stand any more.
    """
    with transaction.atomic():
        order, dispute = locked(side.order_id)
        proposals = said(dispute)
        wanted = next((p for p in proposals if p.id == proposal_id), None)
        if wanted is None:
            raise NotFound("dispute.proposal", _("There is no such proposal."))
        stand = rules.standing(proposals)
        mine = stand.get(side.party)
        if mine and mine.same_as(wanted) and (dispute.remedy, dispute.minor) == (wanted.remedy, wanted.minor):
            return True
        if stand.get(wanted.party) != wanted or wanted.party == side.party:
            raise Conflict("dispute.proposal_old", _("This proposal does not stand any more. Look at the newest one."))
        return _stand(side, order, dispute, (wanted.remedy, wanted.minor), "", at)


def escalate(*, side: Side, at: datetime) -> None:
    """Ask the platform to decide. Asking when it has the case already is no error."""
    with transaction.atomic():
        order, dispute = locked(side.order_id)
        if dispute.state != State.ESCALATED:
            move(order=order, dispute=dispute, move=Move.ESCALATE, party=side.party, at=at)


def withdraw(*, side: Side, at: datetime) -> None:
    """The buyer drops it. It may be opened again while the order's time for disputes lasts. Twice is no error."""
    with transaction.atomic():
        order, dispute = locked(side.order_id)
        if dispute.outcome != "withdrawn":
            move(order=order, dispute=dispute, move=Move.WITHDRAW, party=side.party, at=at)


def decide(*, side: Side, remedy: str, minor: int | None, note: str, at: datetime) -> None:
    """The platform decides, with its reasons in `note`, which both sides read. Raises Forbidden to others, Invalid, Conflict."""
    if side.party != Party.PLATFORM:
        raise Forbidden("dispute.operators_only", _("Only the market decides disputes."))
    with transaction.atomic():
        order, dispute = locked(side.order_id)
        terms = _terms(side, order, dispute, remedy, minor)
        note = checked_note(note=note, field="note", required=True)
        dispute.decided_at = at
        _say(side, dispute, terms, note, at, binding=True)
        move(order=order, dispute=dispute, move=Move.DECIDE, party=side.party, at=at, agreed=terms)


def _terms(side: Side, order: Order, dispute: Dispute, remedy: str, minor: int | None) -> tuple[Remedy, int]:
    claim = claimed(order=order, dispute=dispute)
    return checked_terms(remedy=remedy, minor=minor, claim=claim, reason=Reason(dispute.reason), party=side.party)


def _stand(side: Side, order: Order, dispute: Dispute, terms: tuple[Remedy, int], note: str, at: datetime) -> bool:
    _say(side, dispute, terms, note, at)
    if side.party == Party.STORE and dispute.answered_at is None:
        dispute.answered_at = at
    if agreed := rules.agreed(said(dispute)):
        move(order=order, dispute=dispute, move=Move.AGREE, party=side.party, at=at, agreed=(agreed.remedy, agreed.minor))
        return True
    move(order=order, dispute=dispute, move=Move.PROPOSE, party=side.party, at=at)
    return False


def _say(side: Side, dispute: Dispute, terms: tuple[Remedy, int], note: str, at: datetime, *, binding: bool = False) -> None:
    remedy, minor = terms
    say(dispute=dispute, party=side.party, user_id=side.user_id, remedy=remedy, minor=minor, note=note, at=at, binding=binding)
