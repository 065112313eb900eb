from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from caravan.reputation.rules import CategoryMeans, Comparison, Rating, Symbol, compared, store_credit, symbol

AT = datetime(2026, 7, 1, tzinfo=UTC)


def rating(buyer: int, days_ago: float, stars: int, **more: object) -> Rating:
    return Rating(UUID(int=buyer), AT - timedelta(days=days_ago), stars, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        (-4, None), (2, None), (3, Symbol("medal", 1)), (9, Symbol("medal", 1)), (10, Symbol("medal", 2)),
        (499, Symbol("medal", 5)), (500, Symbol("diamond", 1)), (4_999, Symbol("diamond", 3)), (19_999, Symbol("diamond", 5)),
        (20_000, Symbol("crown", 1)), (399_999, Symbol("crown", 4)), (400_000, Symbol("crown", 5)),
    ],
)  # fmt: skip
def test_a_symbol_begins_at_its_floor(points: int, expected: Symbol | None) -> None:
    assert symbol(points) == expected


def test_points_are_of_a_lifetime_and_the_positive_rate_of_six_months() -> None:
    old = [rating(n, 200, 1) for n in range(10)]
    new = [rating(100 + n, 5, 5) for n in range(9)] + [rating(200, 5, 1), rating(201, 5, 3)]
    credit = store_credit(old + new, at=AT, usual=CategoryMeans())
    assert credit.points == 9 - 1 - 10
    assert (credit.positive, credit.neutral, credit.negative) == (9, 1, 1)
    assert credit.positive_rate == 0.9
    assert credit.histogram.counts == (11, 0, 1, 0, 9)


def test_six_months_begin_with_their_first_instant_and_end_before_now() -> None:
    edges = [rating(1, 182, 5), rating(2, 182.0001, 5), rating(3, 0, 5)]
    credit = store_credit(edges, at=AT, usual=CategoryMeans())
    assert (credit.positive, credit.points) == (1, 2)


def test_a_store_nobody_rated_has_no_rate_rather_than_a_bad_one() -> None:
    credit = store_credit([], at=AT, usual=CategoryMeans(described=4.5))
    assert (credit.points, credit.symbol, credit.positive_rate, credit.positive_rate_low) == (0, None, None, None)
    assert (credit.described.mean, credit.described.against_category, credit.histogram.mean) == (None, None, None)


def test_detailed_ratings_stand_beside_the_mean_of_the_category() -> None:
    given = [rating(1, 3, 5, described=5, communication=4, shipping=3), rating(2, 3, 5, described=4, communication=4)]
    credit = store_credit(given, at=AT, usual=CategoryMeans(described=4.0, communication=4.0, shipping=4.0))
    assert (credit.described.mean, credit.described.against_category) == (4.5, Comparison(13, "above"))
    assert credit.communication.against_category == Comparison(0, "same")
    assert (credit.shipping.count, credit.shipping.against_category) == (1, Comparison(25, "below"))


def test_a_rating_that_is_only_shown_is_in_the_histogram_and_nowhere_else() -> None:
    credit = store_credit([rating(1, 1, 1, scored=False, described=1)], at=AT, usual=CategoryMeans())
    assert (credit.histogram.ratings, credit.points, credit.negative, credit.described.count) == (1, 0, 0, 0)


def test_twelve_per_cent_above() -> None:
    assert compared(4.48, 4.0) == Comparison(12, "above")
    assert compared(4.0, 4.01) == Comparison(0, "same")
