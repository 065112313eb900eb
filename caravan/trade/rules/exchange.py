"""What becomes of a buyer's money when the store is settled in another currency. Prose and examples: docs/pricing.md."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from caravan.kernel.money import Money, exponent

WHOLE = 10_000  # basis points in one


@dataclass(frozen=True, slots=True)
class Settlement:
    """`paid` (buyer's currency) is `at_mid` and `margin`, both in it; `at_mid` is worth `store` in the store's currency."""

    paid: Money
    at_mid: Money
    margin: Money
    store: Money


def settle(paid: Money, *, store_currency: str, rate: Decimal, margin_bps: int) -> Settlement:
    """What a store gets for `paid`, at the terms frozen in the order.

    `rate`: units of the buyer's currency for one of the store's, the margin included. The store gets paid / rate, which is
    the mid rate's worth of what is left without the margin: so its own list price comes back whatever the margin. Half up,
    once each; the margin is the rest, so nothing is lost between the two.
    """
    if paid.currency == store_currency:
        return Settlement(paid, paid, Money.zero(paid.currency), paid)
    at_mid = Money(_half_up(paid.minor * WHOLE, WHOLE + margin_bps), paid.currency)
    ours, theirs = _per_minor(rate, paid.currency, store_currency)
    store = Money(_half_up(paid.minor * theirs, ours), store_currency)
    return Settlement(paid, at_mid, paid - at_mid, store)


@lru_cache(4096)
def _per_minor(rate: Decimal, currency: str, store_currency: str) -> tuple[int, int]:
    """So many minor units of `currency` are worth so many of `store_currency`, in whole numbers."""
    exact = Fraction(rate) * Fraction(10) ** (exponent(currency) - exponent(store_currency))
    return exact.numerator, exact.denominator


def _half_up(amount: int, divisor: int) -> int:
    """The quotient, half away from zero, like `Rate.convert`."""
    magnitude = (2 * abs(amount) + divisor) // (2 * divisor)
    return -magnitude if amount < 0 else magnitude
