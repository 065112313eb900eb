from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from caravan.reputation.rules import bayesian_mean, positive_rate, wilson_low

counts = st.integers(0, 10_000)


@pytest.mark.parametrize(
    ("hits", "trials", "low"), [(1, 1, 0.2065), (10, 10, 0.7225), (81, 263, 0.2553), (0, 20, 0.0), (990, 1000, 0.9817)]
)
def test_the_wilson_bound_agrees_with_published_tables(hits: int, trials: int, low: float) -> None:
    # 81 of 263 is the example of R. G. Newcombe, Statistics in Medicine 17 (1998), method 3: 0.2553 to 0.3662.
    assert wilson_low(hits, trials) == pytest.approx(low, abs=0.00005)


@given(counts, counts)
@example(0, 3)
@example(0, 7)
def test_the_bound_lies_below_the_rate_and_never_below_zero(positive: int, negative: int) -> None:
    rate, low = positive_rate(positive, negative), wilson_low(positive, positive + negative)
    assert (rate is None) == (low is None)
    if rate is not None and low is not None:
        assert 0 <= low <= rate <= 1


@given(st.integers(0, 1000), st.integers(0, 1000))
def test_another_good_rating_never_lowers_the_bound(positive: int, negative: int) -> None:
    before = wilson_low(positive, positive + negative) or 0.0
    assert (wilson_low(positive + 1, positive + negative + 1) or 0.0) >= before - 1e-12


def test_few_ratings_hardly_move_the_bayesian_mean_and_many_carry_it() -> None:
    assert bayesian_mean(0, 0, 4.2) == pytest.approx(4.2)
    assert bayesian_mean(5, 1, 4.0) == pytest.approx(85 / 21)
    assert bayesian_mean(50_000, 10_000, 4.0) == pytest.approx(5.0, abs=0.01)
