"""A product file from its first line to its last, twice: once to survey it, once to read it product by product.

The survey finds what no single row can know (an id that stands twice, where a group of variants ends), so that the reading
holds no more than the products it is in the middle of, however long the file. `lines` are text decoded as UTF-8 with
`errors="surrogateescape"` and line ends kept (`newline=""`).
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from caravan.catalog.rules.draft import FieldError
from caravan.catalog.rules.feed.columns import Header, header, separator
from caravan.catalog.rules.feed.row import FeedRow, RefusedRow, parse_row
from caravan.kernel.errors import Invalid

LONGEST_CELL = 200_000  # characters; a longer one is a quotation mark that was never closed

csv.field_size_limit(LONGEST_CELL)


@dataclass(frozen=True, slots=True)
class Survey:
    """How many `rows` a file has, where each id first stands, the lines of ids that stand `twice`, where each group ends."""

    rows: int
    ignored: tuple[str, ...]
    first_line: dict[str, int] = field(default_factory=dict)
    twice: dict[str, list[int]] = field(default_factory=dict)
    group_end: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """What stands at one place of a file: the rows of one product, complete, or a row that is refused."""

    rows: tuple[FeedRow, ...] = ()
    refused: RefusedRow | None = None


def survey(lines: Iterable[str]) -> Survey:
    """Look through the whole file. Raises `Invalid` for a file that is no product file: feed.empty, feed.header, feed.csv."""
    records = _records(lines)
    head = _header(records)
    found = Survey(0, head.ignored)
    rows = 0
    for line, cells in records:
        rows += 1
        ref, group = head.cell(cells, "id") or "", head.cell(cells, "item_group_id") or ""
        if ref and found.first_line.setdefault(ref, line) != line:
            found.twice.setdefault(ref, [found.first_line[ref]]).append(line)
        if group:
            found.group_end[group] = line
    return Survey(rows, found.ignored, found.first_line, found.twice, found.group_end)


def products(lines: Iterable[str], survey: Survey) -> Iterator[Reading]:
    """The same file again, product by product. Rows of an id that stands twice are refused, each naming the others."""
    records = _records(lines)
    head = _header(records)
    open_groups: dict[str, list[FeedRow]] = {}
    for line, cells in records:
        row = _once(parse_row(line, cells, head), survey)
        group = head.cell(cells, "item_group_id") or ""
        if isinstance(row, RefusedRow):
            yield Reading(refused=row)
        elif group:
            open_groups.setdefault(group, []).append(row)
        elif row.id in survey.group_end:
            yield Reading(refused=RefusedRow(line, row.id, (FieldError("id", "id.is_group", row.id),)))
        else:
            yield Reading(rows=(row,))
        if group and survey.group_end.get(group) == line and (rows := open_groups.pop(group, None)):
            yield Reading(rows=tuple(rows))


def _once(row: FeedRow | RefusedRow, survey: Survey) -> FeedRow | RefusedRow:
    ref = row.id if isinstance(row, FeedRow) else row.ref
    if ref not in survey.twice:
        return row
    others = ", ".join(str(line) for line in survey.twice[ref][:5] if line != row.line)
    errors = row.errors if isinstance(row, RefusedRow) else ()
    return RefusedRow(row.line, ref, (*errors, FieldError("id", "id.twice", others)))


def _header(records: Iterator[tuple[int, list[str]]]) -> Header:
    for _, cells in records:
        return header(cells)
    raise Invalid("feed.empty", "The file is empty: it needs a line of column names and a line for each product.")


def _records(lines: Iterable[str]) -> Iterator[tuple[int, list[str]]]:
    """Each record that is not blank, with the line it begins on (from 1)."""
    rest = iter(lines)
    first = next(rest, "")
    reader = csv.reader(_with(first, rest), delimiter=separator(first), strict=True)
    line = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as e:
            raise Invalid("feed.csv", f"Line {line} cannot be read ({e}). Look for a quotation mark that is not closed.") from e
        if not _is_text("".join(cells)):
            raise Invalid("feed.encoding", f"Line {line} is not UTF-8. Save the file as “CSV UTF-8” and try again.")
        if any(cell.strip() for cell in cells):
            yield line, cells
        line = reader.line_num + 1


def _is_text(text: str) -> bool:
    """Whether no byte of it had to be smuggled in (`errors="surrogateescape"`) because it is not UTF-8."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in text


def _with(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest
