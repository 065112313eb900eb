"""Prices in filters: whole units of the visitor's currency, for bands that are kept in euro cents."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from babel import Locale, numbers
from django.utils.translation import gettext as _

from caravan.kernel.errors import Invalid
from caravan.kernel.markets import Market
from caravan.kernel.money import Money, Rate
from caravan.kernel.rates import RateTable


def band_text(band: str, market: Market, rates: RateTable) -> str:
    """ "500-999" is "€5 – €10" to a visitor in euros; the bounds are converted and rounded, the filter itself is exact."""
    try:
        rate = rates.rate("EUR", market.currency)
    except Invalid:
        rate = rates.rate("EUR", "EUR")
    return _band_text(band, rate, market.locale)


@lru_cache(maxsize=4_096)
def _band_text(band: str, rate: Rate, locale: str) -> str:
    low, _dash, high = band.partition("-")
    return _in_words(_converted(int(low), rate), _converted(int(high) + 1, rate) if high else None, rate.quote, locale)


def range_text(low: Decimal | None, high: Decimal | None, market: Market) -> str:
    return _in_words(low or Decimal(0), high, market.currency, market.locale)


@lru_cache(maxsize=4_096)
def _in_words(low: Decimal, high: Decimal | None, currency: str, locale: str) -> str:
    first = _whole(low, currency, locale)
    if high is None:
        return _("%(price)s and more") % {"price": first}
    last = _whole(high, currency, locale)
    return _("up to %(price)s") % {"price": last} if not low else f"{first} – {last}"


def _converted(cents: int, rate: Rate) -> Decimal:
    exact = rate.convert(Money(cents, "EUR")).decimal
    return exact.quantize(Decimal(1), ROUND_HALF_UP) if exact >= 5 else exact


def _whole(amount: Decimal, currency: str, locale: str) -> str:
    if amount != amount.to_integral_value():
        return numbers.format_currency(amount, currency, locale=locale)
    pattern = Locale.parse(locale).currency_formats["standard"].pattern.replace(".00", "")
    return numbers.format_currency(amount, currency, format=pattern, locale=locale, currency_digits=False)
