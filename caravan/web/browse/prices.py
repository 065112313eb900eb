"""Prices in filters: whole units of the visitor's currency, for bands that are kept in euro cents."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from babel import Locale, numbers
from django.utils.translation import gettext as _

from caravan.kernel.errors import Invalid
from caravan.kernel.markets import Market
from caravan.kernel.money import Money
from caravan.kernel.rates import RateTable


def band_text(band: str, market: Market, rates: RateTable) -> str:
    """ "500-999" is "€5 – €10" to a visitor in euros; the bounds are converted and rounded, the filter itself is exact."""
    low, _dash, high = band.partition("-")
    bounds = [_converted(int(bound), market.currency, rates) for bound in (low, str(int(high) + 1) if high else low)]
    if bounds[0] is None or bounds[1] is None:
        return _in_words(_euros(int(low)), _euros(int(high) + 1) if high else None, "EUR", market.locale)
    return _in_words(bounds[0], bounds[1] if high else None, market.currency, market.locale)


def range_text(low: Decimal | None, high: Decimal | None, market: Market) -> str:
    return _in_words(low or Decimal(0), high, market.currency, market.locale)


@lru_cache(maxsize=4_096)
def _in_words(low: Decimal, high: Decimal | None, currency: str, locale: str) -> str:
    first = _whole(low, currency, locale)
    if high is None:
        return _("%(price)s and more") % {"price": first}
    last = _whole(high, currency, locale)
    return _("up to %(price)s") % {"price": last} if not low else f"{first} – {last}"


def _converted(cents: int, currency: str, rates: RateTable) -> Decimal | None:
    try:
        exact = rates.convert(Money(cents, "EUR"), currency).decimal
    except Invalid:
        return None
    return exact.quantize(Decimal(1), ROUND_HALF_UP) if exact >= 5 else exact


def _euros(cents: int) -> Decimal:
    return Money(cents, "EUR").decimal


def _whole(amount: Decimal, currency: str, locale: str) -> str:
    if amount != amount.to_integral_value():
        return numbers.format_currency(amount, currency, locale=locale)
    pattern = Locale.parse(locale).currency_formats["standard"].pattern.replace(".00", "")
    return numbers.format_currency(amount, currency, format=pattern, locale=locale, currency_digits=False)
