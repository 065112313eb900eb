"""A file of shipments: a row says that an order, or so many pieces of an article of it, left with a carrier under a code.

Rows of the same order, carrier and code are one parcel. A row without an article is all that is left of its order. Reading knows
nothing of the orders; what only they can tell is refused later, by the same codes.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from caravan.kernel.errors import Invalid
from caravan.kernel.sheets import unguarded

COLUMNS = ("order_number", "carrier", "tracking_code", "sku", "quantity")
NEEDED = COLUMNS[:3]
_ALSO_CALLED: Mapping[str, str] = {
    "order": "order_number", "number": "order_number", "order_id": "order_number", "order_no": "order_number",
    "shipping_carrier": "carrier", "tracking": "tracking_code", "tracking_number": "tracking_code",
    "tracking_no": "tracking_code", "article_number": "sku", "pieces": "quantity", "qty": "quantity",
}  # fmt: skip
LONGEST_CELL = 400
MOST_PIECES = 100_000


@dataclass(frozen=True, slots=True)
class ShipmentRow:
    """A line of the file, from 1. `sku` and `quantity` are empty and None where the row does not say."""

    line: int
    number: str
    carrier: str
    tracking_code: str
    sku: str = ""
    quantity: int | None = None

    @property
    def parcel(self) -> tuple[str, str, str]:
        """What its parcel is known by, however it is capitalised and spaced."""
        return self.number, " ".join(self.carrier.casefold().split()), "".join(self.tracking_code.split())


@dataclass(frozen=True, slots=True)
class RefusedShipment:
    """`code` of the reason; `about` what it is about (a number, a word of the file), for the sentence."""

    line: int
    number: str
    code: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class ShipmentFile:
    """The parcels of a file, in its order, and the rows that can be none."""

    rows: int
    parcels: tuple[tuple[ShipmentRow, ...], ...]
    refused: tuple[RefusedShipment, ...]


def read_shipments(lines: Iterable[str], *, most: int = 0) -> ShipmentFile:
    """Read a CSV (commas, semicolons or tabs) with a line of column names. Raises Invalid for a file that is none.

    `most`: rows a file may have (0: any number).
    """
    records = _records(lines)
    head = _header(next(records, (0, []))[1])
    rows: list[ShipmentRow] = []
    refused: list[RefusedShipment] = []
    for line, cells in records:
        made = _row(line, {name: unguarded(cells[n].strip()) for name, n in head.items() if n < len(cells)})
        (rows if isinstance(made, ShipmentRow) else refused).append(made)  # type: ignore[arg-type]
        if most and len(rows) + len(refused) > most:
            raise Invalid("shipments.many", f"More than {most} rows. Send the file in parts.", about=str(most))
    return _parcels(rows, refused)


def grouped(rows: Sequence[ShipmentRow]) -> ShipmentFile:
    """The same of rows that came otherwise than by a file."""
    return _parcels(rows, [])


def _parcels(rows: Sequence[ShipmentRow], refused: Sequence[RefusedShipment]) -> ShipmentFile:
    found: dict[tuple[str, str, str], list[ShipmentRow]] = {}
    for row in rows:
        found.setdefault(row.parcel, []).append(row)
    good: list[tuple[ShipmentRow, ...]] = []
    bad = list(refused)
    for parcel in found.values():
        wrong = _together(parcel)
        bad.extend(wrong)
        if not wrong:
            good.append(tuple(parcel))
    return ShipmentFile(len(rows) + len(refused), tuple(good), tuple(sorted(bad, key=lambda r: r.line)))


def _together(rows: Sequence[ShipmentRow]) -> list[RefusedShipment]:
    """A parcel is whole or not at all: an article twice, or “everything” beside an article, is a mistake somewhere in it."""
    if len(rows) == 1:
        return []
    skus = [row.sku for row in rows]
    if "" in skus:
        return [RefusedShipment(row.line, row.number, "parcel.everything_and_more") for row in rows]
    twice = {sku for sku in skus if skus.count(sku) > 1}
    if twice:
        return [RefusedShipment(row.line, row.number, "sku.twice", ", ".join(sorted(twice))) for row in rows]
    return []


def _row(line: int, cells: Mapping[str, str]) -> ShipmentRow | RefusedShipment:
    number = cells.get("order_number", "").lstrip("#").upper()
    for name in NEEDED:
        if not cells.get(name):
            return RefusedShipment(line, number, "cell.missing", name)
    for name, text in cells.items():
        if len(text) > LONGEST_CELL:
            return RefusedShipment(line, number, "cell.long", name)
    sku, pieces = cells.get("sku", ""), cells.get("quantity", "")
    if pieces and not sku:
        return RefusedShipment(line, number, "quantity.alone", pieces)
    if pieces and not (pieces.isascii() and pieces.isdecimal() and len(pieces) < 7 and 0 < int(pieces) <= MOST_PIECES):
        return RefusedShipment(line, number, "quantity.form", pieces)
    return ShipmentRow(line, number, cells["carrier"], cells["tracking_code"], sku, int(pieces) if pieces else None)


def _header(cells: Sequence[str]) -> dict[str, int]:
    names = ["_".join(cell.strip().lstrip("\ufeff").casefold().replace("-", " ").split()) for cell in cells]
    found: dict[str, int] = {}
    for n, name in enumerate(names):
        if (column := _ALSO_CALLED.get(name, name)) in COLUMNS:
            found.setdefault(column, n)
    missing = [name for name in NEEDED if name not in found]
    if missing:
        raise Invalid(
            "shipments.header",
            f"The first line has to name the columns; missing: {', '.join(missing)}.",
            about=", ".join(missing),
        )
    return found


def _records(lines: Iterable[str]) -> Iterator[tuple[int, list[str]]]:
    """Each record that is not blank, with the line it begins on."""
    rest = iter(lines)
    first = next(rest, "")
    separator = max(",;\t", key=first.count)
    reader = csv.reader(_with(first, rest), delimiter=separator, strict=True)
    line = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as e:
            raise Invalid("shipments.csv", f"Line {line} cannot be read ({e}).", about=str(line)) from e
        if any("\0" in cell or not _is_text(cell) for cell in cells):
            raise Invalid("shipments.encoding", f"Line {line} is not UTF-8. Save the file as “CSV UTF-8”.", about=str(line))
        if any(cell.strip() for cell in cells):
            yield line, cells
        line = reader.line_num + 1


def _is_text(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:  # a byte that is not UTF-8, smuggled in by `surrogateescape`
        return False
    return True


def _with(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest
