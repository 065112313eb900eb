from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caravan.kernel.money import Money
from caravan.trade.rules.payouts import Held, Schedule, Standing, held, next_payout_day, payout_after, payout_day, reserved

days = st.dates(date(2024, 1, 1), date(2040, 12, 31))
schedules = st.sampled_from(list(Schedule))


@given(schedules, days)
def test_every_day_lies_between_a_day_of_payouts_and_the_next(schedule, today):
    last, following = payout_day(schedule, today), next_payout_day(schedule, today)
    assert last <= today < following
    assert payout_day(schedule, following) == following
    assert payout_day(schedule, following - timedelta(days=1)) == last


@given(days)
def test_weekly_is_mondays_and_every_other_of_them_is_biweekly(today):
    assert payout_day(Schedule.WEEKLY, today).weekday() == 0
    every_other = payout_day(Schedule.BIWEEKLY, today)
    assert payout_day(Schedule.WEEKLY, every_other) == every_other
    assert (next_payout_day(Schedule.BIWEEKLY, today) - every_other).days == 14


def test_monthly_is_the_first():
    assert payout_day(Schedule.MONTHLY, date(2026, 12, 31)) == date(2026, 12, 1)
    assert next_payout_day(Schedule.MONTHLY, date(2026, 12, 31)) == date(2027, 1, 1)


@given(st.integers(-(10**9), 10**9), st.integers(0, 50))
def test_a_reserve_is_never_more_than_its_share_and_never_of_a_loss(earned, percent):
    kept = reserved(Money(earned, "EUR"), percent).minor
    assert 0 <= kept * 100 <= max(0, earned) * percent < kept * 100 + 100


@pytest.mark.parametrize(
    ("known", "why"),
    [
        ({}, None),
        ({"available": Money(2000, "EUR")}, None),
        ({"available": Money(1999, "EUR")}, Held.MINIMUM),
        ({"available": Money(-500, "EUR")}, Held.MINIMUM),
        ({"available": Money(0, "EUR"), "minimum": Money(0, "EUR")}, Held.MINIMUM),
        ({"destination": ""}, Held.NO_ACCOUNT),
        ({"hold_reason": "looked into", "destination": ""}, Held.OPERATOR),
        ({"store_status": "suspended"}, Held.SUSPENDED),
    ],
)
def test_a_store_is_paid_unless_something_speaks_against_it(known, why):
    usual = {
        "destination": "bank", "hold_reason": "", "store_status": "open",
        "available": Money(5000, "EUR"), "minimum": Money(2000, "EUR"),
    }  # fmt: skip
    assert held(Standing(**{**usual, **known})) == why


@given(st.lists(st.sampled_from(["pending", "paid", "failed"]), max_size=8))
def test_whatever_a_provider_says_and_however_often_a_failed_payout_stays_failed(news):
    state, seen = "waiting", []
    for word in news:
        if after := payout_after(state, word):
            state = after
            seen.append(state)
    assert len(seen) == len(set(seen)) <= 3
    assert "failed" not in seen[:-1]
    assert (state == "failed") == ("failed" in news)
