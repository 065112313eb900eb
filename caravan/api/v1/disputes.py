"""Disputes about orders, as their buyer (a guest adds `?key=`) or, with `?store=`, as the store's staff."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from caravan.api.endpoint import Call, Page, Shape, endpoint
from caravan.api.v1.shapes import Amount, page_of
from caravan.kernel.errors import Invalid
from caravan.kernel.money import Money
from caravan.stores.queries import store_for_member
from caravan.trade.actions import disputes
from caravan.trade.actions.disputes import Complaint
from caravan.trade.queries.access import Viewer
from caravan.trade.queries.disputes import DisputeRow, DisputeSummary, dispute_for, disputes_of_store
from caravan.trade.queries.orders import order_for_buyer
from caravan.trade.queries.sides import Side, buyer_side, store_side


class SideQuery(Shape, frozen=True):
    """`key`: a guest's, from the checkout's answer. `store`: speak as the store's staff; its slug."""

    key: str = ""
    store: str = ""


class DisputesQuery(Shape, frozen=True):
    """`state`: open (by clock, the most urgent first) or settled (newest first)."""

    state: str = "open"
    cursor: str = ""
    limit: int = 20


class DisputedPieces(Shape, frozen=True):
    line_id: UUID
    quantity: int


class DisputeBody(Shape, frozen=True):
    """`reason`: not_received, not_as_described, damaged, wrong_item, missing_parts or counterfeit. `remedy`: refund, return or
    resend. `amount`: what to get back, like "12.50 BRL"; without it all that the pieces cost."""

    reason: str
    lines: list[DisputedPieces]
    remedy: str
    text: str
    amount: str = ""


class ProposalBody(Shape, frozen=True):
    """`remedy`: refund, return, resend or (the store) nothing. `amount` like "12.50 BRL"; without it all the pieces cost."""

    remedy: str
    amount: str = ""
    note: str = ""


class Acceptance(Shape, frozen=True):
    proposal_id: UUID


class ProposalShape(Shape, frozen=True):
    """`stands`: the newest of its party. `binding`: the platform's decision."""

    id: UUID
    party: str
    remedy: str
    amount: Amount
    note: str
    stands: bool
    binding: bool
    at: datetime


class DisputeShape(Shape, frozen=True):
    """`due_at`: until when the side whose turn it is (`state`) has to move. `you_may`: what the asking side may do now.

    `refunded` is what went back by it, null while nothing did; `most` the most that still can.
    """

    id: UUID
    order: str
    reason: str
    text: str
    state: str
    outcome: str
    liable: str
    opened_at: datetime
    due_at: datetime | None
    settled_at: datetime | None
    lines: list[DisputedPieces]
    proposals: list[ProposalShape]
    most: Amount
    refunded: Amount | None
    you_may: list[str]


class DisputeRowShape(Shape, frozen=True):
    """A line of a store's list; `asked` is what the buyer asks for."""

    id: UUID
    order: str
    reason: str
    state: str
    outcome: str
    remedy: str
    asked: Amount
    opened_at: datetime
    due_at: datetime | None


@endpoint("GET", "stores/{slug}/disputes", answer=Page[DisputeRowShape], query=DisputesQuery, auth="required")
def list_disputes(call: Call[DisputesQuery, None], slug: str) -> Page[DisputeRowShape]:
    """The disputes of a store of yours"""
    q = call.query
    store_for_member(user_id=call.user_id, slug=slug)
    page = disputes_of_store(
        user_id=call.user_id, store_slug=slug, settled=q.state == "settled", cursor=q.cursor, limit=page_of(q.limit)
    )  # fmt: skip
    return Page(items=[_row_shape(d) for d in page.disputes], next=page.next_cursor)


@endpoint("GET", "orders/{number}/dispute", answer=DisputeShape, query=SideQuery, auth="optional")
def get_dispute(call: Call[SideQuery, None], number: str) -> DisputeShape:
    """The newest dispute about the order"""
    return _shape(dispute_for(_side(call, number)))


