from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caravan.kernel.errors import Invalid
from caravan.kernel.money import CurrencyMismatch, Money, Rate, exponent, largest_remainder

amounts = st.integers(-(10**13), 10**13)
weights = st.lists(st.integers(0, 10**9), min_size=1, max_size=30)


@given(amounts, weights)
def test_splitting_loses_nothing(total, shares_of):
    assert sum(largest_remainder(total, shares_of)) == total


@given(amounts, weights.filter(any))
def test_each_share_is_within_one_unit_of_its_exact_part(total, shares_of):
    for share, weight in zip(largest_remainder(total, shares_of), shares_of, strict=True):
        assert abs(share * sum(shares_of) - total * weight) < sum(shares_of)


@given(amounts, weights.filter(any))
def test_who_has_no_weight_gets_nothing(total, shares_of):
    for share, weight in zip(largest_remainder(total, shares_of), shares_of, strict=True):
        assert weight or share == 0


@given(amounts, weights)
def test_a_heavier_share_is_never_smaller(total, shares_of):
    by_weight = sorted(zip(shares_of, map(abs, largest_remainder(total, shares_of)), strict=True))
    if any(shares_of):
        assert all(b[1] >= a[1] - (a[0] == b[0]) for a, b in pairwise(by_weight))


def test_the_first_of_equal_shares_takes_the_odd_cent():
    assert Money(100, "EUR").split([1, 1, 1]) == [Money(34, "EUR"), Money(33, "EUR"), Money(33, "EUR")]


@pytest.mark.parametrize("shares_of", [[], [1, -1]])
def test_a_split_without_weights_or_with_negative_ones_is_a_defect(shares_of):
    with pytest.raises(ValueError):
        Money(1, "EUR").split(shares_of)


@pytest.mark.parametrize("mix", [lambda a, b: a + b, lambda a, b: a - b, lambda a, b: a < b, lambda a, b: a >= b])
def test_two_currencies_never_meet_in_one_sum(mix):
    with pytest.raises(CurrencyMismatch):
        mix(Money(1, "EUR"), Money(1, "USD"))


@given(amounts, st.sampled_from(["EUR", "JPY", "KWD", "BRL", "CLF"]))
def test_an_amount_written_out_reads_back_the_same(minor, currency):
    assert Money.parse(str(Money(minor, currency))) == Money(minor, currency)
    assert Money.of(Money(minor, currency).decimal, currency) == Money(minor, currency)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12.34",
        "USD 12.34",
        "12,34 USD",
        "12.345 USD",
        "1.5 JPY",
        "NaN USD",
        "Infinity USD",
        "1 usd",
        "1E999999 USD",
        "1E19 USD",
    ],
)
def test_what_is_not_a_price_is_refused(text):
    with pytest.raises(Invalid):
        Money.parse(text)


@pytest.mark.parametrize(("currency", "digits"), [("EUR", 2), ("JPY", 0), ("KWD", 3), ("VND", 0), ("CLF", 4)])
def test_currencies_have_the_decimals_iso_4217_gives_them(currency, digits):
    assert exponent(currency) == digits


def rate(base: str, quote: str, value: str) -> Rate:
    return Rate(base, quote, Decimal(value), "2026-01-01", "test")


@pytest.mark.parametrize(
    ("money", "by", "expected"),
    [
        (Money(1000, "USD"), rate("USD", "EUR", "0.5"), Money(500, "EUR")),
        (Money(1, "USD"), rate("USD", "EUR", "0.5"), Money(1, "EUR")),  # half a cent up
        (Money(-1, "USD"), rate("USD", "EUR", "0.5"), Money(-1, "EUR")),  # away from zero on either side
        (Money(1000, "USD"), rate("USD", "JPY", "150.5"), Money(1505, "JPY")),
        (Money(1505, "JPY"), rate("JPY", "USD", "0.0066445183"), Money(1000, "USD")),
        (Money(1000, "USD"), rate("USD", "KWD", "0.3075"), Money(3075, "KWD")),
    ],
)
def test_converting_rounds_half_up_to_the_other_currencys_unit(money, by, expected):
    assert by.convert(money) == expected


@given(amounts, st.decimals("0.0001", "100000", places=10))
def test_converting_is_never_off_by_more_than_half_a_unit(minor, value):
    converted = rate("USD", "BRL", str(value)).convert(Money(minor, "USD"))
    assert abs(Decimal(converted.minor) - Decimal(minor) * value) <= Decimal("0.5")


def test_a_rate_refuses_money_of_another_currency():
    with pytest.raises(CurrencyMismatch):
        rate("USD", "EUR", "1").convert(Money(1, "GBP"))
