from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caravan.kernel.ids import uuid7
from caravan.kernel.money import Money
from caravan.ledger.rules import OWNED, AccountKind, Leg, Posting, Unbalanced, imbalance

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
amounts = st.builds(Money, st.integers(-(10**12), 10**12), st.sampled_from(["EUR", "USD", "JPY"]))


def leg(kind: AccountKind, amount: Money) -> Leg:
    return Leg(kind, uuid7() if kind in OWNED else None, amount)


legs = st.lists(st.builds(leg, st.sampled_from(list(AccountKind)), amounts), max_size=8)


@given(legs)
def test_the_counterpart_of_what_is_missing_balances_any_legs(some):
    counterpart = [leg(AccountKind.FX_POSITION, -left) for left in imbalance(some)]
    assert imbalance([*some, *counterpart]) == []
    Posting(cause=uuid7(), kind="x", legs=(*some, *counterpart), at=AT)


@given(legs.filter(imbalance))
def test_legs_that_miss_anything_make_no_posting(some):
    with pytest.raises(Unbalanced):
        Posting(cause=uuid7(), kind="x", legs=tuple(some), at=AT)


@given(legs)
def test_the_order_of_legs_does_not_matter(some):
    assert imbalance(some) == imbalance(some[::-1])


def test_currencies_do_not_balance_each_other():
    assert imbalance([leg(AccountKind.TAX, Money(5, "EUR")), leg(AccountKind.TAX, Money(-5, "USD"))]) == [
        Money(5, "EUR"),
        Money(-5, "USD"),
    ]
