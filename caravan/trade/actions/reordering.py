from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from caravan.kernel.errors import Problem
from caravan.kernel.markets import Market
from caravan.trade.actions.carts import Touched, add_to_cart
from caravan.trade.queries.access import Viewer
from caravan.trade.queries.orders import order_for_buyer
from caravan.trade.rules.cart import CartOwner


@dataclass(frozen=True, slots=True)
class Left:
    """A line that could not go into the cart again, and why, in words."""

    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class Reordered:
    """What is in the cart now, and what is not."""

    touched: tuple[Touched, ...]
    left: tuple[Left, ...]


def order_again(*, viewer: Viewer, number: str, owner: CartOwner, market: Market, at: datetime) -> Reordered:
    """Put what is still on sale of an order into the owner's cart, at today's prices. Raises NotFound for somebody else's.

    Each line by itself: what is sold out, gone or away is left and named.
    """
    touched: list[Touched] = []
    left: list[Left] = []
    for line in order_for_buyer(viewer=viewer, number=number).lines:
        try:
            added = add_to_cart(owner=owner, variant_id=line.variant_id, quantity=line.quantity, market=market, at=at)
        except Problem as refused:
            left.append(Left(line.title, refused.detail))
            continue
        touched.append(added)
        owner = owner if owner.user_id else CartOwner(cart_id=added.cart_id)
    return Reordered(tuple(touched), tuple(left))
