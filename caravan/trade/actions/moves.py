"""Moving orders through their table of states, under a lock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from caravan.kernel.errors import Conflict
from caravan.trade.actions.rows import json_of
from caravan.trade.models import Order
from caravan.trade.rules import states, terms
from caravan.trade.rules.states import Facets, Move


def locked_order(order_id: Any) -> Order:
    """The order under its lock: whoever decides about it meanwhile is waited for, and seen."""
    return Order.objects.select_for_update(no_key=True).get(pk=order_id)


# What a move, its money and its event need of an order; the rest stays in the table until somebody asks.
_NEEDED = (
    "id", "number", "purchase_id", "store_id", "buyer_id", "currency", "store_currency", "rate", "rate_margin_bps",
    "commission_bps", "items_minor", "shipping_minor", "tax_minor", "total_minor", "refunded_minor", "refunded_shipping_minor",
    "refunded_tax_minor", "order_state", "payment_state", "fulfilment_state", "fund_state", "dispute_state", "cancel_state",
    "handling_days", "deliver_until", "paid_at", "shipped_at", "completed_at", "protected_until", "available_at",
)  # fmt: skip
_OF_PURCHASE = f"SELECT {', '.join(_NEEDED)} FROM trade_order WHERE purchase_id = %s ORDER BY id FOR NO KEY UPDATE"  # noqa: S608


def locked_orders(purchase_id: Any) -> list[Order]:
    """The orders of a purchase under their locks, which are taken by id."""
    with connection.cursor() as cursor:
        cursor.execute(_OF_PURCHASE, [purchase_id])
        return [Order.from_db(connection.alias, _NEEDED, row) for row in cursor.fetchall()]


def facets_of(order: Order) -> Facets:
    """The six states that decide which moves the order allows."""
    return Facets(
        order.order_state, order.payment_state, order.fulfilment_state, order.fund_state, order.dispute_state, order.cancel_state
    )


def move_orders(*, orders: Iterable[Order], move: Move, at: datetime) -> None:
    """Move every order, whose rows the caller has locked. Raises Conflict, and moves none, where the table forbids it."""
    moved, fields = list(orders), set[str]()
    for order in moved:
        old, new = facets_of(order), states.after(facets_of(order), move)
        if new is None:
            raise Conflict(f"order.cannot_{move}", _refusal(move) % {"number": order.number})
        changes = {f"{facet}_state": getattr(new, facet) for facet in states.WORDS if getattr(new, facet) != getattr(old, facet)}
        for name, value in {**changes, **_clocks(order, move, at)}.items():
            setattr(order, name, value)
            fields.add(name)
    if fields:
        _save(moved, tuple(sorted(fields)))


def _save(orders: Sequence[Order], columns: tuple[str, ...]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_update(columns), [json_of(orders, columns=("id", *columns))])


@lru_cache
def _update(columns: tuple[str, ...]) -> str:
    """One statement for any number of orders; `columns` are names of the model's. Only they are read out of the JSON."""
    new = ", ".join(f"{column} = new.{column}" for column in columns)
    given = ", ".join(f"{name} {Order._meta.get_field(name).db_type(connection)}" for name in ("id", *columns))
    return f"UPDATE trade_order o SET {new} FROM json_to_recordset(%s::json) AS new({given}) WHERE o.id = new.id"  # noqa: S608


def _clocks(order: Order, move: Move, at: datetime) -> Mapping[str, datetime | None]:
    """When it happened, and when the clocks strike that this move winds up."""
    match move:
        case Move.PAY:
            return {"paid_at": at, "ship_by_at": terms.ship_by_at(at, order.handling_days)}
        case Move.ASK_CANCEL:
            return {"cancel_asked_at": at}
        case Move.LAPSE | Move.VOID | Move.GRANT_CANCEL | Move.CANCEL_BY_STORE | Move.CLOSE_UNSHIPPED:
            return {"cancelled_at": at}
        case Move.SHIP_PART | Move.SHIP if order.shipped_at is None:
            until = terms.protected_until(at)
            return {"shipped_at": at, "protected_until": until, "confirm_by": terms.confirm_by(order.deliver_until, until)}
        case Move.DELIVER:
            until = order.protected_until or terms.protected_until(at)
            return {"delivered_at": at, "confirm_by": terms.confirm_by(order.deliver_until, until, at)}
        case Move.RECEIVE | Move.CONFIRM:
            return {"received_at": at, "completed_at": at, "dispute_until": terms.dispute_until(at)}
        case Move.REFUND_ALL if order.fulfilment_state == Order.Fulfilment.NONE:
            return {"cancelled_at": at}
        case Move.REFUND_ALL if order.completed_at is None:
            return {"completed_at": at}
    return {}


def _refusal(move: Move) -> str:
    refusals = {
        Move.PAY: _("Order %(number)s does not wait for a payment."),
        Move.LAPSE: _("Order %(number)s does not wait for a payment."),
        Move.VOID: _("Order %(number)s cannot be cancelled here any more: it was paid or cancelled meanwhile."),
        Move.ASK_CANCEL: _("Order %(number)s cannot be cancelled any more: it was shipped or closed, or the store has answered."),
        Move.GRANT_CANCEL: _("Nobody asks to cancel order %(number)s any more."),
        Move.REFUSE_CANCEL: _("Nobody asks to cancel order %(number)s any more."),
        Move.CANCEL_BY_STORE: _("Order %(number)s cannot be cancelled: it is not paid, was shipped, or is closed."),
        Move.CHANGE_ADDRESS: _("Order %(number)s cannot go elsewhere any more: it was shipped or closed."),
        Move.SHIP_PART: _(
            "Order %(number)s cannot be shipped: it is not paid, was shipped already, or its buyer asks to cancel it."
        ),
        Move.SHIP: _("Order %(number)s cannot be shipped: it is not paid, was shipped already, or its buyer asks to cancel it."),
        Move.EXTEND: _("The protection of order %(number)s cannot be extended: it is not on its way."),
        Move.RECEIVE: _("Order %(number)s cannot be received: it has not been shipped, or a dispute is open."),
        Move.OPEN_DISPUTE: _("Order %(number)s cannot be disputed: it was not shipped, or was disputed before."),
        Move.REFUND_ALL: _("Order %(number)s has no money to refund, or a dispute about it is open."),
    }
    return refusals.get(move, _("Order %(number)s does not allow this any more."))
