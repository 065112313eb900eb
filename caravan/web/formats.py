"""Figures as a locale writes them, kept once written: Babel works out the locale's pattern anew for each figure, of which a page
has hundreds, mostly the same small ones."""

from __future__ import annotations

from functools import lru_cache

from babel import numbers

from caravan.kernel.money import Money


@lru_cache(maxsize=65_536)
def price_text(minor: int, currency: str, locale: str) -> str:
    return numbers.format_currency(Money(minor, currency).decimal, currency, locale=locale)


@lru_cache(maxsize=16_384)
def number_text(value: int, locale: str) -> str:
    return numbers.format_decimal(value, locale=locale)


@lru_cache(maxsize=16_384)
def decimal_text(value: float, digits: int, locale: str) -> str:
    return numbers.format_decimal(value, format=f"#,##0.{'0' * digits}", locale=locale)


@lru_cache(maxsize=16_384)
def percent_text(value: float, digits: int, locale: str) -> str:
    return numbers.format_percent(value, format=f"#,##0.{'0' * digits}%" if digits else "#,##0%", locale=locale)


@lru_cache(maxsize=16_384)
def compact_text(value: int, locale: str) -> str:
    return numbers.format_compact_decimal(value, locale=locale, fraction_digits=1 if value < 10_000 else 0)
