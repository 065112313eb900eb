"""The money of orders in the ledger: each posting in the transaction of the move it belongs to, named by that move's event."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from caravan.ledger.actions import post, post_many
from caravan.ledger.rules import Posting
from caravan.trade.events import OrderPaid
from caravan.trade.models import Order, OrderLine
from caravan.trade.queries.funds import left_of, terms_of
from caravan.trade.rules import funds
from caravan.trade.rules.funds import Earning, Left, SubsidisedLine


def hold_funds(*, paid: Sequence[tuple[Order, OrderPaid]]) -> None:
    """The buyer's money waits in the escrow of each order it paid: one statement for all of them."""
    post_many(
        [
            Posting(
                cause=e.event_id, kind="paid", legs=funds.paid(terms_of(order), order.total_minor), at=e.at, order_id=order.pk
            )
            for order, e in paid
        ]
    )


def release_funds(*, order: Order, cause: UUID, at: datetime) -> Earning:
    """A completed order's escrow goes to tax, commission and what its store has earned."""
    terms, left = terms_of(order), left_of(order)
    post(cause=cause, kind="completed", legs=funds.released(terms, left), at=at, order_id=order.pk)
    post(cause=cause, kind="subsidy", legs=funds.subsidised(terms, order.shipping_subsidy_minor), at=at, order_id=order.pk)
    settle_bonus(order=order, cause=cause, at=at)
    return funds.earning(terms, left)


def settle_bonus(*, order: Order, cause: UUID, at: datetime) -> None:
    """Bring what the market has paid a completed order's store for its own cuts to what is due for what the buyer has kept."""
    rows = OrderLine.objects.filter(order=order, subsidy_minor__gt=0)
    lines = [SubsidisedLine(*row) for row in rows.values_list(*SubsidisedLine._fields)]
    if not lines and not order.subsidised_minor:
        return
    terms = terms_of(order)
    due = funds.subsidy_left(terms, lines).minor
    if due != order.subsidised_minor:
        legs = funds.bonus(terms, order.subsidised_minor, due, available=order.available_at is not None)
        post(cause=cause, kind="bonus", legs=legs, at=at, order_id=order.pk)
        order.subsidised_minor = due
        order.save(update_fields=["subsidised_minor"])


def give_back(*, order: Order, was: Left, released: bool, cause: UUID, at: datetime) -> None:
    """What `order` has left now is less than it `was`: the difference leaves its escrow, or, once `released`, who had it."""
    terms, now = terms_of(order), left_of(order)
    legs = (
        funds.taken_back(terms, was, now, available=order.available_at is not None)
        if released
        else funds.given_back(terms, was.total_minor - now.total_minor)
    )
    post(cause=cause, kind="refund", legs=legs, at=at, order_id=order.pk)
    if released:
        settle_bonus(order=order, cause=cause, at=at)
