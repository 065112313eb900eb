"""Many parcels at once: a file of shipments, or the same rows by API. Each parcel is a transaction of its own; sending the file
again changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from caravan.kernel.errors import Invalid, Problem
from caravan.stores.queries import store_for_member
from caravan.trade.actions.parcels import checked, ship_known
from caravan.trade.models import Order, OrderLine, ParcelLine
from caravan.trade.rules.shipment_file import RefusedShipment, ShipmentFile, ShipmentRow, grouped, read_shipments

MOST_BY_PAGE = 2_000
_AT_ONCE = 500
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """`reason` in words, in the reader's language."""

    line: int
    number: str
    code: str
    reason: str


@dataclass(slots=True)
class FileReport:
    """What became of a file: `parcels` sent now, `unchanged` sent before, rows refused one by one."""

    rows: int = 0
    parcels: int = 0
    unchanged: int = 0
    refused: list[RefusedRow] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Known:
    """An order of the store: its lines by SKU as (id, pieces left), and its parcels by (carrier, code) with what is in them."""

    id: UUID
    lines: dict[str, list[tuple[UUID, int]]]
    parcels: Mapping[tuple[str, str], Mapping[UUID, int]]

    def take(self, pieces: Mapping[UUID, int] | None) -> None:
        """Those pieces (None: all) are sent: the next parcel of the file finds what is left."""
        for sku, lines in self.lines.items():
            self.lines[sku] = [(id, 0 if pieces is None else left - pieces.get(id, 0)) for id, left in lines]


def ship_file(*, user_id: UUID, store: str, lines: Iterable[str], at: datetime, progress: Progress | None = None) -> FileReport:
    """Ship what a member's file says (`rules/shipment_file.py`). Rows that cannot be are refused one by one, the rest is kept.

    Raises NotFound for a store that is not theirs, Invalid, in words, for a file that is none.
    """
    store_id = store_for_member(user_id=user_id, slug=store).id
    return ship_file_of(store_id=store_id, lines=lines, most=MOST_BY_PAGE, at=at, progress=progress)


def ship_file_of(
    *, store_id: UUID, lines: Iterable[str], most: int = 0, at: datetime, progress: Progress | None = None
) -> FileReport:
    """The same for an operator; `most` rows (0: any number)."""
    try:
        read = read_shipments(lines, most=most)
    except Invalid as refused:
        raise Invalid(refused.code, _file_words(refused.code) % {"about": refused.fields.get("about", "")}) from refused
    return _ship(store_id, read, at, progress)


def ship_rows(*, user_id: UUID, store: str, rows: Sequence[ShipmentRow], at: datetime) -> FileReport:
    """The same rows without a file; `line` counts them from 1."""
    store_id = store_for_member(user_id=user_id, slug=store).id
    return _ship(store_id, grouped(rows), at, None)


def _ship(store_id: UUID, read: ShipmentFile, at: datetime, progress: Progress | None) -> FileReport:
    report = FileReport(rows=read.rows, refused=[_worded(r) for r in read.refused])
    for start in range(0, len(read.parcels), _AT_ONCE):
        batch = read.parcels[start : start + _AT_ONCE]
        orders = _known(store_id, {rows[0].number for rows in batch})
        for rows in batch:
            _ship_one(orders.get(rows[0].number), rows, report, at)
            if progress:
                progress(report.parcels + report.unchanged, len(read.parcels))
    report.refused.sort(key=lambda row: row.line)
    return report


def _ship_one(order: _Known | None, rows: Sequence[ShipmentRow], report: FileReport, at: datetime) -> None:
    first = rows[0]
    if order is None:
        report.refused.extend(_worded(RefusedShipment(row.line, row.number, "order.unknown")) for row in rows)
        return
    try:
        carrier, code = checked(carrier=first.carrier, tracking_code=first.tracking_code)
        held = order.parcels.get((carrier, code))
        pieces, wrong = _pieces(order, rows, held)
        if wrong:
            report.refused.extend(wrong)
            return
        shipped = ship_known(order_id=order.id, carrier=carrier, tracking_code=code, pieces=pieces, at=at)
    except Problem as refused:
        words = "; ".join(refused.fields.values()) if isinstance(refused, Invalid) and refused.fields else refused.detail
        report.refused.extend(RefusedRow(row.line, row.number, refused.code, words) for row in rows)
        return
    if not shipped.repeated:
        order.take(pieces)
    report.parcels += not shipped.repeated
    report.unchanged += shipped.repeated


