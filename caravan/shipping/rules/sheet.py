"""A shipping table as a CSV file, read row by row: what cannot be used is refused with its line and reason."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from caravan.kernel.errors import Invalid
from caravan.kernel.money import Money, exponent
from caravan.kernel.sheets import unguarded
from caravan.shipping.rules.services import Service, Size
from caravan.shipping.rules.tariffs import TariffRow

COLUMNS = ("zone", "service", "size", "most_grams", "cost", "days_min", "days_max")
MOST_ROWS, MOST_GRAMS, MOST_DAYS, MOST_MINOR = 1_000, 1_000_000, 120, 10**10


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that cannot be used: the line of the file, the column, a `code` for pages to word, and what stood there."""

    line: int
    column: str
    code: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a file says: the rows to keep, in its order, and those refused."""

    rows: tuple[TariffRow, ...]
    refused: tuple[RefusedRow, ...]


def read_sheet(text: str, *, currency: str, zones: Collection[str]) -> Sheet:
    """The table in `text` (comma or semicolon, the first line names COLUMNS). Raises Invalid where the columns are not there."""
    lines = text.lstrip("\ufeff").splitlines()
    mark = ";" if lines and lines[0].count(";") > lines[0].count(",") else ","
    cells = list(csv.reader(lines, delimiter=mark, strict=False))
    head = [cell.strip().lower() for cell in cells[0]] if cells else []
    if missing := [name for name in COLUMNS if name not in head]:
        raise Invalid("shipping.header", f"The first line must name the columns; there is no column {', '.join(missing)}.")
    if len(cells) > MOST_ROWS + 1:
        raise Invalid("shipping.rows", f"A table has at most {MOST_ROWS} rows; this file has {len(cells) - 1}.")
    typed = [(n, _cells(head, row)) for n, row in enumerate(cells[1:], start=2) if any(cell.strip() for cell in row)]
    return read_rows(typed, currency=currency, zones=zones)


def read_rows(typed: Iterable[tuple[int, Mapping[str, str]]], *, currency: str, zones: Collection[str]) -> Sheet:
    """Rows of text, by COLUMNS, each with its line; the same lane, size and weight twice refuses the second."""
    rows: dict[tuple[str, str, str, int], TariffRow] = {}
    refused: list[RefusedRow] = []
    for line, cells in typed:
        wrong = list(_wrong(line, cells, currency, zones))
        if wrong:
            refused.extend(wrong)
            continue
        row = _row(cells, currency)
        key = (row.zone, row.service, row.size, row.most_grams)
        if key in rows:
            refused.append(RefusedRow(line, "most_grams", "twice", cells["most_grams"]))
        rows.setdefault(key, row)
    return Sheet(tuple(rows.values()), tuple(refused))


def sheet_rows(rows: Iterable[TariffRow], currency: str) -> Iterator[list[str]]:
    """The table as rows of text, header first: what `read_sheet` reads back to the same."""
    yield list(COLUMNS)
    for row in rows:
        yield [
            row.zone, row.service, row.size, str(row.most_grams), Money(row.cost_minor, currency).amount,
            str(row.days_min), str(row.days_max),
        ]  # fmt: skip


def _cells(head: list[str], row: list[str]) -> dict[str, str]:
    return {name: unguarded(row[head.index(name)].strip()) if head.index(name) < len(row) else "" for name in COLUMNS}


def _wrong(line: int, cells: Mapping[str, str], currency: str, zones: Collection[str]) -> Iterator[RefusedRow]:
    if cells["zone"] not in zones:
        yield RefusedRow(line, "zone", "zone", cells["zone"][:40])
    if cells["service"] not in tuple(Service):
        yield RefusedRow(line, "service", "service", cells["service"][:40])
    if cells["size"] not in tuple(Size):
        yield RefusedRow(line, "size", "size", cells["size"][:40])
    if not 1 <= _whole(cells["most_grams"]) <= MOST_GRAMS:
        yield RefusedRow(line, "most_grams", "grams", cells["most_grams"][:40])
    if _minor(cells["cost"], currency) is None:
        yield RefusedRow(line, "cost", "cost", cells["cost"][:40])
    early, late = _whole(cells["days_min"]), _whole(cells["days_max"])
    if not 0 <= early <= late <= MOST_DAYS or not late:
        yield RefusedRow(line, "days_max", "days", f"{cells['days_min']}-{cells['days_max']}"[:40])


def _row(cells: Mapping[str, str], currency: str) -> TariffRow:
    minor = _minor(cells["cost"], currency)
    assert minor is not None
    return TariffRow(
        cells["zone"], cells["service"], cells["size"], _whole(cells["most_grams"]), minor,
        _whole(cells["days_min"]), _whole(cells["days_max"]),
    )  # fmt: skip


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


def _minor(text: str, currency: str) -> int | None:
    digits = text.replace(" ", "").replace(",", ".")
    whole, point, part = digits.partition(".")
    if not digits.isascii() or not whole.isdigit() or (point and not part.isdigit()) or len(part) > exponent(currency):
        return None
    minor = int(whole + part.ljust(exponent(currency), "0")) if len(whole) < 12 else MOST_MINOR + 1
    return minor if minor <= MOST_MINOR else None
