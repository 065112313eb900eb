"""What all of them share: the dispute under the lock of its order, and where a move leads it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from caravan.kernel.errors import Conflict, NotFound
from caravan.outbox.actions import record
from caravan.trade.actions.moves import locked_order, move_orders
from caravan.trade.actions.refunding import RefundLine, refund_order
from caravan.trade.events import DisputeAnswered, DisputeSettled
from caravan.trade.models import Dispute, DisputeProposal, Order
from caravan.trade.queries.claims import claim_on
from caravan.trade.rules import disputes as rules
from caravan.trade.rules.dispute_money import Claim, shared
from caravan.trade.rules.disputes import BINDING, PAID_BACK, Move, Party, Proposal, Remedy, State
from caravan.trade.rules.states import Move as OrderMove


def locked(order_id: UUID) -> tuple[Order, Dispute]:
    """The order under its lock, with its newest dispute. Raises NotFound where it never had one."""
    order = locked_order(order_id)
    dispute = Dispute.objects.filter(order=order).order_by("-opened_at", "-id").first()
    if dispute is None:
        raise NotFound("dispute.none", _("There is no dispute about this order."))
    return order, dispute


def claimed(*, order: Order, dispute: Dispute) -> Claim:
    """What its pieces can still give back."""
    return claim_on(order, dict(dispute.lines.values_list("line_id", "quantity")))


def said(dispute: Dispute) -> list[Proposal]:
    """Every proposal, in the order they were made."""
    rows = dispute.proposals.values_list("id", "party", "remedy", "minor", "round")
    return [Proposal(id, Party(party), Remedy(remedy), minor, round) for id, party, remedy, minor, round in rows]


def say(
    *, dispute: Dispute, party: Party, user_id: UUID | None, remedy: Remedy, minor: int, note: str, at: datetime,
    binding: bool = False,
) -> None:  # fmt: skip
    """Add a proposal to the file; nothing follows from it yet."""
    DisputeProposal.objects.create(
        dispute=dispute, party=party, author_id=user_id, remedy=remedy, minor=minor, round=dispute.round, note=note, at=at,
        binding=binding,
    )  # fmt: skip


def move(
    *, order: Order, dispute: Dispute, move: Move, party: Party, at: datetime, agreed: tuple[Remedy, int] | None = None
) -> None:
    """Make a move of `party`'s; `agreed` is what was agreed or decided, with its amount. Raises Conflict where it is too late.

    A move that ends the dispute settles it: the money goes back, once, in this transaction.
    """
    step = rules.after(State(dispute.state), move, party, agreed[0] if agreed else None)
    if step is None:
        raise Conflict("dispute.moved_on", _("This is not possible any more: the dispute has moved on. Look at it again."))
    if party != Party.CLOCK and dispute.state in BINDING and dispute.due_at and dispute.due_at <= at:
        raise Conflict("dispute.expired", _("The time for this has run out; what follows from it is done within a minute."))
    if agreed:
        dispute.remedy, dispute.minor = agreed
    if step.liable is not None:
        dispute.liable = step.liable
    if move == Move.CONTEST:
        dispute.round += 1
    if step.state == State.ESCALATED and dispute.state != State.ESCALATED:
        dispute.escalated_at = at
    # Saying one more thing in the same state winds up no clock again.
    if step.state != dispute.state:
        dispute.due_at = rules.due_at(step.state, dispute.opened_at, at, dispute.round)
    dispute.state = step.state
    if step.outcome:
        _settle(order, dispute, step.outcome, party, at)
    else:
        record(DisputeAnswered(at=at, order_id=order.pk, store_id=order.store_id, buyer_id=order.buyer_id, dispute_id=dispute.pk))
    dispute.save()


def _settle(order: Order, dispute: Dispute, outcome: str, party: Party, at: datetime) -> None:
    dispute.outcome, dispute.settled_by, dispute.settled_at = outcome, party, at
    closing = OrderMove.WITHDRAW_DISPUTE if outcome == "withdrawn" else OrderMove.SETTLE_DISPUTE
    move_orders(orders=[order], move=closing, at=at)
    if outcome in PAID_BACK:
        dispute.refund_id = _pay_back(order, dispute, outcome == "return", at)
    record(
        DisputeSettled(
            at=at,
            order_id=order.pk,
            store_id=order.store_id,
            buyer_id=order.buyer_id,
            dispute_id=dispute.pk,
            outcome=outcome,
            liable=dispute.liable or "nobody",
        )
    )


def _pay_back(order: Order, dispute: Dispute, goods_return: bool, at: datetime) -> UUID | None:
    """Give back what was agreed, or all that is disputed where nothing was (a parcel sent again never left).

    What went back meanwhile for another reason is not given twice.
    """
    claim = claimed(order=order, dispute=dispute)
    shares = shared(min(dispute.minor or claim.most, claim.most), claim, goods_return=goods_return)
    if not shares.total:
        return None
    refund = refund_order(
        order=order,
        cause=dispute.pk,
        reason="dispute",
        lines=[RefundLine(s.line_id, s.quantity, s.minor, s.tax_minor) for s in shares.lines],
        shipping_minor=shares.shipping_minor,
        shipping_tax_minor=shares.shipping_tax_minor,
        at=at,
    )
    return refund.pk
