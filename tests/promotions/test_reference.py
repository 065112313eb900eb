"""Worked examples of the truth of discounts, by hand: day 0 is the day the discount begins."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from caravan.kernel.money import Money
from caravan.promotions.rules.past import PastPrice, met_in, within
from caravan.promotions.rules.reference import Announced, announced, is_borne, is_lowest, reference
from caravan.promotions.rules.series import PriceStep, steps
from tests.factories import AT

DEAL = UUID(int=7)


def day(n: float):
    return AT + timedelta(days=n)


def usd(text: str) -> Money:
    return Money(round(float(text) * 100), "USD")


def past(text: str, since: float, until: float | None = None, market: str = "", deal: UUID | None = None) -> PastPrice:
    return PastPrice(usd(text), day(since), None if until is None else day(until), market, deal)


# What it cost before, the price of the deal, and what may be said: (crossed out, percent), or nothing.
WORKED = {
    "a price that stood for a year bears the whole discount": (
        [past("100", -365)], "80", ("100", 20),
    ),
    "raised just before: the old price counts, and the discount shrinks to what is left of it": (
        [past("100", -365, -3), past("150", -3)], "90", ("100", 10),
    ),
    "raised just before and sold at the old price: no discount at all": (
        [past("100", -365, -3), past("150", -3)], "100", None,
    ),
    "an offer of last week counts like any other price": (
        [past("100", -365), past("85", -12, -5, deal=DEAL)], "80", ("85", 5),
    ),
    "the same offer again within thirty days is no discount": (
        [past("100", -365), past("80", -12, -5, deal=DEAL)], "80", None,
    ),
    "an offer that ended thirty days ago and an hour is history": (
        [past("100", -365), past("80", -60, -30.05, deal=DEAL)], "80", ("100", 20),
    ),
    "an offer that ended within the thirty days counts, if only for an hour": (
        [past("100", -365), past("80", -60, -29.95, deal=DEAL)], "80", None,
    ),
    "lowered today: the price of today does not count, that of the days before does": (
        [past("100", -365, 0), past("90", 0)], "70", ("90", 22),
    ),
    "goods of eight days are compared with their eight days": (
        [past("60", -8)], "45", ("60", 25),
    ),
    "goods of six days have nothing to be compared with": (
        [past("60", -6)], "45", None,
    ),
    "a percentage is rounded down": (
        [past("29.99", -365)], "20", ("29.99", 33),
    ),
    "half a percent is a lower price and no percentage": (
        [past("100", -365)], "99.50", ("100", 0),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", WORKED)
def test_what_may_be_said_of_a_price(name):
    prices, price, said = WORKED[name]
    list_price = next(p.price for p in reversed(prices) if p.promotion_id is None)
    expected = Announced(usd(said[0]), said[1]) if said else None
    assert announced(usd(price), list_price, reference(prices, day(0))) == expected


def test_the_reference_price_says_when_it_stood_last():
    found = reference([past("100", -365), past("80", -12, -9, deal=DEAL), past("80", -6, -5, deal=DEAL)], day(0))
    assert found is not None
    assert (found.price, found.since, found.until) == (usd("80"), day(-6), day(-5))


def test_a_price_not_below_the_reference_price_is_not_borne():
    found = reference([past("100", -365), past("80", -12, -9, deal=DEAL)], day(0))
    assert [is_borne(usd(price), found) for price in ("79.99", "80", "90")] == [True, False, False]
    assert not is_borne(usd("1"), None)


def test_a_market_with_a_price_of_its_own_is_held_against_that_one():
    prices = [past("100", -365), past("70", -20, -10, "BR")]
    assert reference(met_in(prices, "BR"), day(0)).price == usd("70")
    assert reference(met_in(prices, "US"), day(0)).price == usd("100")
    assert reference(met_in(prices, ""), day(0)).price == usd("100")


def test_where_a_market_had_its_own_price_the_general_one_was_not_met():
    prices = [past("50", -40, -20), past("100", -20), past("90", -60, -5, "BR")]
    assert met_in(prices, "BR") == [past("90", -60, -5, "BR"), past("100", -5)]
    assert reference(met_in(prices, "BR"), day(0)).price == usd("90")
    assert reference(met_in(prices, "US"), day(0)).price == usd("50")


def test_general_prices_come_back_between_two_of_the_markets_own():
    prices = [past("100", -100), past("90", -50, -40, "BR"), past("80", -30, -20, "BR")]
    between = [(p.price, p.since, p.until) for p in met_in(prices, "BR") if not p.market]
    assert between == [
        (usd("100"), day(-100), day(-50)),
        (usd("100"), day(-40), day(-30)),
        (usd("100"), day(-20), None),
    ]


def test_a_price_that_stood_no_moment_of_a_time_is_not_part_of_it():
    assert within([past("1", -5, -5), past("2", -9, -7), past("3", -3)], day(-7), day(0)) == [past("3", -3, 0)]


@pytest.mark.parametrize(
    ("now", "prices", "said"),
    [
        ("80", [past("100", -120), past("80", -1, 9, deal=DEAL)], True),
        ("80", [past("100", -120), past("79", -89, -88, deal=DEAL), past("80", -1, 9, deal=DEAL)], False),
        ("80", [past("100", -120), past("79", -120, -91, deal=DEAL), past("80", -1, 9, deal=DEAL)], True),
        ("100", [past("100", -120)], False),  # it has always cost that
        ("80", [past("100", -60), past("80", -1, 9, deal=DEAL)], False),  # nobody knows ninety days of it
    ],
)
def test_lowest_in_ninety_days_is_said_only_when_so(now, prices, said):
    assert is_lowest(usd(now), prices, day(0)) is said


def test_a_chart_has_a_step_from_each_change_to_the_next():
    prices = [past("100", -365, -20), past("110", -20), past("90", -10, -5, deal=DEAL), past("95", -7, -3, deal=UUID(int=8))]
    assert steps(prices, day(-30), day(0)) == [
        PriceStep(day(-30), day(-20), usd("100"), None),
        PriceStep(day(-20), day(-10), usd("110"), None),
        PriceStep(day(-10), day(-5), usd("110"), usd("90")),
        PriceStep(day(-5), day(-3), usd("110"), usd("95")),
        PriceStep(day(-3), day(0), usd("110"), None),
    ]
    assert [step.lowest for step in steps(prices, day(-30), day(0))] == [
        usd(text) for text in ("100", "110", "90", "95", "110")
    ]  # fmt: skip


def test_two_sources_of_the_same_price_are_one_step():
    prices = [past("100", -365), past("90", -10, -5, deal=DEAL), past("90", -5, -3, deal=UUID(int=8))]
    assert [(step.since, step.lowest) for step in steps(prices, day(-30), day(0))] == [
        (day(-30), usd("100")),
        (day(-10), usd("90")),
        (day(-3), usd("100")),
    ]
