from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from caravan.kernel.errors import RateLimited
from caravan.people.actions import limits
from caravan.people.rules.limits import Limit, per_minute
from tests.factories import AT

SECOND = timedelta(seconds=1)


def allowed(spend, times: int, per: Limit, at=AT, key: str = "bell") -> int:
    done = 0
    for _ in range(times):
        try:
            spend(key=key, per=per, at=at)
        except RateLimited:
            continue
        done += 1
    return done


@pytest.fixture(params=["shared", "here"])
def spend(request, db):
    limits._local.clear()
    return {"shared": limits.spend, "here": limits.spend_here}[request.param]


def test_as_many_at_once_as_the_burst_and_not_one_more(spend):
    assert allowed(spend, 9, Limit(rate=1, burst=5)) == 5


def test_what_was_spent_comes_back_with_time(spend):
    per = Limit(rate=2, burst=4)
    assert allowed(spend, 4, per) == 4
    assert allowed(spend, 4, per, AT + SECOND) == 2
    assert allowed(spend, 9, per, AT + 60 * SECOND) == 4


def test_the_refusal_says_when_to_come_back_and_then_it_works(spend):
    per = per_minute(6)
    allowed(spend, 6, per)
    with pytest.raises(RateLimited) as refused:
        spend(key="bell", per=per, at=AT)
    assert refused.value.retry_after == 10
    spend(key="bell", per=per, at=AT + 10 * SECOND)


def test_one_visitor_cannot_spend_anothers(spend):
    assert allowed(spend, 3, Limit(1, 2), key="ana") == allowed(spend, 3, Limit(1, 2), key="boris") == 2


def test_a_dear_action_costs_more(spend):
    spend(key="bell", cost=4, per=Limit(1, 5), at=AT)
    with pytest.raises(RateLimited):
        spend(key="bell", cost=2, per=Limit(1, 5), at=AT)
    spend(key="bell", cost=1, per=Limit(1, 5), at=AT)


@pytest.mark.django_db
def test_a_cost_no_bucket_holds_is_a_defect_of_ours():
    with pytest.raises(ValueError, match="never"):
        limits.spend(key="bell", cost=6, per=Limit(1, 5), at=AT)


@pytest.mark.django_db
def test_full_buckets_are_forgotten_and_the_others_kept():
    limits.spend(key="old", per=Limit(1, 5), at=AT)
    limits.spend(key="new", per=Limit(1, 5), at=AT + 60 * SECOND)
    assert limits.forget(at=AT + 60 * SECOND) == 1


@pytest.mark.django_db(transaction=True)
def test_many_at_the_same_instant_get_no_more_than_the_burst():
    start = threading.Barrier(8)

    def rush(_) -> int:
        try:
            start.wait()
            return allowed(limits.spend, 10, Limit(rate=0.001, burst=25))
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(rush, range(8))) == 25


@given(st.lists(st.integers(0, 5_000), max_size=60), st.integers(1, 20), st.floats(0.1, 50))
def test_over_any_stretch_of_time_no_more_is_spent_than_the_burst_and_the_refill(waits, burst, rate):
    per, full_at, at, spent = Limit(rate, burst), None, AT, 0
    for wait in waits:
        at += timedelta(milliseconds=wait)
        if (after := per.spent(full_at, 1, at)) is not None:
            full_at, spent = after, spent + 1
    assert spent <= burst + rate * (at - AT).total_seconds() + 1e-3
