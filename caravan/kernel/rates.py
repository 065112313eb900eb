"""A day's exchange rates, and the cross rate between any two of its currencies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

from caravan.kernel.errors import Invalid
from caravan.kernel.money import Money, Rate

_TENTH_DIGIT = Decimal("1e-10")


@dataclass(frozen=True, slots=True)
class RateTable:
    """`per_eur` units of each currency for one euro, as published for the day `as_of` (ISO date) by `source`."""

    per_eur: Mapping[str, Decimal]
    as_of: str
    source: str

    def rate(self, base: str, quote: str) -> Rate:
        """The cross rate, to ten decimals. Raises `Invalid` for a currency without a rate."""
        if base == quote:
            return Rate(base, quote, Decimal(1), self.as_of, self.source)
        value = (self._per_eur(quote) / self._per_eur(base)).quantize(_TENTH_DIGIT, ROUND_HALF_EVEN)
        return Rate(base, quote, value, self.as_of, self.source)

    def convert(self, money: Money, quote: str) -> Money:
        return self.rate(money.currency, quote).convert(money)

    def _per_eur(self, currency: str) -> Decimal:
        if currency == "EUR":
            return Decimal(1)
        try:
            return self.per_eur[currency]
        except KeyError as e:
            raise Invalid("rate.unknown", f"There is no exchange rate for {currency}; choose another currency.") from e
