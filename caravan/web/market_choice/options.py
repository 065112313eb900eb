"""What can be chosen: (code, name) pairs in the reader's language, sorted as a reader of it expects."""

from __future__ import annotations

import unicodedata
from datetime import datetime
from functools import cache

from babel import Locale

from caravan.kernel import markets
from caravan.kernel.markets import LANGUAGES
from caravan.trade.queries.rates import current_rates

Options = tuple[tuple[str, str], ...]


@cache
def country_options(language: str) -> Options:
    """Every country of the world."""
    return _sorted((code, place.name(language)) for code, place in markets.countries().items())


@cache
def language_options() -> Options:
    """The languages the market speaks, each named in itself."""
    return tuple((tag, str(Locale.parse(locale).get_language_name(locale)).capitalize()) for tag, locale in LANGUAGES.items())


def currency_options(language: str, at: datetime) -> Options:
    """The currencies there is an exchange rate for, as "BRL – Brazilian Real"."""
    return _currencies(language, tuple(sorted({"EUR", *current_rates(at).per_eur})))


@cache
def _currencies(language: str, codes: tuple[str, ...]) -> Options:
    names = Locale.parse(LANGUAGES[language]).currencies
    return tuple((code, f"{code} – {names.get(code, code)}") for code in codes)


def _sorted(pairs: object) -> Options:
    return tuple(sorted(pairs, key=lambda pair: unicodedata.normalize("NFKD", pair[1]).casefold()))  # type: ignore[call-overload]
