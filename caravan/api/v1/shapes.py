"""What several resources answer."""

from __future__ import annotations

from caravan.api.endpoint import Shape
from caravan.kernel.money import Money


class Amount(Shape, frozen=True):
    """Money: `amount` in major units as text, exact; `minor` the same in the currency's smallest unit."""

    amount: str
    minor: int
    currency: str

    @classmethod
    def of(cls, money: Money) -> Amount:
        return cls(amount=money.amount, minor=money.minor, currency=money.currency)
