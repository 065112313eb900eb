"""A day's exchange rates, and the cross rate between any two of its currencies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_EVEN, Decimal

from caravan.kernel.errors import Invalid
from caravan.kernel.money import Money, Rate

_TENTH_DIGIT = Decimal("1e-10")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a rate comes from: the day (ISO date) and the name of who says so."""

    as_of: str
    source: str


@dataclass(frozen=True, slots=True)
class RateTable:
    """`per_eur` units of each currency for one euro, as published for the day `as_of` (ISO date) by `source`.

    `apart` names the currencies which that source does not publish, each with where its figure comes from. `margin_bps`
    (hundredths of a percent) is added to what one unit of another currency costs: a buyer's rate, not the mid rate.
    """

    per_eur: Mapping[str, Decimal]
    as_of: str
    source: str
    apart: Mapping[str, Origin] = field(default_factory=dict)
    margin_bps: int = 0
    _crossed: dict[tuple[str, str], Rate] = field(default_factory=dict, init=False, repr=False, compare=False)
    _dearer: dict[int, RateTable] = field(default_factory=dict, init=False, repr=False, compare=False)

    def rate(self, base: str, quote: str) -> Rate:
        """The cross rate, to ten decimals. Raises `Invalid` for a currency without a rate.

        A cross rate is as good as the weaker of its two halves, so that half's origin is the one it names.
        """
        if known := self._crossed.get((base, quote)):
            return known
        origin = self.apart.get(quote) or self.apart.get(base) or Origin(self.as_of, self.source)
        margin_bps = 0 if base == quote else self.margin_bps
        if base == quote:
            value = Decimal(1)
        else:
            dearer = 1 + Decimal(margin_bps).scaleb(-4)
            value = (self._per_eur(quote) / self._per_eur(base) * dearer).quantize(_TENTH_DIGIT, ROUND_HALF_EVEN)
        return self._crossed.setdefault((base, quote), Rate(base, quote, value, origin.as_of, origin.source, margin_bps))

    def with_margin(self, margin_bps: int) -> RateTable:
        """The same rates as a buyer pays by them."""
        if margin_bps == self.margin_bps:
            return self
        return self._dearer.get(margin_bps) or self._dearer.setdefault(margin_bps, replace(self, margin_bps=margin_bps))

    def convert(self, money: Money, quote: str) -> Money:
        return self.rate(money.currency, quote).convert(money)

    def _per_eur(self, currency: str) -> Decimal:
        if currency == "EUR":
            return Decimal(1)
        try:
            return self.per_eur[currency]
        except KeyError as e:
            raise Invalid("rate.unknown", f"There is no exchange rate for {currency}; choose another currency.") from e
