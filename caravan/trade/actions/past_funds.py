"""The ledger of orders that were made up with a past: every posting they would have made, in the order of time, in bulk."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from caravan.kernel.copying import record_id
from caravan.ledger.actions import record_postings
from caravan.ledger.rules import AccountKind, Leg, Posting
from caravan.trade.actions.past_payouts import PastPayouts
from caravan.trade.rules import funds
from caravan.trade.rules.funds import FundTerms, Left

AT_ONCE = 5_000
NOTHING = Left(0, 0)
_HAPPENED = """
SELECT happened.what, happened.at, o.id, o.store_id, o.currency, o.store_currency, o.rate, o.rate_margin_bps, o.commission_bps,
    o.total_minor, o.tax_minor, o.completed_at IS NOT NULL, coalesce(o.available_at <= o.refunded_at, false)
FROM trade_order o CROSS JOIN LATERAL (
    VALUES ('paid', o.paid_at), ('completed', o.completed_at), ('available', o.available_at), ('refund', o.refunded_at)
) happened(what, at)
WHERE o.source = %s AND o.fund_state <> 'none' AND happened.at IS NOT NULL
ORDER BY happened.at, o.id
"""


def record_funds(*, source: str, paid_out_to: str = "") -> int:
    """Post what the past orders of `source` moved, the oldest first; returns how many postings are new.

    Their refunds are whole ones. `paid_out_to`: an account stores were paid out to each week; empty: they never were.
    May be repeated: each posting is named by its order and what happened.
    """
    made, payouts = 0, PastPayouts(paid_out_to) if paid_out_to else None
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(_HAPPENED, [source])
        rows = iter(cursor)
        while some := list(islice(rows, AT_ONCE)):
            happened = _postings(some)
            made += record_postings(list(payouts.among(happened) if payouts else happened))
        if payouts:
            payouts.store()
    return made


def _postings(rows: list[tuple[Any, ...]]) -> Iterator[Posting]:
    for what, at, id, store_id, currency, store_currency, rate, margin, commission, total, tax, completed, available in rows:
        frozen = FundTerms(id, store_id, currency, store_currency, rate, margin, commission)
        left = Left(total, tax)
        match what:
            case "paid":
                legs = funds.paid(frozen, total)
            case "completed":
                legs = funds.released(frozen, left)
            case "available":
                yield _available(frozen, left, at)
                continue
            case _:
                legs = (
                    funds.taken_back(frozen, left, NOTHING, available=available) if completed else funds.given_back(frozen, total)
                )
        yield Posting(cause=_cause(what, id), kind=what, legs=legs, at=at, order_id=id)


def _available(frozen: FundTerms, left: Left, at: datetime) -> Posting:
    """Named as `releasing` names it."""
    earned = funds.earning(frozen, left).earned
    legs = (Leg(AccountKind.STORE_EARNED, frozen.store_id, earned), Leg(AccountKind.STORE_AVAILABLE, frozen.store_id, -earned))
    return Posting(cause=frozen.order_id, kind="available", legs=legs, at=at, order_id=frozen.order_id)


def _cause(what: str, order_id: UUID) -> UUID:
    return record_id("past", what, order_id.hex)