def _pieces(
    order: _Known, rows: Sequence[ShipmentRow], held: Mapping[UUID, int] | None
) -> tuple[Mapping[UUID, int] | None, list[RefusedRow]]:
    """What the rows put into their parcel, None for all that is left; where it stands already, an unsaid quantity is its own."""
    if not rows[0].sku:
        return None, []
    pieces: dict[UUID, int] = {}
    wrong: list[RefusedRow] = []
    for row in rows:
        lines = order.lines.get(row.sku, ())
        if not lines:
            wrong.append(_worded(RefusedShipment(row.line, row.number, "sku.unknown", row.sku)))
        wanted = row.quantity
        for n, (line_id, left) in enumerate(lines, start=1):
            there = held.get(line_id, 0) if held is not None else left
            share = there if wanted is None else wanted if n == len(lines) else min(wanted, there)
            wanted = None if wanted is None else wanted - share
            if share:
                pieces[line_id] = share
    if wrong:
        others = [_worded(RefusedShipment(row.line, row.number, "parcel.other_row")) for row in rows]
        named = {row.line for row in wrong}
        return {}, [*wrong, *(row for row in others if row.line not in named)]
    return pieces, []


def _known(store_id: UUID, numbers: set[str]) -> dict[str, _Known]:
    """Those of the orders that are the store's, in three statements."""
    ids = dict(Order.objects.filter(store_id=store_id, number__in=numbers).values_list("id", "number"))
    lines: dict[UUID, dict[str, list[tuple[UUID, int]]]] = {}
    columns = ("order_id", "sku", "id", "quantity", "refunded_quantity", "shipped_quantity")
    for order_id, sku, line_id, ordered, back, sent in (
        OrderLine.objects.filter(order_id__in=ids).order_by("order_id", "number").values_list(*columns)
    ):
        lines.setdefault(order_id, {}).setdefault(sku, []).append((line_id, max(0, ordered - back - sent)))
    parcels: dict[UUID, dict[tuple[str, str], dict[UUID, int]]] = {}
    for order_id, carrier, code, parcel_line, quantity in ParcelLine.objects.filter(parcel__order_id__in=ids).values_list(
        "parcel__order_id", "parcel__carrier", "parcel__tracking_code", "line_id", "quantity"
    ):
        parcels.setdefault(order_id, {}).setdefault((carrier, code), {})[parcel_line] = quantity
    return {number: _Known(id, lines.get(id, {}), parcels.get(id, {})) for id, number in ids.items()}


def _worded(row: RefusedShipment) -> RefusedRow:
    return RefusedRow(row.line, row.number, row.code, _row_words(row.code) % {"about": row.about})


def _row_words(code: str) -> str:
    return {
        "cell.missing": _("“%(about)s” is empty."),
        "cell.long": _("“%(about)s” is too long."),
        "quantity.alone": _("%(about)s pieces of what? Fill in the sku, or leave the quantity empty to send all that is left."),
        "quantity.form": _("“%(about)s” is no number of pieces."),
        "parcel.everything_and_more": _(
            "One row without an sku sends all that is left, another names an article of the same parcel."
        ),
        "sku.twice": _("%(about)s stands twice in the same parcel."),
        "parcel.other_row": _("Another row of the same parcel is refused."),
        "order.unknown": _("This store has no such order."),
        "sku.unknown": _("This order has no article %(about)s."),
    }[code]


def _file_words(code: str) -> str:
    return {
        "shipments.many": _("More than %(about)s rows. Send the file in parts."),
        "shipments.header": _("The first line has to name the columns; missing: %(about)s."),
        "shipments.csv": _("Line %(about)s cannot be read. Look for a quotation mark that is not closed."),
        "shipments.encoding": _("Line %(about)s is not UTF-8. Save the file as “CSV UTF-8” and try again."),
    }[code]
