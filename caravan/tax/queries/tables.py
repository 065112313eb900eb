"""The tables in force: those of this release, with what operators loaded over them."""

from __future__ import annotations

import threading
from datetime import date, datetime, timedelta
from functools import lru_cache
from importlib.resources import files

from caravan.tax.models import TableVersion
from caravan.tax.rules.read import COLUMNS, read_table
from caravan.tax.rules.tables import Row, Tables, in_force, tables_on
from caravan.tax.rules.unions import union_of

_KEPT_FOR = timedelta(seconds=60)
_lock = threading.Lock()
_kept: tuple[datetime, Tables] | None = None


def current_tables(at: datetime) -> Tables:
    """What is in force at the instant `at` (days begin at midnight UTC). Kept in the process for a minute."""
    global _kept
    with _lock:
        if _kept and _kept[1].day == at.date() and abs(at - _kept[0]) < _KEPT_FOR:
            return _kept[1]
    tables = tables_of(at.date())
    with _lock:
        _kept = (at, tables)
    return tables


def tables_of(day: date) -> Tables:
    """What rules, ruled or will rule on `day`, by what is known now."""
    return tables_on(day, all_rows())


def all_rows() -> tuple[Row, ...]:
    """Every row of every version in the order they were loaded, the bundled ones first."""
    return (*bundled(), *loaded())


def rows_of(country: str, day: date) -> list[Row]:
    """The rows of a country (or a union) that rule on `day`, with those of the union it is in, by key."""
    rows = [row for row in in_force(day, all_rows()) if row.country in (country, union_of(country) or country)]
    return sorted(rows, key=lambda row: row.key)


@lru_cache(maxsize=1)
def bundled() -> tuple[Row, ...]:
    """The rows this release brings. A row it cannot read is a defect of ours: raises ValueError."""
    rows: list[Row] = []
    for table in COLUMNS:
        read = read_table(files("caravan.tax").joinpath("data", f"{table}.csv").read_text("utf-8"))
        if read.refused:
            raise ValueError(f"{table}.csv: {read.refused[0]}")
        rows += read.rows
    return tuple(rows)


def loaded() -> tuple[Row, ...]:
    """The rows operators loaded, in the order they did."""
    versions = TableVersion.objects.order_by("loaded_at", "id").values_list("text", "effective_from")
    return tuple(row for text, day in versions for row in read_table(text, effective_from=day).rows)


def forget_tables() -> None:
    """After loading, and between tests: the next look reads the versions."""
    global _kept
    with _lock:
        _kept = None
