"""What is posted for an order: balanced in each currency, and gone without a trace when everything went back."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caravan.ledger.rules import AccountKind, Leg, imbalance
from caravan.trade.rules.funds import (
    FundTerms,
    Left,
    SubsidisedLine,
    bonus,
    earning,
    given_back,
    paid,
    released,
    subsidy_left,
    taken_back,
)


def terms(rate: str = "5.4321", store: str = "USD", margin: int = 150, commission: int = 800) -> FundTerms:
    return FundTerms(UUID(int=1), UUID(int=2), "BRL", store, Decimal(rate), margin, commission)


def summed(*postings: tuple[Leg, ...]) -> dict[tuple[str, str], int]:
    sums: Counter[tuple[str, str]] = Counter()
    for legs in postings:
        for leg in legs:
            sums[str(leg.kind), leg.amount.currency] += leg.amount.minor
    return {account: minor for account, minor in sums.items() if minor}


some_terms = st.builds(
    lambda rate, store, margin, share: terms(str(Decimal(rate) / 1000) if store != "BRL" else "1", store, margin, share),
    st.integers(1, 90_000), st.sampled_from(["BRL", "USD", "JPY", "KWD"]), st.integers(0, 500), st.integers(0, 2_000),
)  # fmt: skip


def test_a_store_that_sells_in_its_own_currency_needs_no_exchange():
    legs = released(terms("1", "BRL"), Left(11_000, 1_000))
    assert summed(legs) == {
        ("escrow", "BRL"): 11_000, ("tax", "BRL"): -1_000, ("commission", "BRL"): -800, ("store_earned", "BRL"): -9_200,
    }  # fmt: skip


def test_across_currencies_the_market_holds_the_position_and_the_margin():
    sums = summed(released(terms("5"), Left(11_150, 1_000)))
    assert sums["fx_position", "BRL"] == -10_000
    assert sums["fx_difference", "BRL"] == -150
    assert sums["fx_position", "USD"] == 2_030
    assert (sums["commission", "USD"], sums["store_earned", "USD"]) == (-162, -1_868)


@given(some_terms, st.integers(1, 10**7), st.integers(0, 100), st.lists(st.integers(0, 100), max_size=4))
def test_every_posting_balances_and_the_last_cent_back_empties_every_account(frozen, total, tax_percent, shares):
    now = Left(total, total * tax_percent // 100)
    postings = [paid(frozen, total), released(frozen, now)]
    for share in (*shares, 100):
        less = Left(now.total_minor - now.total_minor * share // 100, now.tax_minor - now.tax_minor * share // 100)
        less = Left(max(less.total_minor, less.tax_minor), less.tax_minor)
        postings.append(taken_back(frozen, now, less, available=False))
        now = less
    assert all(not imbalance(legs) for legs in postings)
    assert summed(*postings) == {}


@given(some_terms, st.integers(1, 10**7), st.integers(0, 10**7))
def test_what_goes_back_from_escrow_and_what_is_released_are_what_was_paid(frozen, total, back):
    back = min(back, total)
    sums = summed(paid(frozen, total), given_back(frozen, back), released(frozen, Left(total - back, 0)))
    assert ("escrow", "BRL") not in sums
    assert sums.get(("provider_clearing", "BRL"), 0) == total - back


def test_after_settlement_the_stores_available_money_pays():
    [account] = [leg for leg in taken_back(terms(), Left(1_000, 0), Left(0, 0), available=True) if leg.owner_id]
    assert account.kind == AccountKind.STORE_AVAILABLE
    assert account.amount.minor > 0


@given(some_terms, st.integers(0, 10**6), st.lists(st.integers(0, 10**6), max_size=4), st.booleans())
def test_whatever_way_the_markets_part_comes_down_none_of_it_stays_behind(frozen, due, ways, available):
    steps = [0, due, *sorted(ways, reverse=True), 0]
    postings = [bonus(frozen, had, now, available=available) for had, now in pairwise(steps)]
    assert all(not imbalance(legs) for legs in postings)
    assert summed(*postings) == {}


def test_the_market_pays_what_it_took_off_and_has_its_commission_of_it():
    # 25.00 BRL at 5 BRL for a dollar, 8% commission of it.
    due = subsidy_left(terms("5"), [SubsidisedLine(2_500, 7_500, 0, 3, 0)]).minor
    assert summed(bonus(terms("5"), 0, due, available=False)) == {
        ("marketing", "USD"): 500, ("commission", "USD"): -40, ("store_earned", "USD"): -460,
    }  # fmt: skip


def test_the_markets_part_of_a_line_goes_down_with_its_money_and_where_there_is_none_with_its_pieces():
    assert [SubsidisedLine(1_000, 3_000, back, 3, 0).left for back in (0, 1, 1_000, 3_000)] == [1_000, 999, 666, 0]
    assert [SubsidisedLine(1_000, 0, 0, 3, back).left for back in (0, 1, 2, 3)] == [1_000, 666, 333, 0]


def test_what_the_store_is_told_it_earns_is_what_it_is_paid_for_the_markets_cuts_too():
    # 100.00 BRL of goods are 20.00 USD; the market bears 5.00 of its cuts, with commission, and 3.00 of shipping, without.
    part = earning(terms("5"), Left(10_000, 0), cuts=500, shipping=300)
    assert (part.settled.minor, part.borne.minor) == (2_000, 800)
    assert (part.commission.minor, part.earned.minor) == (160 + 40, 2_800 - 200)


@pytest.mark.parametrize(("bps", "commission"), [(0, 0), (800, 80), (850, 85), (1, 0), (5, 1)])
def test_commission_is_rounded_half_up_and_the_store_has_the_rest(bps, commission):
    part = earning(terms("1", "BRL", 0, bps), Left(1_000, 0))
    assert (part.commission.minor, part.earned.minor) == (commission, 1_000 - commission)
