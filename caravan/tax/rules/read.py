"""A table file read: its rows, and each line that is none with the reason. The same for the bundled tables and an operator's."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TypeVar, get_args

from caravan.kernel.errors import Invalid
from caravan.kernel.markets import countries
from caravan.kernel.money import Money, exponent
from caravan.tax.rules.classify import CLASSES
from caravan.tax.rules.tables import Base, Collector, DutyMethod, DutyRate, LimitOn, Regime, Row, Source, VatMethod, VatRate
from caravan.tax.rules.unions import EAEU, EU

_DATED = ("effective_from", "effective_until", "source_url", "source_title")
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "regimes": (
        "country", "sends", "code", "limit", "currency", "limit_on", "duty", "duty_rate", "duty_amount", "duty_per_kg", "duty_on",
        "duty_by", "vat", "vat_on", "vat_by", "note", *_DATED,
    ),
    "vat": ("country", "region", "rate_class", "rate", *_DATED),
    "duties": ("country", "origin", "heading", "program", "rate", *_DATED),
}  # fmt: skip
MOST_ROWS = 20_000
_SENDS = ("domestic", "union", "abroad")
_NEEDS_AMOUNT = ("per_heading", "excess")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Refused:
    """A line that is no row: the `column` at fault ("" for the whole line), a `code` for the page to word, and the cell."""

    line: int
    column: str
    code: str
    cell: str = ""


@dataclass(frozen=True, slots=True)
class TableFile:
    """Which table it is of, its rows in order, and what was refused."""

    table: str
    rows: tuple[Row, ...]
    refused: tuple[Refused, ...]


def read_table(text: str, *, effective_from: date | None = None, not_before: date = date.min) -> TableFile:
    """Read a CSV file whose first line names the columns of one of the tables.

    `effective_from` stands in where a row's cell is empty; rows from before `not_before` are refused. Raises `Invalid` for a
    file that is no such table at all.
    """
    lines = csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""))
    try:
        names = tuple(cell.strip().lower() for cell in next(lines))
    except (StopIteration, csv.Error) as e:
        raise Invalid("tax.empty", "The file is empty.") from e
    table = next((name for name, columns in COLUMNS.items() if set(names) == set(columns) and len(names) == len(columns)), None)
    if table is None:
        offered = "; ".join(f"{name}: {', '.join(columns)}" for name, columns in COLUMNS.items())
        raise Invalid("tax.columns", f"The first line must name the columns of one table, all of them. There are {offered}.")
    rows: list[Row] = []
    refused: list[Refused] = []
    keys: set[tuple[object, ...]] = set()
    try:
        for cells in lines:
            if not any(cell.strip() for cell in cells):
                continue
            if len(rows) + len(refused) >= MOST_ROWS:
                raise Invalid("tax.long", f"The file has more than {MOST_ROWS} rows. Split it.")
            found = _row(table, dict(zip(names, (c.strip() for c in cells), strict=False)), lines.line_num, effective_from)
            if isinstance(found, Refused):
                refused.append(found)
            elif found.effective_from < not_before:
                refused.append(Refused(lines.line_num, "effective_from", "past", found.effective_from.isoformat()))
            elif (*found.key, found.effective_from) in keys:
                refused.append(Refused(lines.line_num, "", "twice"))
            else:
                keys.add((*found.key, found.effective_from))
                rows.append(found)
    except csv.Error as e:
        raise Invalid("tax.form", f"Line {lines.line_num} is no CSV: {e}.") from e
    return TableFile(table, tuple(rows), tuple(refused))


class _Wrong(Exception):
    def __init__(self, column: str, code: str) -> None:
        self.column, self.code = column, code


def _row(table: str, cells: Mapping[str, str], line: int, since: date | None) -> Row | Refused:
    try:
        if len(cells) < len(COLUMNS[table]):
            raise _Wrong("", "short")
        return _READERS[table](cells, since)
    except _Wrong as wrong:
        return Refused(line, wrong.column, wrong.code, cells.get(wrong.column, "")[:80])


def _regime(cells: Mapping[str, str], since: date | None) -> Regime:
    begins, ends = _days(cells, since)
    duty = _one_of(cells, "duty", get_args(DutyMethod))
    currency = cells["currency"]
    if currency and not (len(currency) == 3 and currency.isalpha() and currency.isupper()):
        raise _Wrong("currency", "currency")
    regime = Regime(
        country=_country(cells, "country", unions=True),
        sends=_sends(cells),
        code=_filled(cells, "code"),
        limit=_amount(cells, "limit"),
        limit_on=_one_of(cells, "limit_on", get_args(LimitOn), "goods"),  # type: ignore[arg-type]
        duty=duty,  # type: ignore[arg-type]
        duty_rate=_rate(cells, "duty_rate") or Decimal(0),
        duty_amount=_amount(cells, "duty_amount"),
        duty_per_kg=_amount(cells, "duty_per_kg"),
        duty_on=_one_of(cells, "duty_on", get_args(Base)[:2], "goods"),  # type: ignore[arg-type]
        duty_by=_one_of(cells, "duty_by", get_args(Collector), "nobody"),  # type: ignore[arg-type]
        vat=_one_of(cells, "vat", get_args(VatMethod)),  # type: ignore[arg-type]
        vat_on=_one_of(cells, "vat_on", get_args(Base), "goods_shipping"),  # type: ignore[arg-type]
        vat_by=_one_of(cells, "vat_by", get_args(Collector), "nobody"),  # type: ignore[arg-type]
        note=cells["note"][:300],
        effective_from=begins,
        effective_until=ends,
        source=_source(cells),
    )
    if duty in _NEEDS_AMOUNT and regime.duty_amount is None:
        raise _Wrong("duty_amount", "missing")
    if duty in ("percent", "excess") and not cells["duty_rate"]:
        raise _Wrong("duty_rate", "missing")
    return regime


def _vat_rate(cells: Mapping[str, str], since: date | None) -> VatRate:
    begins, ends = _days(cells, since)
    return VatRate(
        country=_country(cells, "country"),
        region=cells["region"][:12],
        rate_class=_one_of(cells, "rate_class", CLASSES),
        rate=_rate(cells, "rate"),
        effective_from=begins,
        effective_until=ends,
        source=_source(cells),
    )


def _duty_rate(cells: Mapping[str, str], since: date | None) -> DutyRate:
    begins, ends = _days(cells, since)
    code = cells["heading"]
    if code and not (code.isascii() and code.isdigit() and len(code) <= 10):
        raise _Wrong("heading", "heading")
    return DutyRate(
        country=_country(cells, "country", unions=True),
        origin=_country(cells, "origin") if cells["origin"] else "",
        heading=code,
        program=cells["program"][:40],
        rate=_rate(cells, "rate"),
        effective_from=begins,
        effective_until=ends,
        source=_source(cells),
    )


_READERS: Mapping[str, Callable[[Mapping[str, str], date | None], Row]] = {
    "regimes": _regime,
    "vat": _vat_rate,
    "duties": _duty_rate,
}


def _filled(cells: Mapping[str, str], column: str) -> str:
    if not cells[column]:
        raise _Wrong(column, "missing")
    return cells[column][:40]


def _one_of(cells: Mapping[str, str], column: str, allowed: Sequence[str], otherwise: str | None = None) -> str:
    value = cells[column] or otherwise or ""
    if value not in allowed:
        raise _Wrong(column, "choice")
    return value


def _country(cells: Mapping[str, str], column: str, *, unions: bool = False) -> str:
    code = cells[column]
    if code not in countries() and not (unions and code in (EU, EAEU)):
        raise _Wrong(column, "country")
    return code


def _sends(cells: Mapping[str, str]) -> str:
    sends = cells["sends"]
    if sends not in _SENDS and not (sends and all(code in countries() for code in sends.split(" "))):
        raise _Wrong("sends", "sends")
    return sends


def _number(cells: Mapping[str, str], column: str) -> Decimal | None:
    if not cells[column]:
        return None
    try:
        number = Decimal(cells[column])
    except InvalidOperation as e:
        raise _Wrong(column, "number") from e
    if not number.is_finite() or number < 0 or number > 10**9:
        raise _Wrong(column, "number")
    return number


def _rate(cells: Mapping[str, str], column: str) -> Decimal | None:
    rate = _number(cells, column)
    if rate is not None and rate >= 1000:
        raise _Wrong(column, "number")
    return rate


def _amount(cells: Mapping[str, str], column: str) -> Money | None:
    number = _number(cells, column)
    if number is None:
        return None
    currency = cells["currency"]
    if not currency:
        raise _Wrong("currency", "missing")
    if number != number.quantize(Decimal(1).scaleb(-exponent(currency))):
        raise _Wrong(column, "number")
    return Money.of(number, currency)


def _days(cells: Mapping[str, str], since: date | None) -> tuple[date, date | None]:
    begins = _day(cells, "effective_from") or since
    if begins is None:
        raise _Wrong("effective_from", "missing")
    ends = _day(cells, "effective_until")
    if ends is not None and ends < begins:
        raise _Wrong("effective_until", "ends_first")
    return begins, ends


def _day(cells: Mapping[str, str], column: str) -> date | None:
    if not cells[column]:
        return None
    try:
        return date.fromisoformat(cells[column])
    except ValueError as e:
        raise _Wrong(column, "day") from e


def _source(cells: Mapping[str, str]) -> Source:
    url = cells["source_url"]
    if not url.startswith(("https://", "http://")) or len(url) > 400 or any(c.isspace() for c in url):
        raise _Wrong("source_url", "url")
    if not cells["source_title"]:
        raise _Wrong("source_title", "missing")
    return Source(url, cells["source_title"][:200])
