"""Exchange rates in words: how much, who says so, of which day."""

from __future__ import annotations

from datetime import date

from babel.dates import format_date
from babel.numbers import format_decimal
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from caravan.kernel.money import Rate
from caravan.web import market

# Where rates come from, as `trade.queries.rates` names it, listed for the translators.
SOURCES = (gettext_noop("ECB"), gettext_noop("indicative, set by the operator"))


def rate_words(rate: Rate) -> str:
    """ "1 USD = 4.8 BRL (ECB, Mar 2, 2026)"."""
    value = format_decimal(rate.value, "#,##0.##########", locale=market.current.get().locale)
    return f"1 {rate.base} = {value} {rate.quote} ({source_words(rate.source)}, {day_words(rate.as_of)})"


def source_words(source: str) -> str:
    return _(source)


def day_words(as_of: str) -> str:
    """An ISO date as the visitor writes it."""
    return format_date(date.fromisoformat(as_of), "medium", locale=market.current.get().locale)
