from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caravan.reputation.rules import Rating, point, unscored_reason, verdicts

START = datetime(2026, 1, 1, tzinfo=UTC)
ANA, BORIS = UUID(int=1), UUID(int=2)


def rating(buyer: UUID, days: float, stars: int, *, scored: bool = True) -> Rating:
    return Rating(buyer, START + timedelta(days=days), stars, scored)


def points(*ratings: Rating) -> list[int]:
    return [v.point for v in verdicts(ratings)]


@pytest.mark.parametrize(("stars", "worth"), [(5, 1), (4, 1), (3, 0), (2, -1), (1, -1)])
def test_five_and_four_stars_add_a_point_and_two_and_one_take_one(stars: int, worth: int) -> None:
    assert point(stars) == worth


def test_ratings_of_one_buyer_within_ten_days_count_once() -> None:
    assert points(rating(ANA, 0, 5), rating(ANA, 3, 4), rating(ANA, 9.99, 5)) == [1]


def test_a_rating_ten_days_later_counts_again() -> None:
    assert points(rating(ANA, 0, 5), rating(ANA, 10, 5)) == [1, 1]


def test_ten_days_are_counted_from_the_first_rating_so_a_steady_buyer_is_not_counted_once_for_ever() -> None:
    assert points(*(rating(ANA, day, 5) for day in range(0, 30, 5))) == [1, 1, 1]


def test_a_good_and_a_bad_rating_of_one_buyer_come_to_nothing() -> None:
    assert points(rating(ANA, 0, 5), rating(ANA, 1, 1)) == [0]


def test_two_buyers_count_each() -> None:
    assert points(rating(ANA, 0, 5), rating(BORIS, 0, 1)) == [1, -1]


def test_what_is_only_shown_does_not_open_a_span() -> None:
    assert points(rating(ANA, 0, 1, scored=False), rating(ANA, 9, 5), rating(ANA, 12, 5)) == [1]


def test_small_orders_and_decided_disputes_are_shown_without_being_scored() -> None:
    assert unscored_reason(499, decided_by_platform=False) == "small_order"
    assert unscored_reason(500, decided_by_platform=False) == ""
    assert unscored_reason(90_000, decided_by_platform=True) == "decided_dispute"


ratings = st.lists(
    st.builds(rating, st.sampled_from([ANA, BORIS]), st.integers(0, 60), st.integers(1, 5), scored=st.booleans()), max_size=20
)


@given(ratings, st.randoms())
def test_the_order_in_which_ratings_are_read_does_not_matter(given: list[Rating], random: object) -> None:
    shuffled = list(given)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert verdicts(shuffled) == verdicts(given)


@given(ratings)
def test_a_buyer_never_has_two_verdicts_within_ten_days(given: list[Rating]) -> None:
    for buyer in (ANA, BORIS):
        times = [v.at for v in verdicts(given) if v.buyer_id == buyer]
        assert all(later - earlier >= timedelta(days=10) for earlier, later in pairwise(times))
