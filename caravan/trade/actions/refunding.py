"""Giving money back: decided once per cause, under the order's lock, exact to the cent. `sending` brings it to the buyer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from caravan.catalog.actions.stock import return_stock
from caravan.kernel.errors import Conflict, Invalid, NotFound
from caravan.outbox.actions import record
from caravan.trade.actions import funds
from caravan.trade.actions.cuts import give_caps_back, release_cuts
from caravan.trade.actions.moves import move_orders
from caravan.trade.actions.sending import send_soon
from caravan.trade.events import OrderClosed, RefundDecided
from caravan.trade.models import Order, OrderLine, Refund, RefundPart
from caravan.trade.queries.funds import left_of
from caravan.trade.rules import refunds
from caravan.trade.rules.refunds import Amount, LineState, Plan, RefundLine, TooMuch
from caravan.trade.rules.states import Move

__all__ = ["RefundLine", "refund_order", "refund_rest"]

_GIVE = """
UPDATE trade_orderline l SET refunded_quantity = l.refunded_quantity + r.quantity, refunded_minor = l.refunded_minor + r.minor,
    refunded_tax_minor = l.refunded_tax_minor + r.tax_minor
FROM unnest(%s::uuid[], %s::int[], %s::bigint[], %s::bigint[]) AS r(id, quantity, minor, tax_minor) WHERE l.id = r.id
"""


def refund_order(
    *, order: Order, cause: UUID, reason: str, lines: Sequence[RefundLine] = (), shipping_minor: int = 0,
    shipping_tax_minor: int | None = None, at: datetime,
) -> Refund:  # fmt: skip
    """Give back part of an order whose row the caller has locked. The same `cause` once more answers the same refund.

    Pieces that were never shipped go back into stock, those of limited deals to them, and an order that has nothing left is
    closed by Move.REFUND_ALL; where none of it was shipped, it gives back its coupons, too.
    Raises Invalid for more than is left or for nothing at all, NotFound for a line of another order, Conflict where there is
    no money to give back (not paid, an import) or a dispute is open.
    """
    if earlier := Refund.objects.filter(cause=cause).first():
        return earlier
    known = _lines(order)
    try:
        planned = refunds.plan(
            known,
            lines,
            shipping=_shipping(order),
            shipping_tax=_shipping_tax(order, known),
            shipping_minor=shipping_minor,
            shipping_tax_minor=shipping_tax_minor,
        )
    except TooMuch as e:
        raise Invalid("refund.too_much", _("This is more than is left of what was paid for it.")) from e
    except KeyError as e:
        raise NotFound("refund.line", _("There is no such line in this order.")) from e
    return _give(order, known, planned, cause, reason, Move.REFUND_ALL, at)


def refund_rest(*, order: Order, cause: UUID, reason: str, closing: Move, at: datetime) -> Refund | None:
    """Give back everything that has not gone back yet, and make the move `closing`. As `refund_order` otherwise.

    An order that cost nothing has no money to give back (None), but pieces.
    """
    if earlier := Refund.objects.filter(cause=cause).first():
        return earlier
    known = _lines(order)
    planned = refunds.the_rest(known, shipping=_shipping(order), shipping_tax=_shipping_tax(order, known))
    if not order.total_minor:
        move_orders(orders=[order], move=closing, at=at)
        record(_closed(order, reason, at))
        _take_back(order, known, planned, at)
        return None
    return _give(order, known, planned, cause, reason, closing, at)


def refund_unsent(*, order: Order, cause: UUID, reason: str, at: datetime) -> Refund | None:
    """Give back what the pieces cost that were never shipped of a partly shipped order. None where all of them were, or where
    they cost nothing: those go back to the shelf only."""
    known = _lines(order)
    planned = refunds.plan(known, refunds.the_unsent(known), shipping=_shipping(order), shipping_tax=_shipping_tax(order, known))
    if planned.total_minor:
        return _give(order, known, planned, cause, reason, Move.REFUND_ALL, at)
    if planned.parts:
        _take_back(order, known, planned, at)
    return None


def _give(
    order: Order, known: Sequence[LineState], planned: Plan, cause: UUID, reason: str, closing: Move, at: datetime
) -> Refund:
    if order.fund_state not in (Order.Fund.HELD, Order.Fund.RELEASED):
        raise Conflict("refund.no_money", _("Order %(number)s has no money to refund.") % {"number": order.number})
    if not planned.total_minor:
        raise Invalid("refund.nothing", _("Say how much is to be refunded."))
    refund = _record(order, planned, cause, reason, at)
    was, released = left_of(order), order.fund_state == Order.Fund.RELEASED
    unsent_order = order.fulfilment_state in (Order.Fulfilment.NONE, Order.Fulfilment.PART_SHIPPED)
    _count(order, planned, at)
    whole = order.refunded_minor == order.total_minor
    if whole:
        move_orders(orders=[order], move=closing, at=at)
    decided = _decided(order, refund, at)
    funds.give_back(order=order, was=was, released=released, cause=decided.event_id, at=at)
    record(decided, *([_closed(order, reason, at)] if whole else []))
    if unsent_order:
        _return_unsent(order, known, planned, at)
    send_soon(refund.pk)
    return refund


def _record(order: Order, planned: Plan, cause: UUID, reason: str, at: datetime) -> Refund:
    refund = Refund.objects.create(
        order=order,
        cause=cause,
        reason=reason,
        items_minor=planned.items_minor,
        shipping_minor=planned.shipping_minor,
        tax_minor=planned.tax_minor,
        total_minor=planned.total_minor,
        created_at=at,
    )
    RefundPart.objects.bulk_create(
        RefundPart(refund=refund, line_id=p.line_id, quantity=p.quantity, minor=p.minor, tax_minor=p.tax_minor)
        for p in planned.parts
    )
    return refund


def _decided(order: Order, refund: Refund, at: datetime) -> RefundDecided:
    return RefundDecided(
        at=at,
        order_id=order.pk,
        store_id=order.store_id,
        buyer_id=order.buyer_id,
        refund_id=refund.pk,
        minor=refund.total_minor,
        currency=order.currency,
        reason=refund.reason,
    )


def _closed(order: Order, reason: str, at: datetime) -> OrderClosed:
    return OrderClosed(at=at, order_id=order.pk, store_id=order.store_id, buyer_id=order.buyer_id, reason=reason)


def _count(order: Order, planned: Plan, at: datetime) -> None:
    rows = [(p.line_id, p.quantity, p.minor, p.tax_minor) for p in planned.parts]
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(_GIVE, [list(column) for column in zip(*rows, strict=True)])
    order.refunded_minor += planned.total_minor
    order.refunded_shipping_minor += planned.shipping_minor
    order.refunded_tax_minor += planned.tax_minor
    order.refunded_at = at
    order.save(update_fields=["refunded_minor", "refunded_shipping_minor", "refunded_tax_minor", "refunded_at"])


def _take_back(order: Order, known: Sequence[LineState], planned: Plan, at: datetime) -> None:
    """Pieces that cost nothing."""
    _count(order, planned, at)
    _return_unsent(order, known, planned, at)


def _return_unsent(order: Order, known: Sequence[LineState], planned: Plan, at: datetime) -> None:
    """Pieces given back are first those that never left; those of deals are the deals' again. Of an order that is off, all of
    which is here, its coupons are the buyer's again, and its cost the caps'."""
    unsent = {line.line_id: line.unsent for line in known}
    back = {p.line_id: min(p.quantity, unsent[p.line_id]) for p in planned.parts}
    before = {line.line_id: min(line.refunded_quantity, line.quantity - line.shipped_quantity) for line in known}
    aside = release_cuts(order=order, back=back, before=before)
    variants = dict(OrderLine.objects.filter(pk__in=[line for line, n in back.items() if n]).values_list("id", "variant_id"))
    if variants:
        return_stock(given=[(variant, back[line]) for line, variant in variants.items()], at=at, aside=aside)
    if order.order_state == Order.State.CANCELLED:
        give_caps_back(order_ids=[order.pk])


def _lines(order: Order) -> list[LineState]:
    columns = (
        "id", "quantity", "shipped_quantity", "total_minor", "tax_minor", "refunded_quantity", "refunded_minor",
        "refunded_tax_minor",
    )  # fmt: skip
    return [LineState(*row) for row in OrderLine.objects.filter(order=order).order_by("number").values_list(*columns)]


def _shipping(order: Order) -> Amount:
    return Amount(order.shipping_minor, order.refunded_shipping_minor)


def _shipping_tax(order: Order, lines: Sequence[LineState]) -> Amount:
    """The tax that is on no line."""
    return Amount(
        order.tax_minor - sum(line.tax_minor for line in lines),
        order.refunded_tax_minor - sum(line.refunded_tax_minor for line in lines),
    )
