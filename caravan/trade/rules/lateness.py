"""Late or not: what a store promised for a parcel that comes after the last day it gave."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from caravan.trade.rules.refunds import RefundLine
from caravan.trade.rules.terms import TERMS, end_of

Verdict = Literal["late", "in_time", "open"]


def verdict(deliver_until: date, *, arrived_at: datetime | None, at: datetime) -> Verdict:
    """How an order stands at the instant `at`: it arrived after its last day (UTC), or not even `TERMS.late_grace` beyond it."""
    due = end_of(deliver_until)
    if arrived_at is not None:
        return "late" if arrived_at >= due else "in_time"
    return "late" if at >= due + TERMS.late_grace else "open"


def compensation(promised: int, *, shipping_left: int, lines_left: Sequence[tuple[UUID, int]]) -> tuple[int, list[RefundLine]]:
    """Minor units of `promised` taken from the shipping first, then from the lines in order; no more than is left of them."""
    shipping = min(promised, shipping_left)
    rest, parts = promised - shipping, list[RefundLine]()
    for line_id, left in lines_left:
        if share := min(rest, left):
            parts.append(RefundLine(line_id, 0, minor=share, tax_minor=0))
            rest -= share
    return shipping, parts
