"""The table of disputes, and how an amount falls on lines: no database."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caravan.trade.rules.dispute_money import Claim, LineLeft, shared
from caravan.trade.rules.disputes import (
    EXPIRING,
    TRANSITIONS,
    Move,
    Party,
    Proposal,
    Remedy,
    State,
    after,
    agreed,
    allowed,
    due_at,
    standing,
)
from tests.factories import AT

BUYER, STORE, PLATFORM, CLOCK = Party
REFUND, RETURN, RESEND, NOTHING = Remedy


def proposal(party: Party, remedy: Remedy, minor: int = 0, round: int = 1) -> Proposal:
    return Proposal(uuid4(), party, remedy, minor, round)


def test_a_store_that_does_not_answer_lets_the_buyers_request_stand_and_is_to_blame():
    step = after(State.OPEN, Move.EXPIRE, CLOCK, REFUND)
    assert (step.state, step.outcome, step.liable) == (State.SETTLED, "refund", "store")


def test_an_answered_dispute_goes_to_the_platform_by_the_clock():
    assert after(State.ANSWERED, Move.EXPIRE, CLOCK).state == State.ESCALATED


@pytest.mark.parametrize(("remedy", "liable"), [(REFUND, "store"), (RETURN, "store"), (RESEND, "store"), (NOTHING, "buyer")])
def test_whom_the_platform_decides_against_is_to_blame(remedy, liable):
    assert after(State.ESCALATED, Move.DECIDE, PLATFORM, remedy).liable == liable


def test_agreeing_blames_nobody():
    assert all(
        after(s, Move.AGREE, p, r).liable is None for s in (State.OPEN, State.ANSWERED) for p in (BUYER, STORE) for r in Remedy
    )


def test_an_agreed_return_or_resend_goes_on_until_the_parcel_came():
    assert after(State.ANSWERED, Move.AGREE, BUYER, RETURN).state == State.ADDRESS_DUE
    assert after(State.ANSWERED, Move.AGREE, BUYER, RESEND).state == State.RESEND_DUE
    assert after(State.RETURN_SENT, Move.TAKE_BACK, STORE).outcome == "return"
    assert after(State.RESENT, Move.CONFIRM, BUYER).outcome == "resend"


def test_a_store_that_says_not_where_to_or_sends_nothing_refunds_without_getting_the_goods():
    for state in (State.ADDRESS_DUE, State.RESEND_DUE):
        step = after(state, Move.EXPIRE, CLOCK)
        assert (step.outcome, step.liable) == ("refund", "store")


def test_nobody_decides_but_the_platform_and_nobody_withdraws_but_the_buyer():
    assert {p for _, m, p in TRANSITIONS if m == Move.DECIDE} == {PLATFORM}
    assert {p for _, m, p in TRANSITIONS if m == Move.WITHDRAW} == {BUYER}


def test_a_settled_dispute_is_over():
    assert not [key for key in TRANSITIONS if key[0] == State.SETTLED]
    assert all(allowed(State.SETTLED, party) == frozenset() for party in Party)


def test_every_state_but_the_platforms_ends_by_a_clock():
    assert set(State) - set(EXPIRING) == {State.SETTLED, State.ESCALATED}
    assert all(due_at(state, AT, AT) for state in State if state != State.SETTLED)


def test_every_state_can_be_reached_and_left():
    reached = {State.OPEN}
    for _ in State:
        reached |= {after(s, m, p, r).state for s, m, p in TRANSITIONS if s in reached for r in Remedy}
    assert reached == set(State)


def test_days_five_and_seven_are_counted_from_the_opening():
    later = AT + timedelta(days=3)
    assert due_at(State.ANSWERED, AT, later) == AT + timedelta(days=5)
    assert due_at(State.ESCALATED, AT, later) == AT + timedelta(days=7)


def test_a_contested_parcel_has_a_clock_of_its_own():
    assert due_at(State.ESCALATED, AT, AT + timedelta(days=30), round=2) == AT + timedelta(days=32)


def test_the_newest_proposal_of_each_stands():
    first, second = proposal(BUYER, REFUND, 500), proposal(BUYER, REFUND, 400)
    assert standing([first, proposal(STORE, NOTHING), second])[BUYER] == second


def test_the_first_match_of_buyer_and_store_is_an_agreement_whatever_the_platform_suggests():
    asked, offered = proposal(BUYER, REFUND, 500), proposal(STORE, REFUND, 300)
    suggested = proposal(PLATFORM, REFUND, 300)
    assert agreed([asked, offered]) is None
    assert agreed([asked, offered, suggested]) is None
    assert agreed([asked, offered, suggested, proposal(BUYER, REFUND, 300)]).minor == 300


def test_the_same_amount_for_another_remedy_is_no_match():
    assert agreed([proposal(BUYER, REFUND, 500), proposal(STORE, RETURN, 500)]) is None


def test_what_was_agreed_before_a_parcel_was_contested_binds_nobody_any_more():
    before = [proposal(BUYER, RETURN, 500), proposal(STORE, RETURN, 500)]
    assert agreed(before)
    assert agreed([*before, proposal(BUYER, RETURN, 500, round=2)]) is None


def test_two_of_three_lamps_are_disputed_for_two_thirds_of_what_they_cost():
    lamps = LineLeft(UUID(int=1), bought=3, disputed=2, minor=1000, tax_minor=100)
    assert (lamps.goods, lamps.tax) == (666, 66)
    assert Claim((lamps,)).most == 732


def test_what_went_back_before_is_not_there_to_go_back_again():
    lamp = LineLeft(UUID(int=1), bought=1, disputed=1, minor=1000, tax_minor=0, refunded_minor=900)
    assert Claim((lamp,)).most == 100


def test_shipping_comes_back_last_and_only_with_the_goods():
    claim = Claim((LineLeft(UUID(int=1), 1, 1, 1000, 200),), shipping_minor=300, shipping_tax_minor=60)
    assert shared(1200, claim).shipping_minor == 0
    whole = shared(1560, claim)
    assert (whole.shipping_minor, whole.shipping_tax_minor, whole.lines[0].quantity) == (300, 60, 1)


def test_a_part_refund_keeps_the_pieces_with_the_buyer_unless_they_go_back():
    claim = Claim((LineLeft(UUID(int=1), 2, 2, 1000, 0),))
    assert shared(400, claim).lines[0].quantity == 0
    assert shared(400, claim, goods_return=True).lines[0].quantity == 2


minor = st.integers(0, 10_000)


@st.composite
def lines(draw):
    bought, paid, tax = draw(st.integers(1, 5)), draw(minor), draw(minor)
    return LineLeft(
        uuid4(), bought, draw(st.integers(1, bought)), paid, tax, draw(st.integers(0, paid)), draw(st.integers(0, tax))
    )


@given(st.lists(lines(), min_size=1, max_size=5), minor, minor, st.floats(0, 1))
def test_any_amount_falls_on_the_lines_to_the_cent_and_no_line_gives_more_than_it_has(found, shipping, tax, part):
    claim = Claim(tuple(found), shipping, tax)
    total = int(claim.most * part)
    falls = shared(total, claim)
    assert falls.total == total
    for line, share in zip(claim.lines, falls.lines, strict=True):
        assert 0 <= share.minor <= line.minor - line.refunded_minor
        assert 0 <= share.tax_minor <= line.tax_minor - line.refunded_tax_minor
    assert falls.shipping_minor <= shipping
    assert falls.shipping_tax_minor <= tax


def test_more_than_there_is_cannot_be_asked_for():
    with pytest.raises(ValueError, match="at most 100"):
        shared(101, Claim((LineLeft(UUID(int=1), 1, 1, 100, 0),)))
