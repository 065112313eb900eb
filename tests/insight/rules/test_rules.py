from __future__ import annotations

from datetime import UTC, datetime, timedelta
from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caravan.insight.rules import (
    Period,
    PlaceFigures,
    amount_shown,
    growth,
    hot_score,
    quality,
    rise,
    score_parts,
    shown,
    windows,
)

AT = datetime(2026, 6, 1, tzinfo=UTC)
buyers = st.floats(0, 1e6)


@given(buyers, buyers)
def test_growth_is_bounded_and_the_same_number_of_buyers_is_no_growth(recent: float, before: float) -> None:
    assert -1 <= growth(recent, before) <= 1
    assert growth(recent, recent) == 0


def test_twice_the_buyers_is_full_growth_and_one_buyer_out_of_nowhere_is_not() -> None:
    assert growth(105, 50) == pytest.approx(1.0)
    assert growth(50, 105) == pytest.approx(-1.0)
    assert growth(1, 0) == pytest.approx(0.263, abs=0.001)


@given(st.integers(0, 1000), st.integers(0, 1000), st.integers(0, 1000), st.floats(1, 5))
def test_quality_lies_between_nothing_and_one(ratings: int, kept: int, back: int, usual: float) -> None:
    assert (
        0 <= quality(ratings, ratings, usual, kept, kept + back) <= quality(5 * ratings, ratings, usual, kept, kept + back) <= 1
    )


@given(buyers, buyers)
def test_a_rise_is_the_opposite_of_the_fall_it_undoes(recent: float, before: float) -> None:
    assert rise(recent, before) == -rise(before, recent)


def test_the_parts_of_a_score_add_up_to_it() -> None:
    f = PlaceFigures(
        buyers=12, recent=11.5, before=6.0, long=30.0, growth=0.6, quality=0.8, rise=1.3, units=15, paid_eur_minor=99_00,
        refunded_units=1, kept=29, paid=31, stars=4.4, ratings=20,
    )  # fmt: skip
    parts = score_parts(f)
    assert parts.recent + parts.long + parts.growth + parts.quality == pytest.approx(hot_score(11.5, 30.0, 0.6, 0.8))
    assert parts.recent == 0.5 * log(12.5)


@pytest.mark.parametrize(("period", "recent", "long"), [(Period.DAY, 1, 7), (Period.WEEK, 7, 30), (Period.MONTH, 30, 90)])
def test_windows_of_a_period_meet_without_overlap(period: Period, recent: int, long: int) -> None:
    w = windows(period, AT)
    assert (w.until - w.recent_from, w.until - w.long_from) == (timedelta(days=recent), timedelta(days=long))
    assert w.recent_from - w.before_from == timedelta(days=recent)
    assert w.long_from <= w.before_from


@pytest.mark.parametrize(
    ("value", "buyers", "text"),
    [
        (0, 0, "0"), (1, 1, "1-4"), (4, 19, "1-4"), (5, 5, "5-9"), (9, 9, "5-9"), (19, 19, "10-19"), (49, 19, "20-49"),
        (50, 3, "50+"), (20, 20, "20"), (3, 20, "3"),
    ],
)  # fmt: skip
def test_a_figure_of_fewer_than_twenty_buyers_is_shown_as_a_band(value: int, buyers: int, text: str) -> None:
    assert str(shown(value, buyers=buyers)) == text


def test_an_amount_of_fewer_than_twenty_buyers_is_withheld() -> None:
    assert amount_shown(12_345, buyers=19) is None
    assert amount_shown(12_345, buyers=20) == 12_345
