"""Exchange rates in words: how much, who says so, of which day, and what the market adds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import lru_cache

from babel.dates import format_date
from babel.numbers import format_decimal, format_percent
from django.utils.translation import gettext_noop

from caravan.kernel.money import Rate
from caravan.trade.rules.basket import Basket
from caravan.web import market
from caravan.web.wording import said as _

# Where rates come from, as `trade.queries.rates` names it, listed for the translators.
SOURCES = (gettext_noop("ECB"), gettext_noop("indicative, set by the operator"))


def rate_words(rate: Rate) -> str:
    """ "1 USD = 4.848 BRL (ECB, Mar 2, 2026; with 1% for the exchange)"."""
    return _rate_words(rate, market.current.get().locale)


@lru_cache(maxsize=4_096)
def _rate_words(rate: Rate, locale: str) -> str:
    """In the language of `locale`, which is the one in force."""
    value = format_decimal(rate.value, "#,##0.##########", locale=locale)
    told = f"{source_words(rate.source)}, {day_words(rate.as_of)}"
    if rate.margin_bps:
        share = format_percent(Decimal(rate.margin_bps).scaleb(-4), "#,##0.##%", locale=locale)
        told += _("; with %(share)s for the exchange") % {"share": share}
    return f"1 {rate.base} = {value} {rate.quote} ({told})"


def rates_of(basket: Basket) -> list[Rate]:
    """The rates its prices were converted by, each once."""
    return unique(step.rate for parcel in basket.parcels for line in parcel.lines for step in line.trace)


def unique(rates: Iterable[Rate | None]) -> list[Rate]:
    return list({(rate.base, rate.quote): rate for rate in rates if rate and rate.base != rate.quote}.values())


def source_words(source: str) -> str:
    return _(source)


def day_words(as_of: str) -> str:
    """An ISO date as the visitor writes it."""
    return _day_words(as_of, market.current.get().locale)


@lru_cache(maxsize=4_096)
def _day_words(as_of: str, locale: str) -> str:
    return format_date(date.fromisoformat(as_of), "medium", locale=locale)
