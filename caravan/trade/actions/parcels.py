"""Parcels leaving the store: all of an order or some of it, each piece once however many try."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from caravan.kernel.errors import Conflict, Invalid, NotFound
from caravan.outbox.actions import record
from caravan.shipping.queries import carrier as known_carrier
from caravan.trade.actions.moves import locked_order, move_orders
from caravan.trade.events import OrderShipped, ParcelShipped
from caravan.trade.models import Order, OrderLine, Parcel, ParcelLine
from caravan.trade.queries.orders import order_for_store
from caravan.trade.rules.states import Move
from caravan.trade.rules.tracking import LONGEST_CARRIER, LONGEST_CODE, LineLeft, NotThere, nothing_left, packed

_COUNT = """
UPDATE trade_orderline l SET shipped_quantity = l.shipped_quantity + p.quantity
FROM unnest(%s::uuid[], %s::int[]) AS p(id, quantity) WHERE l.id = p.id
"""


@dataclass(frozen=True, slots=True)
class Shipped:
    """A parcel on its way. `repeated`: it was already; `whole`: nothing of the order is left to send."""

    parcel_id: UUID
    number: int
    whole: bool
    repeated: bool = False


def ship_parcel(
    *, user_id: UUID, number: str, carrier: str, tracking_code: str, pieces: Mapping[UUID, int] | None = None, at: datetime
) -> Shipped:
    """A member of the store hands `pieces` (of each line, by its id; none: all that is left) to a carrier.

    The same carrier, code and pieces once more are no error and no second parcel. Raises NotFound for another store's order or
    line, Invalid without carrier, code or pieces, Conflict for pieces that are not left and for orders that ship no more.
    """
    order_id = order_for_store(user_id=user_id, number=number).id
    return ship_known(order_id=order_id, carrier=carrier, tracking_code=tracking_code, pieces=pieces, at=at)


def ship_known(
    *, order_id: UUID, carrier: str, tracking_code: str, pieces: Mapping[UUID, int] | None = None, at: datetime
) -> Shipped:
    """The same for an order that the caller found for the store already."""
    carrier, tracking_code = checked(carrier=carrier, tracking_code=tracking_code)
    with transaction.atomic():
        order = locked_order(order_id)
        lines = _lines(order_id)
        earlier = list(Parcel.objects.filter(order=order).order_by("number"))
        for parcel in earlier:
            if (parcel.carrier, parcel.tracking_code) == (carrier, tracking_code):
                return _again(parcel, pieces, whole=nothing_left(lines, {}))
        return _pack(order, lines, carrier, tracking_code, pieces, len(earlier) + 1, at)


def checked(*, carrier: str, tracking_code: str) -> tuple[str, str]:
    """Carrier and code as they are kept: a carrier we know under its own name. Raises Invalid, naming the fields."""
    carrier, tracking_code = " ".join(carrier.split()), "".join(tracking_code.split())
    longest = {"carrier": LONGEST_CARRIER, "tracking_code": LONGEST_CODE}
    wrong = {
        name: _("Write it in at most %(most)s characters.") % {"most": longest[name]}
        for name, text in (("carrier", carrier), ("tracking_code", tracking_code))
        if not 1 <= len(text) <= longest[name]
    }
    if wrong:
        raise Invalid("shipment.incomplete", _("The buyer follows the parcel by its carrier and tracking code."), **wrong)
    known = known_carrier(carrier)
    return (known.name if known else carrier), tracking_code


def _lines(order_id: UUID) -> list[LineLeft]:
    columns = ("id", "sku", "quantity", "refunded_quantity", "shipped_quantity")
    return [LineLeft(*row) for row in OrderLine.objects.filter(order_id=order_id).order_by("number").values_list(*columns)]


def _again(parcel: Parcel, pieces: Mapping[UUID, int] | None, *, whole: bool) -> Shipped:
    held = dict(ParcelLine.objects.filter(parcel=parcel).values_list("line_id", "quantity"))
    if pieces is not None and {line: n for line, n in pieces.items() if n} != held:
        text = _("This tracking code is the one of parcel %(number)s already. Another parcel needs its own.")
        raise Conflict("parcel.code_used", text % {"number": parcel.number})
    return Shipped(parcel.pk, parcel.number, whole, repeated=True)


def _pack(
    order: Order, lines: Sequence[LineLeft], carrier: str, code: str, asked: Mapping[UUID, int] | None, number: int, at: datetime
) -> Shipped:
    try:
        inside = packed(lines, asked)
    except NotThere as refused:
        raise _not_there(*refused.args) from refused
    whole = nothing_left(lines, inside)
    if not inside and not whole:
        text = _("Choose at least one piece that goes into the parcel.")
        raise Invalid("parcel.empty", text, pieces=text)
    move_orders(orders=[order], move=Move.SHIP if whole else Move.SHIP_PART, at=at)
    parcel = Parcel.objects.create(order=order, number=number, carrier=carrier, tracking_code=code, shipped_at=at)
    ParcelLine.objects.bulk_create(ParcelLine(parcel=parcel, line_id=line, quantity=n) for line, n in inside.items())
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [list(inside), list(inside.values())])
    about: dict[str, Any] = {"at": at, "order_id": order.pk, "store_id": order.store_id, "buyer_id": order.buyer_id}
    record(ParcelShipped(**about, parcel_id=parcel.pk, carrier=carrier, tracking_code=code))
    if whole:
        record(OrderShipped(**about, carrier=carrier, tracking_code=code))
    return Shipped(parcel.pk, number, whole)


def _not_there(sku: str, asked: int, left: int) -> Conflict | NotFound:
    if not sku:
        return NotFound("parcel.line", _("There is no such line in this order."))
    if not left:
        return Conflict("parcel.pieces", _("Nothing of %(sku)s is left to send.") % {"sku": sku})
    return Conflict("parcel.pieces", _("Only %(left)s of %(sku)s left to send.") % {"left": left, "sku": sku})
