from __future__ import annotations

import pytest

from caravan.kernel.money import Money
from caravan.trade.payments.stripe.amounts import in_stripes_units


@pytest.mark.parametrize(
    ("amount", "units"),
    [
        ("12.34 EUR", 1234), ("1580 JPY", 1580), ("500 ISK", 50_000), ("700 UGX", 70_000), ("3.00 MGA", 3),
        ("1.920 KWD", 1920), ("1.922 KWD", None), ("3.50 MGA", None),
    ],
)  # fmt: skip
def test_stripe_is_asked_for_exactly_what_is_due_or_not_at_all(amount, units):
    assert in_stripes_units(Money.parse(amount)) == units
