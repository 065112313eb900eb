"""What may happen to an order, who may do it, and what becomes of it: the whole table. Whatever is not in it is refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum


class Move(StrEnum):
    PAY = "pay"
    LAPSE = "lapse"
    VOID = "void"
    ASK_CANCEL = "ask_cancel"
    GRANT_CANCEL = "grant_cancel"
    REFUSE_CANCEL = "refuse_cancel"
    CANCEL_BY_STORE = "cancel_by_store"
    CLOSE_UNSHIPPED = "close_unshipped"
    CLOSE_REST = "close_rest"
    CHANGE_ADDRESS = "change_address"
    SHIP_PART = "ship_part"
    SHIP = "ship"
    DELIVER = "deliver"
    EXTEND = "extend"
    RECEIVE = "receive"
    CONFIRM = "confirm"
    OPEN_DISPUTE = "open_dispute"
    SETTLE_DISPUTE = "settle_dispute"
    WITHDRAW_DISPUTE = "withdraw_dispute"
    REFUND_ALL = "refund_all"


class Actor(StrEnum):
    BUYER = "buyer"
    STORE = "store"
    PLATFORM = "platform"
    PROVIDER = "provider"
    CARRIER = "carrier"
    CLOCK = "clock"


@dataclass(frozen=True, slots=True)
class Facets:
    """An order's state as six facts that change apart: the deal, the money, the parcels, the escrow, the dispute, the wish to
    cancel. The values of each are the words of WORDS."""

    order: str
    payment: str
    fulfilment: str
    fund: str = "none"
    dispute: str = "none"
    cancel: str = "none"


# The columns of the table below, and the words each may hold. A word but "none" belongs to one facet only.
WORDS: Mapping[str, tuple[str, ...]] = {
    "order": ("placed", "completed", "cancelled"),
    "payment": ("awaiting", "paid", "lapsed", "voided", "refunded"),
    "fulfilment": ("none", "part_shipped", "shipped", "delivered", "received"),
    "fund": ("none", "held", "released", "returned"),
    "dispute": ("none", "open", "settled"),
    "cancel": ("none", "asked", "granted", "refused"),
}
# Short names the table uses for several words of a column; `*` is any of them.
SEVERAL: Mapping[str, tuple[str, ...]] = {
    "live": ("placed", "completed"),
    "unclosed": ("awaiting", "paid"),
    "begun": ("none", "part_shipped"),
    "sent": ("shipped", "delivered"),
    "all_sent": ("shipped", "delivered", "received"),
    "under_way": ("part_shipped", "shipped", "delivered"),
    "ever_sent": ("part_shipped", "shipped", "delivered", "received"),
    "ours": ("held", "released"),
    "closed": ("none", "settled"),
    "quiet": ("none", "refused"),
}
EVERYONE = frozenset({Actor.BUYER, Actor.STORE, Actor.PLATFORM, Actor.CLOCK})

# A line is a move: who may make it, the words the facets must hold, and the words they hold afterwards (others stay;
# "none", which is every facet's, says whose it is).
# When a clock makes its move is in rules/terms.py; what is recorded, in EVENTS.
TABLE = """
move             who                   order   payment   fulfilment    fund  dispute  cancel  becomes
pay              provider              placed  awaiting  none          none  none     none    paid held
lapse            clock                 placed  awaiting  none          none  none     none    cancelled lapsed
void             buyer                 placed  awaiting  none          none  none     none    cancelled voided
change_address   buyer                 placed  unclosed  none          *     none     quiet
ask_cancel       buyer                 placed  paid      none          held  none     none    asked
refuse_cancel    store                 placed  paid      none          held  none     asked   refused
grant_cancel     store,clock           placed  paid      none          held  none     asked   granted cancelled refunded returned
cancel_by_store  store                 placed  paid      none          held  none     quiet   cancelled refunded returned
close_unshipped  clock                 placed  paid      none          held  none     quiet   cancelled refunded returned
ship_part        store                 placed  paid      begun         held  *        quiet   part_shipped
ship             store                 placed  paid      begun         held  *        quiet   shipped
close_rest       store,clock           placed  paid      part_shipped  held  closed   quiet   shipped
deliver          carrier,store         placed  paid      shipped       held  *        *       delivered
extend           store                 placed  paid      under_way     held  *        *
receive          buyer                 placed  paid      sent          held  closed   *       completed received released
confirm          clock                 placed  paid      sent          held  closed   *       completed received released
open_dispute     buyer                 live    paid      all_sent      ours  none     *       open
settle_dispute   everyone              live    paid      all_sent      ours  open     *       settled
withdraw_dispute buyer                 live    paid      all_sent      ours  open     *       dispute=none
refund_all       store,platform        placed  paid      none          held  none     *       cancelled refunded returned
refund_all       store,platform,clock  live    paid      ever_sent     ours  closed   *       completed refunded returned
"""
EVENTS: Mapping[Move, tuple[str, ...]] = {
    Move.PAY: ("OrderPaid",),
    Move.LAPSE: ("OrderLapsed",),
    Move.VOID: ("OrderCancelled",),
    Move.CHANGE_ADDRESS: ("AddressChanged",),
    Move.ASK_CANCEL: ("CancelAsked",),
    Move.REFUSE_CANCEL: ("CancelAnswered",),
    Move.GRANT_CANCEL: ("CancelAnswered", "OrderClosed", "RefundDecided"),
    Move.CANCEL_BY_STORE: ("OrderClosed", "RefundDecided"),
    Move.CLOSE_UNSHIPPED: ("OrderClosed", "RefundDecided"),
    Move.SHIP_PART: ("ParcelShipped",),
    Move.SHIP: ("OrderShipped",),
    Move.CLOSE_REST: ("RefundDecided",),
    Move.DELIVER: ("ParcelDelivered",),
    Move.EXTEND: ("ProtectionExtended",),
    Move.RECEIVE: ("OrderReceived", "OrderCompleted"),
    Move.CONFIRM: ("OrderCompleted",),
    Move.OPEN_DISPUTE: ("DisputeOpened",),
    Move.SETTLE_DISPUTE: ("DisputeSettled",),
    Move.WITHDRAW_DISPUTE: ("DisputeSettled",),
    Move.REFUND_ALL: ("OrderClosed", "RefundDecided"),
}


@dataclass(frozen=True, slots=True)
class Transition:
    """One line of the table. `needs` are the words each facet may hold, in the order of WORDS; `changes` new words by facet."""

    move: Move
    actors: frozenset[Actor]
    needs: tuple[frozenset[str], ...]
    changes: Mapping[str, str]

    def fits(self, facets: Facets) -> bool:
        return all(getattr(facets, name) in words for name, words in zip(WORDS, self.needs, strict=True))


def _read(table: str) -> tuple[Transition, ...]:
    return tuple(_line(*line.split()) for line in table.strip().splitlines()[1:])


def _line(move: str, who: str, *cells: str) -> Transition:
    needs, becomes = cells[: len(WORDS)], cells[len(WORDS) :]
    facet_of = {word: facet for facet, words in WORDS.items() for word in words}
    return Transition(
        move=Move(move),
        actors=EVERYONE if who == "everyone" else frozenset(map(Actor, who.split(","))),
        needs=tuple(
            frozenset(words if cell == "*" else SEVERAL.get(cell, (cell,)))
            for cell, words in zip(needs, WORDS.values(), strict=True)
        ),
        changes={facet or facet_of[word]: word for facet, _, word in (cell.rpartition("=") for cell in becomes)},
    )


TRANSITIONS = _read(TABLE)
PLACED = Facets("placed", "awaiting", "none")


def after(facets: Facets, move: Move) -> Facets | None:
    """Where `move` leads from `facets`, or None where it is not allowed."""
    for line in TRANSITIONS:
        if line.move == move and line.fits(facets):
            return replace(facets, **line.changes)
    return None


def allowed(facets: Facets, actor: Actor | None = None) -> frozenset[Move]:
    """What may happen next; what `actor` may do where one is named. Clocks may forbid it still (rules/terms.py)."""
    return frozenset(line.move for line in TRANSITIONS if line.fits(facets) and (actor is None or actor in line.actors))


# One word for people, of the six facets together. Orders of the past may stand where no move of ours leads.
STATUSES = (
    "to_pay", "to_ship", "cancel_asked", "part_shipped", "on_the_way", "delivered", "disputed", "received", "refunded",
    "cancelled",
)  # fmt: skip


def status(facets: Facets) -> str:
    """One of STATUSES: how it ended, else what it waits for, else where its parcels are."""
    if facets.payment == "refunded":
        return "refunded"
    if facets.order == "cancelled":
        return "cancelled"
    if facets.payment != "paid":
        return "to_pay"
    if facets.dispute == "open":
        return "disputed"
    if facets.cancel == "asked":
        return "cancel_asked"
    return {"none": "to_ship", "part_shipped": "part_shipped", "shipped": "on_the_way", "delivered": "delivered"}.get(
        facets.fulfilment, "received"
    )
