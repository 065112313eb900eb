"""Rows for a spreadsheet (CSV, RFC 4180). A cell somebody else wrote is text there, and never runs as a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from decimal import Decimal

# What a spreadsheet takes for the beginning of a formula, with quotes in front or none: so that one can be taken off again.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")


def csv_text(rows: Iterable[Iterable[object]]) -> str:
    """The rows as lines of a file, each cell guarded; a number is no formula, below nothing included."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([cell if isinstance(cell, int | Decimal) else guarded(str(cell)) for cell in row] for row in rows)
    return out.getvalue()


def guarded(cell: str) -> str:
    """The cell with a quote in front where a spreadsheet would run it as a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """What was given to `guarded`."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
