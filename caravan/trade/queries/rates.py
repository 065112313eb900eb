"""The exchange rates in force: what the ECB published, and the operator's own figures for what it does not publish."""

from __future__ import annotations

import threading
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.conf import settings
from django.db import connection

from caravan.kernel.rates import Origin, RateTable

ECB = "ECB"
INDICATIVE = "indicative, set by the operator"
_KEPT_FOR = timedelta(seconds=60)

# One index probe per currency, however long the history: a loose index scan (recursive), then the newest row of each.
_NEWEST = """
WITH RECURSIVE known AS (
    (SELECT currency FROM trade_fxrate ORDER BY currency LIMIT 1)
    UNION ALL
    SELECT (SELECT currency FROM trade_fxrate WHERE currency > known.currency ORDER BY currency LIMIT 1)
    FROM known WHERE known.currency IS NOT NULL
)
SELECT known.currency, newest.as_of, newest.per_eur, newest.source
FROM known CROSS JOIN LATERAL (
    SELECT as_of, per_eur, source FROM trade_fxrate
    WHERE currency = known.currency AND as_of <= %s ORDER BY as_of DESC LIMIT 1
) newest
"""

_lock = threading.Lock()
_kept: tuple[date, datetime, RateTable] | None = None


def current_rates(at: datetime) -> RateTable:
    """The rates to price with at the instant `at`. Kept in the process for a minute."""
    global _kept
    with _lock:
        if _kept and _kept[0] == at.date() and abs(at - _kept[1]) < _KEPT_FOR:
            return _kept[2]
    table = rates_on(at.date())
    if table.per_eur:  # an empty table is a market being set up: look again at the next request
        with _lock:
            _kept = (at.date(), at, table)
    return table


def buyer_rates(at: datetime) -> RateTable:
    """What buyers pay by: the current rates and the market's margin on them (`FX_MARGIN_BPS`, hundredths of a percent)."""
    return current_rates(at).with_margin(settings.FX_MARGIN_BPS)


def rates_on(day: date) -> RateTable:
    """The newest rate of each currency on or before `day`; currencies whose first rate came later are absent."""
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST, [day])
        rows: list[tuple[str, date, Decimal, str]] = cursor.fetchall()
    as_of = max((day for _, day, _, source in rows if source == ECB), default=day)
    return RateTable(
        per_eur={currency: per_eur for currency, _, per_eur, _ in rows},
        as_of=as_of.isoformat(),
        source=ECB,
        apart={currency: Origin(day.isoformat(), source) for currency, day, _, source in rows if source != ECB or day != as_of},
    )


def forget_rates() -> None:
    """After a refresh, and between tests: the next look reads the table."""
    global _kept
    with _lock:
        _kept = None
