from __future__ import annotations

import math
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caravan.insight.rules.uplift import uplift

STEADY = [10, 10, 10, 10, 10, 10, 10]


def test_twice_as_much_as_before_beside_goods_that_sold_as_before_is_an_uplift_of_one():
    found = uplift(during=[20] * 7, before=STEADY, matched_during=STEADY, matched_before=STEADY)
    assert found.rate == pytest.approx(1.0)
    # sqrt(1/140 + 3/70) on the log scale, by hand
    half = 1.959964 * math.sqrt(1 / 140 + 3 / 70)
    assert (found.low, found.high) == pytest.approx((2 * math.exp(-half) - 1, 2 * math.exp(half) - 1))
    assert found.is_clear


def test_a_season_that_lifts_everything_is_no_uplift():
    found = uplift(during=[20] * 7, before=STEADY, matched_during=[20] * 7, matched_before=STEADY)
    assert found.rate == pytest.approx(0)
    assert not found.is_clear


def test_weeks_of_another_length_are_compared_by_the_day():
    found = uplift(during=[20] * 3, before=[10] * 28, matched_during=[5] * 3, matched_before=[5] * 28)
    assert found.rate == pytest.approx(1.0)


def test_goods_that_sell_by_fits_and_starts_leave_more_in_doubt():
    calm = uplift(during=[20] * 7, before=STEADY, matched_during=STEADY, matched_before=STEADY)
    wild = uplift(during=[140, 0, 0, 0, 0, 0, 0], before=STEADY, matched_during=STEADY, matched_before=STEADY)
    assert wild.rate == pytest.approx(calm.rate)
    assert wild.high - wild.low > calm.high - calm.low


@pytest.mark.parametrize("empty", ["during", "before", "matched_during", "matched_before"])
def test_too_little_sold_to_tell_is_said_so(empty):
    days = {"during": STEADY, "before": STEADY, "matched_during": STEADY, "matched_before": STEADY}
    assert uplift(**{**days, empty: [1, 0, 2]}) is None


@given(st.integers(0, 2**32))
def test_without_an_uplift_the_interval_holds_nothing_or_chance_is_to_blame(seed):
    """Of many quiet weeks about one in twenty is outside: here only that the interval is in order, whatever the days."""
    random = Random(seed)
    found = uplift(
        during=[random.randint(0, 30) for _ in range(7)],
        before=[random.randint(0, 30) for _ in range(28)],
        matched_during=[random.randint(0, 90) for _ in range(7)],
        matched_before=[random.randint(0, 90) for _ in range(28)],
    )
    assert found is None or -1 < found.low <= found.rate <= found.high


def test_of_many_promotions_that_did_nothing_about_one_in_twenty_looks_as_if_it_had():
    random = Random(7)

    def week(mean: float, days: int) -> list[int]:
        return [sum(random.random() < mean / 100 for _ in range(100)) for _ in range(days)]

    wrong = 0
    for _ in range(300):
        found = uplift(during=week(9, 7), before=week(9, 28), matched_during=week(20, 7), matched_before=week(20, 28))
        wrong += found.is_clear
    assert 3 <= wrong <= 30
