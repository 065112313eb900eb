"""What may happen to a dispute, who may do it, what becomes of it, who is to blame: the whole table. The rest is refused.

Buyer and store each have a standing proposal, their newest one. Accepting one is proposing the same: as soon as the two stand
equal they agree, and the dispute is over or goes on to what was agreed. The platform may suggest; what it decides, counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from caravan.trade.rules.terms import TERMS


class Reason(StrEnum):
    NOT_RECEIVED = "not_received"
    NOT_AS_DESCRIBED = "not_as_described"
    DAMAGED = "damaged"
    WRONG_ITEM = "wrong_item"
    MISSING_PARTS = "missing_parts"
    COUNTERFEIT = "counterfeit"


class Remedy(StrEnum):
    REFUND = "refund"  # money back, the buyer keeps what came
    RETURN = "return"  # the goods go back, then the money
    RESEND = "resend"  # the store sends them once more
    NOTHING = "nothing"


class Party(StrEnum):
    BUYER = "buyer"
    STORE = "store"
    PLATFORM = "platform"
    CLOCK = "clock"


class State(StrEnum):
    """Whose turn it is: the store's to answer, both to agree, the platform's; then the parcels' way of what was agreed."""

    OPEN = "open"
    ANSWERED = "answered"
    ESCALATED = "escalated"
    ADDRESS_DUE = "address_due"
    RETURN_DUE = "return_due"
    RETURN_SENT = "return_sent"
    RESEND_DUE = "resend_due"
    RESENT = "resent"
    SETTLED = "settled"


class Move(StrEnum):
    PROPOSE = "propose"
    AGREE = "agree"  # by proposing what the other proposes
    ESCALATE = "escalate"
    DECIDE = "decide"
    WITHDRAW = "withdraw"
    GIVE_ADDRESS = "give_address"
    SEND_BACK = "send_back"
    TAKE_BACK = "take_back"
    RESEND = "resend"
    CONFIRM = "confirm"
    CONTEST = "contest"  # what came back, or what was sent again, is not what was agreed
    EXPIRE = "expire"  # nobody moved in time


# `*` is what the agreed remedy asks for (AGREED below). Outcome: how it ended. Liable: who is held to have failed; `=` leaves
# that as it stands, `*` is the store unless the platform decided for nothing.
TABLE = """
state       | move         | by                   | becomes     | outcome   | liable
open        | propose      | buyer                | open        |           | =
open        | propose      | store                | answered    |           | =
open        | agree        | buyer store          | *           | *         | =
open        | expire       | clock                | *           | *         | store
open        | withdraw     | buyer                | settled     | withdrawn | =
answered    | propose      | buyer store          | answered    |           | =
answered    | agree        | buyer store          | *           | *         | =
answered    | escalate     | buyer store          | escalated   |           | =
answered    | expire       | clock                | escalated   |           | =
answered    | withdraw     | buyer                | settled     | withdrawn | =
escalated   | propose      | buyer store platform | escalated   |           | =
escalated   | agree        | buyer store          | *           | *         | =
escalated   | decide       | platform             | *           | *         | *
escalated   | withdraw     | buyer                | settled     | withdrawn | =
address_due | give_address | store                | return_due  |           | =
address_due | expire       | clock                | settled     | refund    | store
address_due | withdraw     | buyer                | settled     | withdrawn | =
return_due  | send_back    | buyer                | return_sent |           | =
return_due  | expire       | clock                | settled     | nothing   | =
return_due  | withdraw     | buyer                | settled     | withdrawn | =
return_sent | take_back    | store                | settled     | return    | =
return_sent | expire       | clock                | settled     | return    | =
return_sent | contest      | store                | escalated   |           | =
resend_due  | resend       | store                | resent      |           | =
resend_due  | expire       | clock                | settled     | refund    | store
resend_due  | withdraw     | buyer                | settled     | withdrawn | =
resent      | confirm      | buyer                | settled     | resend    | =
resent      | expire       | clock                | settled     | resend    | =
resent      | contest      | buyer                | escalated   |           | =
"""
AGREED: Mapping[Remedy, tuple[State, str]] = {
    Remedy.REFUND: (State.SETTLED, "refund"),
    Remedy.NOTHING: (State.SETTLED, "nothing"),
    Remedy.RETURN: (State.ADDRESS_DUE, ""),
    Remedy.RESEND: (State.RESEND_DUE, ""),
}
OUTCOMES = ("refund", "return", "resend", "nothing", "withdrawn")
PAID_BACK = frozenset({"refund", "return"})  # the outcomes that give money back


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a party asks for or offers; `minor` is the money that would go back, goods, tax and shipping together, 0 for none."""

    id: UUID
    party: Party
    remedy: Remedy
    minor: int
    round: int = 1

    def same_as(self, other: Proposal) -> bool:
        return (self.remedy, self.minor) == (other.remedy, other.minor)


@dataclass(frozen=True, slots=True)
class Step:
    """Where a move leads. `outcome` is empty while the dispute goes on; `liable` None where that stays as it is."""

    state: State
    outcome: str
    liable: str | None


def _read(table: str) -> dict[tuple[State, Move, Party], tuple[str, str, str]]:
    found: dict[tuple[State, Move, Party], tuple[str, str, str]] = {}
    for line in table.strip().splitlines()[1:]:
        state, move, by, becomes, outcome, liable = (cell.strip() for cell in line.split("|"))
        for party in by.split():
            found[State(state), Move(move), Party(party)] = (becomes, outcome, liable)
    return found


TRANSITIONS = _read(TABLE)


def after(state: State, move: Move, party: Party, remedy: Remedy | None = None) -> Step | None:
    """Where `party`'s move leads, None where it is not allowed. `remedy`: what was agreed, decided, or stands unanswered."""
    found = TRANSITIONS.get((state, move, party))
    if found is None:
        return None
    becomes, outcome, liable = found
    if becomes == "*":
        if remedy is None:
            raise ValueError(f"{move} needs the remedy it is about")
        becomes, outcome = AGREED[remedy]
    if liable == "*":
        liable = "buyer" if remedy == Remedy.NOTHING else "store"
    return Step(State(becomes), outcome, None if liable == "=" else liable)


