"""The buyer's money: amounts of any currency in minor units of theirs, at the day's rates. Made anew for each cart."""

from __future__ import annotations

from caravan.kernel.money import Money, Rate
from caravan.kernel.rates import RateTable


class Till:
    """`money` has amounts by minor units: `till.money[995]`. `rates` are by the currency they convert from."""

    __slots__ = ("currency", "money", "rates")

    def __init__(self, rates: RateTable, currency: str) -> None:
        self.currency = currency
        self.money = _Purse(currency)
        self.rates = _Rates(rates, currency)

    def minor(self, amount: Money) -> int:
        """`amount` in minor units of the buyer's currency, half up. Raises `Invalid` for a currency without a rate."""
        return self.rates[amount.currency].minor(amount.minor)


class _Purse(dict[int, Money]):
    """Each amount is made once: most of those of a cart stand in it several times."""

    def __init__(self, currency: str) -> None:
        self._currency = currency

    def __missing__(self, minor: int) -> Money:
        made = self[minor] = Money(minor, self._currency)
        return made


class _Rates(dict[str, Rate]):
    """Each rate is looked up once."""

    def __init__(self, table: RateTable, currency: str) -> None:
        self._table, self._currency = table, currency

    def __missing__(self, currency: str) -> Rate:
        found = self[currency] = self._table.rate(currency, self._currency)
        return found
