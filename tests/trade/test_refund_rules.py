"""How refunds are shared out: to the cent, never more than was paid, and all of it in the end whatever the sequence."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caravan.trade.rules.refunds import Amount, LineState, Plan, RefundLine, TooMuch, plan, the_rest, the_unsent

LAMP, RUG = UUID(int=1), UUID(int=2)


def line(id: UUID = LAMP, quantity: int = 3, total: int = 1000, tax: int = 170, **already: int) -> LineState:
    state = LineState(id, quantity, 0, total, tax, 0, 0, 0)
    return replace(state, **already)


SHIPPING, SHIPPING_TAX = Amount(500, 0), Amount(85, 0)


def planned(
    *lines: LineState, wanted: list[RefundLine], shipping: Amount = SHIPPING, tax: Amount = SHIPPING_TAX, give: int = 0
) -> Plan:
    return plan(lines, wanted, shipping=shipping, shipping_tax=tax, shipping_minor=give)


def after(state: LineState, given_back: Plan) -> LineState:
    for part in given_back.parts:
        if part.line_id == state.line_id:
            state = replace(
                state,
                refunded_quantity=state.refunded_quantity + part.quantity,
                refunded_minor=state.refunded_minor + part.minor,
                refunded_tax_minor=state.refunded_tax_minor + part.tax_minor,
            )
    return state


def test_pieces_give_back_what_they_cost_and_the_last_one_the_remainder():
    lamp, gone = line(), []
    for _ in range(3):
        back = planned(lamp, wanted=[RefundLine(LAMP, 1)])
        gone.append((back.items_minor, back.tax_minor))
        lamp = after(lamp, back)
    assert [minor for minor, _ in gone] == [333, 333, 334]
    assert sum(tax for _, tax in gone) == 170


def test_a_part_of_the_price_takes_its_share_of_the_tax_along():
    back = planned(line(), wanted=[RefundLine(LAMP, 0, 500)])
    assert (back.items_minor, back.tax_minor) == (500, 85)


def test_shipping_gives_its_tax_along():
    assert planned(line(), wanted=[], give=250).tax_minor == 42
    assert planned(line(), wanted=[], give=500).tax_minor == 85


def test_what_was_agreed_otherwise_counts():
    back = planned(line(), wanted=[RefundLine(LAMP, 1, 400, 0)])
    assert (back.items_minor, back.tax_minor) == (400, 0)


@pytest.mark.parametrize(
    "wanted", [RefundLine(LAMP, 4), RefundLine(LAMP, 0, 1001), RefundLine(LAMP, -1), RefundLine(LAMP, 0, 10, 171)]
)
def test_more_than_is_left_is_refused(wanted):
    with pytest.raises(TooMuch):
        planned(line(), wanted=[wanted])
    with pytest.raises(TooMuch):
        planned(line(), wanted=[], give=501)


def test_tax_that_is_on_no_line_goes_back_with_the_last_of_the_goods_when_shipping_was_free():
    free = {"shipping": Amount(0, 0), "tax": Amount(300, 0)}
    assert planned(line(), wanted=[RefundLine(LAMP, 1)], **free).tax_minor == 170 * 333 // 1000
    assert planned(line(), wanted=[RefundLine(LAMP, 3)], **free).tax_minor == 470


def test_only_pieces_that_never_left_are_unsent():
    assert the_unsent([line(shipped_quantity=2), line(RUG, shipped_quantity=3)]) == (RefundLine(LAMP, 1),)
    assert the_unsent([line(shipped_quantity=2, refunded_quantity=1)]) == ()


lines = st.builds(
    lambda id, quantity, total, tax: line(id, quantity, total, tax),
    st.sampled_from([LAMP, RUG]), st.integers(1, 9), st.integers(0, 10_000), st.integers(0, 3_000),
)  # fmt: skip
steps = st.lists(st.tuples(st.integers(0, 9), st.none() | st.integers(0, 10_000), st.integers(0, 900)), max_size=6)


@given(lines, st.integers(0, 900), st.integers(0, 200), steps)
def test_whatever_went_back_before_the_rest_makes_it_whole(state, shipping_paid, tax_paid, steps):
    paid = state.total_minor + state.tax_minor + shipping_paid + tax_paid
    shipping, tax, gone = Amount(shipping_paid, 0), Amount(tax_paid, 0), 0
    for quantity, minor, give in steps:
        try:
            wanted = [RefundLine(state.line_id, quantity, minor)]
            back = plan([state], wanted, shipping=shipping, shipping_tax=tax, shipping_minor=give)
        except TooMuch:
            continue
        gone += back.total_minor
        on_line = sum(part.tax_minor for part in back.parts)
        state = after(state, back)
        shipping = Amount(shipping_paid, shipping.refunded_minor + back.shipping_minor)
        tax = Amount(tax_paid, tax.refunded_minor + back.tax_minor - on_line)
    rest = the_rest([state], shipping=shipping, shipping_tax=tax)
    assert gone + rest.total_minor == paid
    assert the_rest([after(state, rest)], shipping=Amount(1, 1), shipping_tax=Amount(1, 1)).total_minor == 0
