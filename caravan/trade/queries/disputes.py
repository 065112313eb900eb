"""Disputes as their parties and the platform read them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO, cast
from uuid import UUID

from django.core.files.storage import storages
from django.db.models import F, Q
from django.utils.translation import gettext as _

from caravan.kernel.errors import NotFound
from caravan.kernel.money import Money
from caravan.people.queries.accounts import account
from caravan.trade.models import Dispute, DisputeEvidence, Order
from caravan.trade.models.dispute import UNSETTLED
from caravan.trade.queries.claims import claim_on
from caravan.trade.queries.orders import OrderLineRow, OrderRow, order_by_id
from caravan.trade.queries.sides import Side
from caravan.trade.rules.disputes import Move, Party, Proposal, Reason, Remedy, State, allowed, remedies, standing
from caravan.trade.rules.states import WORDS, Facets
from caravan.trade.rules.states import Move as OrderMove
from caravan.trade.rules.states import allowed as order_allows
from caravan.trade.rules.terms import may_dispute


@dataclass(frozen=True, slots=True)
class DisputedLine:
    line: OrderLineRow
    quantity: int


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """`stands`: its party's newest, and not overtaken; `binding`: the platform's decision. `amount`: what would go back."""

    id: UUID
    party: str
    remedy: str
    amount: Money
    note: str
    binding: bool
    stands: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    id: UUID
    party: str
    name: str
    kind: str
    size: int
    at: datetime


@dataclass(frozen=True, slots=True)
class DisputeRow:
    """A dispute as one party sees it: `moves` and `remedies` are what that one may do. `most` is the most that can go back now.

    `amount` is what was agreed or decided; `refunded` what went back by this dispute, None while nothing did.
    """

    id: UUID
    order: OrderRow
    reason: str
    text: str
    state: str
    round: int
    opened_at: datetime
    due_at: datetime | None
    answered_at: datetime | None
    escalated_at: datetime | None
    decided_at: datetime | None
    remedy: str
    amount: Money
    return_address: str
    return_parcel: str
    resend_parcel: str
    contested: str
    liable: str
    outcome: str
    settled_by: str
    settled_at: datetime | None
    refunded: Money | None
    lines: tuple[DisputedLine, ...]
    proposals: tuple[ProposalRow, ...]
    evidence: tuple[EvidenceRow, ...]
    most: Money
    party: str
    moves: frozenset[Move]
    remedies: tuple[Remedy, ...]

    def standing(self, party: str) -> ProposalRow | None:
        return next((p for p in self.proposals if p.stands and p.party == party), None)


@dataclass(frozen=True, slots=True)
class DisputeSummary:
    """A line of a list; `asked` is the buyer's standing request."""

    id: UUID
    number: str
    store_slug: str
    store_name: str
    reason: str
    state: str
    opened_at: datetime
    due_at: datetime | None
    settled_at: datetime | None
    outcome: str
    remedy: str
    asked: Money


@dataclass(frozen=True, slots=True)
class DisputePage:
    """`next_cursor` fetches what follows, None at the end."""

    disputes: tuple[DisputeSummary, ...]
    next_cursor: str | None


def dispute_of(side: Side) -> DisputeRow | None:
    """The newest dispute about the side's order, None where there never was one."""
    found = Dispute.objects.filter(order_id=side.order_id).select_related("refund").order_by("-opened_at", "-id").first()
    return _row(found, side) if found else None


def dispute_for(side: Side) -> DisputeRow:
    """The same; raises NotFound where there is none."""
    if row := dispute_of(side):
        return row
    raise NotFound("dispute.none", _("There is no dispute about this order."))


def was_decided(dispute_id: UUID) -> bool:
    """Whether the platform decided it."""
    return Dispute.objects.filter(pk=dispute_id, decided_at__isnull=False).exists()


def was_decided_about(order_id: UUID) -> bool:
    """Whether the platform decided any dispute about the order."""
    return Dispute.objects.filter(order=order_id, decided_at__isnull=False).exists()


def may_open(order_id: UUID, at: datetime) -> bool:
    """Whether the order can be disputed now: its state allows it, and its clocks."""
    found = Order.objects.values_list(*(f"{facet}_state" for facet in WORDS), "shipped_at", "delivered_at", "dispute_until")
    *facets, shipped_at, delivered_at, until = found.get(pk=order_id)
    if OrderMove.OPEN_DISPUTE not in order_allows(Facets(**dict(zip(WORDS, facets, strict=True)))):
        return False
    return may_dispute(shipped_at=shipped_at, delivered_at=delivered_at, until=until, at=at)


def disputable(order_id: UUID, pieces: dict[UUID, int]) -> Money:
    """The most that disputing these pieces can bring back."""
    order = Order.objects.get(pk=order_id)
    return Money(claim_on(order, pieces).most, order.currency)


def disputes_of_store(*, user_id: UUID, store_slug: str, settled: bool = False, cursor: str = "", limit: int = 20) -> DisputePage:
    """A store's disputes for someone who acts for it: open ones by clock, settled ones newest first."""
    return _page(Q(order__store__slug=store_slug, order__store__memberships__user_id=user_id), settled, cursor, limit)


