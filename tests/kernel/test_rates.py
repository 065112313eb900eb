from __future__ import annotations

from decimal import Decimal

import pytest

from caravan.kernel.errors import Invalid
from caravan.kernel.money import Money
from caravan.kernel.rates import Origin, RateTable

TABLE = RateTable(
    {"USD": Decimal("1.25"), "BRL": Decimal(6), "RUB": Decimal(90)},
    "2026-03-02",
    "ECB",
    {"RUB": Origin("2026-01-01", "indicative")},
)


def test_a_cross_rate_goes_through_the_euro():
    assert TABLE.rate("USD", "BRL").value == Decimal("4.8")
    assert TABLE.convert(Money(1000, "USD"), "BRL") == Money(4800, "BRL")


def test_the_same_currency_is_worth_itself_even_without_a_rate():
    assert TABLE.convert(Money(5, "XYZ"), "XYZ") == Money(5, "XYZ")


def test_a_currency_without_a_rate_is_refused_in_words():
    with pytest.raises(Invalid, match="XYZ"):
        TABLE.rate("USD", "XYZ")


@pytest.mark.parametrize(("base", "quote"), [("USD", "RUB"), ("RUB", "BRL")])
def test_a_cross_rate_names_the_source_of_its_weaker_half(base, quote):
    found = TABLE.rate(base, quote)
    assert (found.as_of, found.source) == ("2026-01-01", "indicative")


def test_a_rate_of_the_days_own_publication_says_so():
    assert TABLE.rate("USD", "BRL").source == "ECB"
