"""Whose cart it is, and what stands in the way of buying a line of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

Availability = Literal["ok", "short", "sold_out", "gone", "not_here", "too_large", "away"]


@dataclass(frozen=True, slots=True)
class CartOwner:
    """A signed-in user, or a guest who holds a cart's id. Neither: someone without a cart yet."""

    user_id: UUID | None = None
    cart_id: UUID | None = None


def availability(*, on_sale: bool, ships_here: bool, stock: int, quantity: int, away: bool = False) -> Availability:
    """ "gone": no longer sold; "not_here": the store does not ship to this market; "short": fewer are left than wanted.

    "away": its store is on vacation. A basket says "too_large", too: no service carries the parcel it would be.
    """
    if not on_sale:
        return "gone"
    if away:
        return "away"
    if not ships_here:
        return "not_here"
    if stock == 0:
        return "sold_out"
    return "short" if stock < quantity else "ok"