def disputes_waiting(*, store_id: UUID) -> int:
    """Disputes in which it is the store's turn."""
    turn = [State.OPEN, State.ADDRESS_DUE, State.RETURN_SENT, State.RESEND_DUE]
    return Dispute.objects.filter(UNSETTLED, order__store_id=store_id, state__in=turn).count()


def disputes_to_decide(*, user_id: UUID, state: str = "escalated", cursor: str = "", limit: int = 20) -> DisputePage:
    """For operators: what waits for a decision, the most urgent first. `state`: escalated, open (all unsettled) or settled."""
    if not account(user_id=user_id).is_staff:
        raise NotFound("page.unknown", _("There is nothing at this address."))
    where = Q(state=State.ESCALATED) if state == "escalated" else Q()
    return _page(where, state == "settled", cursor, limit)


def evidence_file(side: Side, evidence_id: UUID) -> tuple[EvidenceRow, BinaryIO]:
    """A file of the side's dispute, opened. Raises NotFound for any other."""
    found = DisputeEvidence.objects.filter(pk=evidence_id, dispute__order_id=side.order_id).first()
    if found is None or not storages["private"].exists(found.path):
        raise NotFound("dispute.file", _("There is no such file."))
    return _evidence(found), cast(BinaryIO, storages["private"].open(found.path, "rb"))


def _page(where: Q, settled: bool, cursor: str, limit: int) -> DisputePage:
    kind = Q(state=State.SETTLED) if settled else UNSETTLED
    clock = "settled_at" if settled else "due_at"
    rows = Dispute.objects.filter(where, kind)
    if cursor and (last := Dispute.objects.filter(order__number=cursor).order_by("-opened_at").values_list(clock, "id").first()):
        how = "lt" if settled else "gt"
        rows = rows.filter(Q(**{f"{clock}__{how}": last[0]}) | Q(**{clock: last[0], f"id__{how}": last[1]}))
    sign = "-" if settled else ""
    found: list[Any] = list(
        rows.select_related("order").annotate(slug=F("order__store__slug"), store=F("order__store__name"))
        .prefetch_related("proposals").order_by(f"{sign}{clock}", f"{sign}id")[: limit + 1]
    )  # fmt: skip
    page = tuple(_summary(dispute) for dispute in found[:limit])
    return DisputePage(page, page[-1].number if len(found) > limit else None)


def _summary(d: Any) -> DisputeSummary:
    asked = [p for p in d.proposals.all() if p.party == Party.BUYER][-1]
    return DisputeSummary(
        id=d.pk, number=d.order.number, store_slug=d.slug, store_name=d.store, reason=d.reason, state=d.state,
        opened_at=d.opened_at, due_at=d.due_at, settled_at=d.settled_at, outcome=d.outcome, remedy=asked.remedy,
        asked=Money(asked.minor, d.order.currency),
    )  # fmt: skip


def _row(d: Dispute, side: Side) -> DisputeRow:
    order = order_by_id(side.order_id)
    currency = order.total.currency
    pieces = dict(d.lines.values_list("line_id", "quantity"))
    said = list(d.proposals.all())
    stand = {p.id for p in standing(Proposal(p.pk, Party(p.party), Remedy(p.remedy), p.minor, p.round) for p in said).values()}
    return DisputeRow(
        id=d.pk,
        order=order,
        reason=d.reason,
        text=d.text,
        state=d.state,
        round=d.round,
        opened_at=d.opened_at,
        due_at=d.due_at,
        answered_at=d.answered_at,
        escalated_at=d.escalated_at,
        decided_at=d.decided_at,
        remedy=d.remedy,
        amount=Money(d.minor, currency),
        return_address=d.return_address,
        return_parcel=f"{d.return_carrier} {d.return_tracking}".strip(),
        resend_parcel=f"{d.resend_carrier} {d.resend_tracking}".strip(),
        contested=d.contested,
        liable=d.liable,
        outcome=d.outcome,
        settled_by=d.settled_by,
        settled_at=d.settled_at,
        refunded=Money(d.refund.total_minor, currency) if d.refund else None,
        lines=tuple(DisputedLine(line, pieces[line.id]) for line in order.lines if line.id in pieces),
        proposals=tuple(
            ProposalRow(p.pk, p.party, p.remedy, Money(p.minor, currency), p.note, p.binding, p.pk in stand, p.at) for p in said
        ),
        evidence=tuple(map(_evidence, d.evidence.all())),
        most=Money(claim_on(Order.objects.get(pk=side.order_id), pieces).most, currency),
        party=side.party,
        moves=allowed(State(d.state), side.party),
        remedies=remedies(Reason(d.reason), side.party),
    )


def _evidence(e: DisputeEvidence) -> EvidenceRow:
    return EvidenceRow(e.pk, e.party, e.name, e.kind, e.size, e.at)
