"""The lines of a file, cell by cell."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from caravan.catalog.rules import one_line
from caravan.kernel.errors import Invalid
from caravan.kernel.money import Money
from caravan.kernel.sheets import unguarded
from caravan.promotions.rules.drafts import Kind

# The terms stand in the first line of an id; each line after it may add goods or a step.
TERMS = (
    "id", "state", "tool", "name", "begins", "ends", "markets", "audience", "segment", "budget", "scope", "buy", "get", "times",
    "means", "code", "coupons", "per_buyer", "valid_from", "valid_until", "valid_days", "stackable",
)  # fmt: skip
OF_LINE = ("product", "sku", "role", "price", "percent", "amount", "at_most", "spend", "items", "pieces", "each")
COLUMNS = (*TERMS, *OF_LINE)
REQUIRED = ("id", "tool", "name", "begins", "ends")
MOST_LINES = 20_000
YES = ("yes", "true", "1")


@dataclass(frozen=True, slots=True)
class RefusedLine:
    """A line that cannot be used, of the promotion `ref`: a `code` to be worded, about a value or a column."""

    line: int
    ref: str
    code: str
    column: str = ""
    value: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SheetRow:
    line: int
    ref: str
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


def read_sheet(lines: Iterable[str]) -> dict[str, list[SheetRow]]:
    """The rows by id, in the order of the file. Raises Invalid for a file without the columns, or with too many lines."""
    text = list(lines)
    head_line = text[0].lstrip("\ufeff") if text else ""
    mark = ";" if head_line.count(";") > head_line.count(",") else ","
    cells = csv.reader([head_line, *text[1:]], delimiter=mark)
    head = [cell.strip().lower() for cell in next(cells, [])]
    if missing := [name for name in REQUIRED if name not in head]:
        raise Invalid("sheet.columns", f"The first line must name the columns; there is no column {', '.join(missing)}.")
    if len(text) > MOST_LINES + 1:
        raise Invalid("sheet.long", f"A file has at most {MOST_LINES} lines; this one has {len(text) - 1}.")
    found: dict[str, list[SheetRow]] = {}
    for row in cells:
        if not any(cell.strip() for cell in row):
            continue
        named = {name: one_line(unguarded(value.strip())) for name, value in zip(head, row, strict=False) if name in COLUMNS}
        found.setdefault(named.get("id", ""), []).append(SheetRow(cells.line_num, named.get("id", ""), named))
    return found


class Cell(Exception):
    """A cell that does not say what its column is for."""

    def __init__(self, code: str, column: str, value: str) -> None:
        super().__init__(code)
        self.code, self.column, self.value = code, column, value


def kind_of(row: SheetRow) -> Kind:
    """The tool. Raises Cell."""
    if row["tool"] not in tuple(Kind):
        raise Cell("sheet.tool", "tool", row["tool"])
    return Kind(row["tool"])


def whole(row: SheetRow, column: str) -> int | None:
    """A whole number, or nothing. Raises Cell."""
    text = row[column].removesuffix("%").strip()
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) < 9):
        raise Cell("sheet.number", column, row[column])
    return int(text)


def money(row: SheetRow, column: str, currency: str) -> Money | None:
    """An amount, with its currency or in that of the store, or nothing. Raises Cell."""
    text = row[column]
    if not text:
        return None
    try:
        return Money.parse(text if " " in text else f"{text} {currency}")
    except Invalid as e:
        raise Cell("sheet.amount", column, text) from e


def moment(row: SheetRow, column: str, zone: str) -> datetime | None:
    """An instant by the store's clock, or nothing. Raises Cell."""
    text = row[column]
    if not text:
        return None
    try:
        at = datetime.fromisoformat(text)
        return (at if at.tzinfo else at.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC)
    except (ValueError, OverflowError) as e:  # the latter: a day out of all calendars
        raise Cell("sheet.moment", column, text) from e


def asked_moment(row: SheetRow, column: str, zone: str) -> datetime:
    """One that has to stand there. Raises Cell."""
    found = moment(row, column, zone)
    if found is None:
        raise Cell("sheet.moment", column, "")
    return found
