"""What holds whatever is on offer: the guarantees of `docs/pricing.md`, on small markets with everything on offer at once."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caravan.kernel.money import Money
from caravan.promotions.rules import Payer, quote
from caravan.promotions.rules.allocation import allocate
from caravan.trade.rules.refunds import Amount, LineState, RefundLine, plan
from tests.factories import AT
from tests.promotions import markets
from tests.promotions.brute import least

thoroughly = settings(max_examples=15000, deadline=None)


@thoroughly
@given(markets.carts(), markets.terms())
def test_nothing_costs_less_than_nothing_and_every_cut_is_accounted_for_to_the_cent(cart, terms):
    quoted = quote(cart, terms, AT)
    for store in quoted.stores:
        for line in store.lines:
            assert line.total.minor >= 0
            assert line.goods == sum((p.unit * p.quantity for p in line.pieces), start=Money.zero(cart.currency))
            assert sum(p.quantity for p in line.pieces) == line.facts.quantity
            assert line.goods - line.total == sum((cut.amount for cut in line.cuts), start=Money.zero(cart.currency))
        by_line = sum((c.amount for line in store.lines for c in line.cuts if c.payer is Payer.STORE), Money.zero(cart.currency))
        assert by_line == sum((cut.amount for cut in store.cuts), start=Money.zero(cart.currency))
        assert store.items == sum((line.total for line in store.lines), start=Money.zero(cart.currency))
    platform = sum((line.paid_by(Payer.PLATFORM) for s in quoted.stores for line in s.lines), start=Money.zero(cart.currency))
    assert platform == sum((cut.amount for cut in quoted.cuts), start=Money.zero(cart.currency))
    assert quoted.items == sum((store.items for store in quoted.stores), start=Money.zero(cart.currency))


@thoroughly
@given(markets.carts(most=2), markets.terms())
def test_the_engine_finds_the_least_that_any_lawful_combination_leaves(cart, terms):
    quoted = quote(cart, terms, AT)
    assert not quoted.bounded
    assert quoted.items.minor == least(cart, terms, quoted)


@thoroughly
@given(markets.carts(), markets.terms())
def test_another_coupon_never_makes_it_dearer(cart, terms):
    whole = quote(cart, terms, AT)
    for n in range(len(terms.coupons)):
        assert whole.items <= quote(cart, markets.without_coupon(terms, n), AT).items


@thoroughly
@given(markets.carts(), markets.terms(), st.data())
def test_another_piece_never_adds_more_than_its_own_price(cart, terms, data):
    with_it = quote(cart, terms, AT)
    taken_out = data.draw(st.sampled_from(cart.lines))
    fewer = data.draw(st.integers(0, taken_out.quantity - 1))
    rest = tuple(replace(line, quantity=fewer) if line is taken_out else line for line in cart.lines)
    without = quote(replace(cart, lines=tuple(line for line in rest if line.quantity)), terms, AT)
    price = terms.rates.convert(taken_out.list_price, cart.currency)
    assert with_it.items - without.items <= price * (taken_out.quantity - fewer)


@thoroughly
@given(markets.carts(), markets.terms(), st.randoms(use_true_random=False))
def test_neither_the_order_of_lines_nor_that_of_promotions_matters(cart, terms, random: Random):
    def shuffled(things):
        return tuple(random.sample(things, len(things)))

    stores = {
        id: replace(
            offers,
            deals={p: shuffled(some) for p, some in offers.deals.items()},
            wide=shuffled(offers.wide),
            bundles=shuffled(offers.bundles),
            buy_gets=shuffled(offers.buy_gets),
            spend_saves=shuffled(offers.spend_saves),
        )
        for id, offers in random.sample(list(terms.stores.items()), len(terms.stores))
    }
    mixed = replace(terms, stores=stores, coupons=shuffled(terms.coupons), platform=shuffled(terms.platform))
    assert quote(replace(cart, lines=shuffled(cart.lines)), mixed, AT) == quote(cart, terms, AT)


@thoroughly
@given(markets.carts(), markets.terms(), st.randoms(use_true_random=False))
def test_giving_back_piece_after_piece_in_any_order_gives_back_what_was_paid(cart, terms, random: Random):
    lines = [line for store in quote(cart, terms, AT).stores for line in store.lines]
    state = {
        line.facts.variant_id: LineState(line.facts.variant_id, line.facts.quantity, 0, line.total.minor, 0, 0, 0, 0)
        for line in lines
    }
    pieces = [line.facts.variant_id for line in lines for _ in range(line.facts.quantity)]
    random.shuffle(pieces)
    nothing = Amount(0, 0)
    for piece in pieces:
        part = _given_back(state[piece], nothing)
        was = state[piece]
        state[piece] = replace(
            was, refunded_quantity=was.refunded_quantity + part.quantity, refunded_minor=was.refunded_minor + part.minor
        )
    assert {id: one.refunded_minor for id, one in state.items()} == {line.facts.variant_id: line.total.minor for line in lines}


def _given_back(line: LineState, nothing: Amount):
    wanted = min(1, line.quantity - line.refunded_quantity)
    return plan([line], [RefundLine(line.line_id, wanted)], shipping=nothing, shipping_tax=nothing).parts[0]


weights = st.lists(st.integers(0, 50), min_size=1, max_size=6)


@given(weights, st.data())
def test_a_cut_is_shared_whole_and_nobody_bears_more_than_they_have(shares_of, data):
    amount = data.draw(st.integers(0, sum(shares_of)))
    shares = allocate(amount, shares_of)
    assert sum(shares) == amount
    assert all(0 <= share <= weight for share, weight in zip(shares, shares_of, strict=True))


@given(weights, st.integers(0, 50), st.data())
def test_a_new_line_takes_its_share_of_a_cut_from_the_others_and_adds_to_nobodys(shares_of, new, data):
    amount = data.draw(st.integers(0, sum(shares_of)))
    before, after = allocate(amount, shares_of), allocate(amount, [*shares_of, new])
    assert all(now <= then for now, then in zip(after, before, strict=False))


def test_more_than_there_is_cannot_be_shared():
    with pytest.raises(ValueError, match="7 cannot be taken from 6"):
        allocate(7, [1, 2, 3])


def test_the_odd_cent_goes_to_the_larger_line_and_between_equals_to_the_earlier():
    assert allocate(10, [30, 70]) == [3, 7]
    assert allocate(5, [50, 51]) == [2, 3]
    assert allocate(5, [50, 50]) == [3, 2]
    assert UUID(int=1) < UUID(int=2)  # which is what lines are sorted by
