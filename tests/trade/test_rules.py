from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caravan.kernel.ids import uuid7
from caravan.kernel.markets import country
from caravan.trade.rules.delivery import PARCEL_GRAMS, delivery, parcel_grams, ships, zone_between
from caravan.trade.rules.numbers import order_number
from caravan.trade.rules.payments import payment_after
from caravan.trade.rules.terms import ship_by


@pytest.mark.parametrize(
    ("origin", "destination", "zone"),
    [
        ("US", "US", "domestic"),
        ("ES", "PL", "regional"),
        ("KZ", "RU", "regional"),
        ("US", "BR", "worldwide"),
        ("AR", "AU", "worldwide"),
    ],
)
def test_how_far_a_parcel_goes(origin, destination, zone):
    assert zone_between(country(origin), country(destination)) == zone


@given(st.integers(0, 200_000), st.integers(0, 200_000))
def test_a_heavier_parcel_never_costs_less(a, b):
    lighter, heavier = sorted((a, b))
    for origin, destination in (("US", "US"), ("ES", "PL"), ("US", "BR")):
        costs = [delivery(country(origin), country(destination), grams, 2).cost for grams in (lighter, heavier)]
        assert costs[0] <= costs[1]


def test_farther_costs_more_and_takes_longer():
    ways = [delivery(country(a), country(b), 900, 2) for a, b in (("ES", "ES"), ("ES", "PL"), ("ES", "AU"))]
    assert all(a.cost < b.cost and a.days_min < b.days_min and a.days_max < b.days_max for a, b in pairwise(ways))


def test_what_no_postman_carries_goes_as_several_parcels():
    one, two = (delivery(country("US"), country("BR"), grams, 2).cost.minor for grams in (PARCEL_GRAMS, 2 * PARCEL_GRAMS))
    assert two == 2 * one


def test_a_piece_without_a_weight_counts_half_a_kilogram():
    assert parcel_grams([(0, 3), (200, 2)]) == 1_900


def test_a_store_ships_where_it_says_and_everywhere_if_it_says_nothing():
    assert ships([], "KZ")
    assert ships(["KZ", "RU"], "KZ")
    assert not ships(["RU"], "KZ")


@pytest.mark.parametrize(
    ("paid", "days", "by"),
    [
        ("2026-03-02", 2, "2026-03-04"),
        ("2026-03-06", 1, "2026-03-09"),
        ("2026-03-07", 1, "2026-03-09"),
        ("2026-03-06", 0, "2026-03-06"),
    ],
)
def test_handling_is_counted_in_working_days(paid, days, by):
    at = datetime.fromisoformat(paid).replace(hour=12, tzinfo=UTC)
    assert ship_by(at, days) == date.fromisoformat(by)


def test_order_numbers_can_be_read_out_and_say_nothing_of_how_many_there_are():
    numbers = {order_number(uuid7()) for _ in range(2_000)}
    assert len(numbers) == 2_000
    assert all(len(n) == 11 and n[5] == "-" and not set(n) & set("ILOU") for n in numbers)
    assert order_number(UUID(int=0)) == "00000-00000"


def test_money_that_came_is_kept_or_goes_back_but_is_never_forgotten():
    for state in ("started", "confirming", "pending", "declined", "lapsed"):
        assert payment_after(state, "paid", wanted=True) == "paid"
        assert payment_after(state, "paid", wanted=False) == "refunding"


def test_old_news_changes_nothing():
    for news in ("pending", "declined", "confirming", "paid"):
        for ended in ("paid", "refunding", "refunded"):
            assert payment_after(ended, news, wanted=False) is None
