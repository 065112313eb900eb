"""What may happen to an order, and when: the whole table. Whatever is not in it is refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Move(StrEnum):
    PAY = "pay"
    LAPSE = "lapse"
    VOID = "void"
    SHIP = "ship"
    RECEIVE = "receive"


@dataclass(frozen=True, slots=True)
class Facets:
    """An order's state as three facts that change apart: the deal, the money, the parcel."""

    order: str
    payment: str
    fulfilment: str


PLACED = Facets("placed", "awaiting", "none")
PAID = Facets("placed", "paid", "none")
SHIPPED = Facets("placed", "paid", "shipped")
RECEIVED = Facets("completed", "paid", "received")
LAPSED = Facets("cancelled", "lapsed", "none")
VOIDED = Facets("cancelled", "voided", "none")

MOVES: Mapping[tuple[Facets, Move], Facets] = MappingProxyType(
    {
        (PLACED, Move.PAY): PAID,
        (PLACED, Move.LAPSE): LAPSED,
        (PLACED, Move.VOID): VOIDED,
        (PAID, Move.SHIP): SHIPPED,
        (SHIPPED, Move.RECEIVE): RECEIVED,
    }
)


def after(facets: Facets, move: Move) -> Facets | None:
    """Where `move` leads from `facets`, or None where it is not allowed."""
    return MOVES.get((facets, move))


def allowed(facets: Facets) -> frozenset[Move]:
    """What may happen next."""
    return frozenset(move for state, move in MOVES if state == facets)


OPEN_PAYMENTS = frozenset({"started", "confirming", "pending"})

# A payment attempt: what its provider says of it, against what we know. Money that came always wins over a decline that was
# told late; whether it is kept or goes back, the purchase decides.
PAYMENT_NEWS: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        **{(state, "confirming"): "confirming" for state in ("started", "confirming")},
        **{(state, "pending"): "pending" for state in OPEN_PAYMENTS},
        **{(state, "declined"): "declined" for state in OPEN_PAYMENTS},
        **{(state, "paid"): "paid" for state in (*OPEN_PAYMENTS, "declined", "lapsed")},
        ("refunding", "refunded"): "refunded",
    }
)


def payment_after(state: str, news: str, *, wanted: bool) -> str | None:
    """The state of a payment attempt after the provider's `news`, or None where it is old news.

    `wanted`: the purchase still waits for money. Where it does not, money that came is on its way back ("refunding").
    """
    told = PAYMENT_NEWS.get((state, news))
    return "refunding" if told == "paid" and not wanted else told


# One word for people, of the three facets together. Orders of the past may stand where no move of ours leads.
STATUSES = ("to_pay", "to_ship", "on_the_way", "received", "refunded", "cancelled")


def status(facets: Facets) -> str:
    """One of STATUSES."""
    if facets.payment == "refunded":
        return "refunded"
    if facets.order == "cancelled":
        return "cancelled"
    if facets.payment != "paid":
        return "to_pay"
    return {"none": "to_ship", "shipped": "on_the_way"}.get(facets.fulfilment, "received")
