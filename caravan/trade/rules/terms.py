"""The terms every order is under. One object, so that each figure is said once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta


@dataclass(frozen=True, slots=True)
class TradeTerms:
    payment_window: timedelta = timedelta(hours=24)
    largest_quantity: int = 999  # pieces of one variant in a cart
    most_lines: int = 100  # different variants in a cart
    provider_answers_within: timedelta = timedelta(minutes=1)  # afterwards we ask the provider ourselves


TERMS = TradeTerms()


def ship_by(paid_at: datetime, handling_days: int) -> date:
    """The day a paid order has to leave the store: `handling_days` working days (Monday to Friday) later."""
    day, left = paid_at.date(), handling_days
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < 5
    return day
