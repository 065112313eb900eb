"""A small demo world, made once for all who look at it."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from functools import cache

from caravan.kernel.rates import RateTable
from caravan.project.demo.world import Day, World

ENDS_AT = datetime(2026, 11, 22, 18, tzinfo=UTC)
_PER_EUR = {
    "USD": "1.15", "BRL": "6.2", "RUB": "93.4", "JPY": "178", "PLN": "4.25", "KZT": "595", "ARS": "1703", "AUD": "1.77",
    "CNY": "8.2", "TRY": "48", "VND": "30890", "INR": "102", "KRW": "1690", "UZS": "14100", "THB": "37.5", "IDR": "19200",
}  # fmt: skip
RATES = RateTable({code: Decimal(value) for code, value in _PER_EUR.items()}, "2026-11-20", "ECB")


@cache
def world(scale: float = 0.1, ends_at: datetime = ENDS_AT, seed: int = 7) -> World:
    return World(seed, scale, ends_at, RATES)


@cache
def days(scale: float = 0.1, ends_at: datetime = ENDS_AT) -> tuple[Day, ...]:
    return tuple(world(scale, ends_at).days())
