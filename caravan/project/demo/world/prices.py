from __future__ import annotations

import math
from decimal import Decimal
from uuid import UUID

from caravan.kernel.money import Money, exponent
from caravan.kernel.rates import RateTable


class PriceTags:
    """List prices as sellers set them, and what they come to in the buyer's currency, as `unit_price` has it."""

    def __init__(self, rates: RateTable) -> None:
        self.rates = rates
        self._dollars: dict[str, float] = {}
        self._seen: dict[tuple[UUID, str], int] = {}

    def tag(self, usd: float, currency: str) -> Money:
        """About `usd` dollars, as a seller would write it in `currency`: 12.90, 349, 15900."""
        per_dollar = self._dollars.get(currency)
        if per_dollar is None:
            per_dollar = self._dollars[currency] = float(self.rates.rate("USD", currency).value)
        return Money.of(_pretty(usd * per_dollar, exponent(currency)), currency)

    def unit(self, variant_id: UUID, price: Money, currency: str) -> int:
        """Minor units of `currency` for one piece listed at `price`."""
        if price.currency == currency:
            return price.minor
        known = self._seen.get((variant_id, currency))
        if known is None:
            known = self._seen[variant_id, currency] = self.rates.convert(price, currency).minor
        return known


def _pretty(amount: float, decimals: int) -> Decimal:
    if amount < 100 and decimals:
        return Decimal(math.floor(amount)) + Decimal("0.90")
    unit = 10 ** max(1, len(str(int(amount))) - 2)
    return Decimal(math.ceil(amount / unit) * unit - unit // 10)
