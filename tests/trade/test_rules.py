from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from caravan.kernel.ids import uuid7
from caravan.trade.rules.numbers import order_number
from caravan.trade.rules.payments import payment_after
from caravan.trade.rules.terms import ship_by


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