def allowed(state: State, party: Party) -> frozenset[Move]:
    """What the party may do now."""
    return frozenset(move for at, move, who in TRANSITIONS if (at, who) == (state, party))


def standing(proposals: Iterable[Proposal]) -> dict[Party, Proposal]:
    """Each party's newest proposal, of proposals in the order they were made; what stood before a contest stands no more."""
    made = list(proposals)
    newest = max((p.round for p in made), default=1)
    return {p.party: p for p in made if p.round == newest}


def agreed(proposals: Iterable[Proposal]) -> Proposal | None:
    """What buyer and store agree on: the later of their two standing proposals where these are the same."""
    stand = standing(proposals)
    buyer, store = stand.get(Party.BUYER), stand.get(Party.STORE)
    return buyer if buyer and store and buyer.same_as(store) else None


def due_at(state: State, opened_at: datetime, at: datetime, round: int = 1) -> datetime | None:
    """When the clock moves a dispute that came into `state` at `at`, or when the platform's decision is due; None once settled.

    The first round is counted from its opening, whoever escalates it and when; a contested parcel begins a round of its own.
    """
    if state in (State.OPEN, State.ANSWERED):
        return opened_at + TERMS.dispute_answer
    if state == State.ESCALATED:
        return opened_at + TERMS.dispute_decision if round == 1 else at + TERMS.dispute_second_decision
    within: dict[State, timedelta] = {
        State.ADDRESS_DUE: TERMS.return_address,
        State.RETURN_DUE: TERMS.return_shipment,
        State.RETURN_SENT: TERMS.return_receipt,
        State.RESEND_DUE: TERMS.resend_shipment,
        State.RESENT: TERMS.resend_receipt,
    }
    return at + within[state] if state in within else None


EXPIRING = tuple(state for state, move, _ in TRANSITIONS if move == Move.EXPIRE)
# Whose end counts even before the clock has made its move; from ANSWERED it leads to the platform, where all may still agree.
BINDING = frozenset(EXPIRING) - {State.ANSWERED}


def remedies(reason: Reason, party: Party) -> tuple[Remedy, ...]:
    """What a party may propose: nothing that never came can go back, and a buyer who wants nothing withdraws."""
    possible = [r for r in Remedy if not (r == Remedy.RETURN and reason == Reason.NOT_RECEIVED)]
    return tuple(r for r in possible if not (r == Remedy.NOTHING and party == Party.BUYER))
