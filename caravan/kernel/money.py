"""Money as integer minor units with an ISO 4217 currency. Mixing currencies raises; splitting loses nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal, DecimalException
from fractions import Fraction

from caravan.kernel.errors import Invalid

# ISO 4217 lists an exponent per currency (amendment 177). Two is the rule; these are the exceptions.
_EXPONENTS = {
    **dict.fromkeys(
        [
            "BIF",
            "CLP",
            "DJF",
            "GNF",
            "ISK",
            "JPY",
            "KMF",
            "KRW",
            "PYG",
            "RWF",
            "UGX",
            "UYI",
            "VND",
            "VUV",
            "XAF",
            "XOF",
            "XPF",
        ],
        0,
    ),
    **dict.fromkeys(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"], 3),
    **dict.fromkeys(["CLF", "UYW"], 4),
}

_MOST_MINOR = 2**63 - 1  # what a column of the database holds


def exponent(currency: str) -> int:
    """Digits after the decimal point in `currency`'s minor unit: 2 for EUR, 0 for JPY, 3 for KWD."""
    return _EXPONENTS.get(currency, 2)


class CurrencyMismatch(TypeError):
    """Two currencies met in one sum: a defect in our code, never the visitor's fault."""


@dataclass(frozen=True, slots=True)
class Money:
    """`minor` units of `currency` (ISO 4217, upper case). `Money(1234, "EUR")` is twelve euros thirty-four."""

    minor: int
    currency: str

    @classmethod
    def zero(cls, currency: str) -> Money:
        return cls(0, currency)

    @classmethod
    def of(cls, amount: Decimal | int | str, currency: str) -> Money:
        """From major units, rounded half up to the minor unit. `Money.of("12.345", "EUR")` is 12.35."""
        scaled = Decimal(amount).scaleb(exponent(currency))
        return cls(int(scaled.quantize(Decimal(1), ROUND_HALF_UP)), currency)

    @classmethod
    def parse(cls, text: str) -> Money:
        """From the form "12.34 USD". Raises `Invalid` on anything else, more decimals than the currency has included."""
        amount, _, currency = text.strip().partition(" ")
        currency = currency.strip()
        if not (len(currency) == 3 and currency.isascii() and currency.isalpha() and currency.isupper()):
            raise Invalid("money.form", f"“{text}” is not a price; write it like 12.34 USD.")
        try:
            scaled = Decimal(amount).scaleb(exponent(currency))
        except DecimalException as e:
            raise Invalid("money.form", f"“{amount[:40]}” is not a number; write the price like 12.34 USD.") from e
        if scaled.is_finite() and abs(scaled) > _MOST_MINOR:
            raise Invalid("money.large", "This is more money than there is; write the price like 12.34 USD.")
        if not scaled.is_finite() or scaled != scaled.to_integral_value():
            raise Invalid("money.decimals", f"{currency} has {exponent(currency)} decimals; “{amount}” has more.")
        return cls(int(scaled), currency)

    @property
    def decimal(self) -> Decimal:
        """The amount in major units, exact."""
        return Decimal(self.minor).scaleb(-exponent(self.currency))

    @property
    def amount(self) -> str:
        """The amount in major units with all its decimals, "12.30"."""
        digits = exponent(self.currency)
        whole, part = divmod(abs(self.minor), 10**digits)
        return ("-" if self.minor < 0 else "") + (f"{whole}.{part:0{digits}}" if digits else f"{whole}")

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"

    def __add__(self, other: Money) -> Money:
        return Money(self.minor + self._same(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.minor - self._same(other), self.currency)

    def __neg__(self) -> Money:
        return Money(-self.minor, self.currency)

    def __mul__(self, times: int) -> Money:
        return Money(self.minor * times, self.currency)

    __rmul__ = __mul__

    def __lt__(self, other: Money) -> bool:
        return self.minor < self._same(other)

    def __le__(self, other: Money) -> bool:
        return self.minor <= self._same(other)

    def __gt__(self, other: Money) -> bool:
        return self.minor > self._same(other)

    def __ge__(self, other: Money) -> bool:
        return self.minor >= self._same(other)

    def __bool__(self) -> bool:
        return self.minor != 0

    def _same(self, other: Money) -> int:
        if self.currency != other.currency:
            raise CurrencyMismatch(f"{self.currency} with {other.currency}")
        return other.minor

    def split(self, weights: Sequence[int]) -> list[Money]:
        """Shares in proportion to `weights` by largest remainder (ties to the earlier share); they sum to self exactly.

        All-zero weights split evenly. Raises ValueError for no weights or a negative one.
        """
        return [Money(m, self.currency) for m in largest_remainder(self.minor, weights)]


def largest_remainder(total: int, weights: Sequence[int]) -> list[int]:
    """`total` in integer shares proportional to `weights`, exact in sum (Hamilton's method; ties to the earlier)."""
    if not weights or min(weights) < 0:
        raise ValueError(f"weights must be given and not negative: {weights}")
    if not any(weights):
        weights = [1] * len(weights)
    sign, amount, whole = (-1 if total < 0 else 1), abs(total), sum(weights)
    floors = [amount * w // whole for w in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: (-(amount * weights[i] % whole), i))
    for i in by_remainder[: amount - sum(floors)]:
        floors[i] += 1
    return [sign * f for f in floors]


@dataclass(frozen=True, slots=True)
class Rate:
    """How many major units of `quote` one major unit of `base` costs, as of a day, from a named source.

    `margin_bps` (hundredths of a percent) is what the value has above that source's.
    """

    base: str
    quote: str
    value: Decimal
    as_of: str
    source: str
    margin_bps: int = 0
    # Minor units of `quote` for so many minor units of `base`: a page of goods converts a hundred prices by the same few rates.
    _quote_units: int = field(init=False, repr=False, compare=False)
    _base_units: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        exact = Fraction(self.value) * Fraction(10) ** (exponent(self.quote) - exponent(self.base))
        object.__setattr__(self, "_quote_units", exact.numerator)
        object.__setattr__(self, "_base_units", exact.denominator)

    def convert(self, money: Money) -> Money:
        """`money` (in `base`) in `quote`, rounded half up to the minor unit. Raises CurrencyMismatch on another currency."""
        if money.currency != self.base:
            raise CurrencyMismatch(f"a {self.base} rate given {money.currency}")
        return money if self.base == self.quote else Money(self.minor(money.minor), self.quote)

    def minor(self, amount: int) -> int:
        """`amount` minor units of `base` in those of `quote`, rounded half up."""
        magnitude = (2 * abs(amount) * self._quote_units + self._base_units) // (2 * self._base_units)
        return -magnitude if amount < 0 else magnitude
