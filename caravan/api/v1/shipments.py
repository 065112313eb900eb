"""Many parcels at once, for a store's own system."""

from __future__ import annotations

from caravan.api.endpoint import Call, Shape, endpoint
from caravan.kernel.errors import Invalid
from caravan.trade.actions.shipment_file import MOST_BY_PAGE, ship_rows
from caravan.trade.rules.shipment_file import MOST_PIECES, ShipmentRow


class ShipmentRowBody(Shape, frozen=True):
    """That an order, or so many pieces of an article of it, left with a carrier.

    Without `sku`: all that is left of the order. Without `quantity`: all that is left of the article. Rows of one order with the
    same carrier and code are one parcel.
    """

    order_number: str
    carrier: str
    tracking_code: str
    sku: str = ""
    quantity: int | None = None


class ShipmentsBody(Shape, frozen=True):
    rows: list[ShipmentRowBody]


class RefusedRowShape(Shape, frozen=True):
    """`row` counts from 1."""

    row: int
    order_number: str
    code: str
    reason: str


class ShipmentsShape(Shape, frozen=True):
    """`parcels` sent now, `unchanged` sent before; refused rows one by one, the rest is kept."""

    id: str
    name: str
    rows: int
    parcels: int
    unchanged: int
    refused: list[RefusedRowShape]


@endpoint("POST", "stores/{slug}/shipments", answer=ShipmentsShape, body=ShipmentsBody, auth="required", status=201)
def ship_many(call: Call[None, ShipmentsBody], slug: str) -> ShipmentsShape:
    """As the store's staff: hand many orders to carriers; the same again changes nothing"""
    rows = call.body.rows
    if not 1 <= len(rows) <= MOST_BY_PAGE:
        raise Invalid("shipments.many", f"Send 1 to {MOST_BY_PAGE} rows at a time.", rows=f"1 to {MOST_BY_PAGE}")
    if any(row.quantity is not None and not 1 <= row.quantity <= MOST_PIECES for row in rows):
        raise Invalid("shipments.quantity", f"A quantity is 1 to {MOST_PIECES}, or left out.", rows=f"1 to {MOST_PIECES}")
    asked = [
        ShipmentRow(n, row.order_number.strip().upper(), row.carrier, row.tracking_code, row.sku, row.quantity)
        for n, row in enumerate(rows, start=1)
    ]
    done = ship_rows(user_id=call.user_id, store=slug, rows=asked, at=call.at)
    return ShipmentsShape(
        id=slug,
        name=slug,
        rows=done.rows,
        parcels=done.parcels,
        unchanged=done.unchanged,
        refused=[RefusedRowShape(row=r.line, order_number=r.number, code=r.code, reason=r.reason) for r in done.refused],
    )