@endpoint("POST", "orders/{number}/dispute", answer=DisputeShape, query=SideQuery, body=DisputeBody, auth="optional", status=201)
def open_dispute(call: Call[SideQuery, DisputeBody], number: str) -> DisputeShape:
    """As the buyer: complain. While a dispute is open, answers that one"""
    side, b = _side(call, number), call.body
    currency = order_for_buyer(viewer=_viewer(call), number=number).total.currency if not call.query.store else ""
    complaint = Complaint(
        reason=b.reason,
        pieces={line.line_id: line.quantity for line in b.lines},
        remedy=b.remedy,
        minor=_minor(b.amount, currency),
        text=b.text,
    )
    disputes.open_dispute(side=side, complaint=complaint, at=call.at)
    return _shape(dispute_for(side))


@endpoint(
    "POST", "orders/{number}/dispute/proposals", answer=DisputeShape, query=SideQuery, body=ProposalBody, auth="optional",
    status=201,
)  # fmt: skip
def propose(call: Call[SideQuery, ProposalBody], number: str) -> DisputeShape:
    """Ask or offer something. Where the other side stands for the same, it is agreed by this"""
    side, b = _side(call, number), call.body
    minor = _minor(b.amount, dispute_for(side).most.currency)
    disputes.propose(side=side, remedy=b.remedy, minor=minor, note=b.note, at=call.at)
    return _shape(dispute_for(side))


@endpoint(
    "POST", "orders/{number}/dispute/acceptance", answer=DisputeShape, query=SideQuery, body=Acceptance, auth="optional",
    status=201,
)  # fmt: skip
def accept(call: Call[SideQuery, Acceptance], number: str) -> DisputeShape:
    """Stand for what another side proposes"""
    side = _side(call, number)
    disputes.accept(side=side, proposal_id=call.body.proposal_id, at=call.at)
    return _shape(dispute_for(side))


@endpoint("POST", "orders/{number}/dispute/escalation", answer=DisputeShape, query=SideQuery, auth="optional", status=201)
def escalate(call: Call[SideQuery, None], number: str) -> DisputeShape:
    """Ask the platform to decide, once the store has answered"""
    side = _side(call, number)
    disputes.escalate(side=side, at=call.at)
    return _shape(dispute_for(side))


@endpoint("POST", "orders/{number}/dispute/withdrawal", answer=DisputeShape, query=SideQuery, auth="optional", status=201)
def withdraw(call: Call[SideQuery, None], number: str) -> DisputeShape:
    """As the buyer: drop it"""
    side = _side(call, number)
    disputes.withdraw(side=side, at=call.at)
    return _shape(dispute_for(side))


def _side(call: Call, number: str) -> Side:  # type: ignore[type-arg]
    if call.query.store:
        return store_side(user_id=call.user_id, number=number)
    return buyer_side(viewer=_viewer(call), number=number)


def _viewer(call: Call) -> Viewer:  # type: ignore[type-arg]
    return Viewer(user_id=call.account_id, key=call.query.key)


def _minor(text: str, currency: str) -> int | None:
    """An amount of the order's currency in minor units; None where none is given."""
    if not text:
        return None
    amount = Money.parse(text)
    if amount.currency != currency:
        raise Invalid("dispute.currency", f"The order is in {currency}.", amount=currency)
    return amount.minor


def _shape(d: DisputeRow) -> DisputeShape:
    return DisputeShape(
        id=d.id,
        order=d.order.number,
        reason=d.reason,
        text=d.text,
        state=d.state,
        outcome=d.outcome,
        liable=d.liable,
        opened_at=d.opened_at,
        due_at=d.due_at,
        settled_at=d.settled_at,
        lines=[DisputedPieces(line_id=row.line.id, quantity=row.quantity) for row in d.lines],
        proposals=[
            ProposalShape(
                id=p.id, party=p.party, remedy=p.remedy, amount=Amount.of(p.amount), note=p.note, stands=p.stands,
                binding=p.binding, at=p.at,
            )
            for p in d.proposals
        ],
        most=Amount.of(d.most),
        refunded=Amount.if_any(d.refunded),
        you_may=sorted(d.moves),
    )  # fmt: skip


def _row_shape(d: DisputeSummary) -> DisputeRowShape:
    return DisputeRowShape(
        id=d.id, order=d.number, reason=d.reason, state=d.state, outcome=d.outcome, remedy=d.remedy, asked=Amount.of(d.asked),
        opened_at=d.opened_at, due_at=d.due_at,
    )  # fmt: skip
