"""The table of an order's states: what it must never allow, whatever else it says."""

from __future__ import annotations

import pytest

from caravan.trade import events
from caravan.trade.rules import states
from caravan.trade.rules.states import EVENTS, PLACED, TRANSITIONS, WORDS, Actor, Facets, Move, after, allowed, status


def reachable() -> set[Facets]:
    """Every state an order placed here can ever be in."""
    found, seen = {PLACED}, set[Facets]()
    while new := found - seen:
        seen |= new
        found |= {later for facets in new for move in allowed(facets) if (later := after(facets, move))}
    return found


REACHABLE = reachable()
PAID = Facets("placed", "paid", "none", "held")
SHIPPED = Facets("placed", "paid", "shipped", "held")


def test_every_move_of_the_table_can_happen_to_some_order_and_records_an_event():
    assert {move for facets in REACHABLE for move in allowed(facets)} == set(Move) == set(EVENTS)
    assert all(hasattr(events, name) for names in EVENTS.values() for name in names)


def test_every_line_of_the_table_is_of_use():
    for line in TRANSITIONS:
        assert any(line.fits(facets) for facets in REACHABLE), line


def test_a_word_belongs_to_one_facet_only():
    words = [word for facet in WORDS.values() for word in facet if word != "none"]
    assert len(words) == len(set(words))


def test_an_order_that_ended_without_money_moves_no_more():
    for facets in REACHABLE:
        if facets.payment in ("lapsed", "voided", "refunded"):
            assert not allowed(facets)


def test_nothing_is_sent_unpaid_and_nothing_paid_lapses():
    for facets in REACHABLE:
        assert facets.fulfilment == "none" or facets.payment in ("paid", "refunded")
        for move in allowed(facets):
            assert not (facets.payment == "paid" and after(facets, move).payment in ("awaiting", "lapsed", "voided"))


def test_the_escrow_is_held_exactly_while_a_paid_order_is_under_way():
    for facets in REACHABLE:
        assert (facets.fund == "held") == (facets.payment == "paid" and facets.order == "placed")
        assert (facets.fund == "released") == (facets.payment == "paid" and facets.order == "completed")
        assert (facets.fund == "returned") == (facets.payment == "refunded")


def test_an_open_dispute_stops_completion_and_refunds_but_not_the_parcels():
    for facets in REACHABLE:
        if facets.dispute == "open":
            assert not allowed(facets) & {Move.RECEIVE, Move.CONFIRM, Move.REFUND_ALL, Move.CLOSE_REST}
            assert Move.SETTLE_DISPUTE in allowed(facets)


def test_a_wish_to_cancel_is_answered_before_anything_is_sent():
    asked = after(PAID, Move.ASK_CANCEL)
    assert not allowed(asked) & {Move.SHIP, Move.SHIP_PART, Move.CLOSE_UNSHIPPED, Move.CHANGE_ADDRESS}
    assert allowed(asked, Actor.STORE) >= {Move.GRANT_CANCEL, Move.REFUSE_CANCEL}
    assert Move.SHIP in allowed(after(asked, Move.REFUSE_CANCEL))


def test_a_completed_order_can_be_disputed_once():
    done = after(SHIPPED, Move.RECEIVE)
    opened = after(done, Move.OPEN_DISPUTE)
    assert after(after(opened, Move.SETTLE_DISPUTE), Move.OPEN_DISPUTE) is None


def test_each_may_make_their_own_moves_only():
    assert allowed(SHIPPED, Actor.CLOCK) == {Move.CONFIRM, Move.REFUND_ALL}
    assert allowed(SHIPPED, Actor.BUYER) == {Move.RECEIVE, Move.OPEN_DISPUTE}
    assert allowed(PLACED, Actor.STORE) == frozenset()


@pytest.mark.parametrize(
    ("facets", "word"),
    [
        (PLACED, "to_pay"),
        (PAID, "to_ship"),
        (SHIPPED, "on_the_way"),
        (after(PAID, Move.ASK_CANCEL), "cancel_asked"),
        (after(PAID, Move.SHIP_PART), "part_shipped"),
        (after(SHIPPED, Move.DELIVER), "delivered"),
        (after(SHIPPED, Move.OPEN_DISPUTE), "disputed"),
        (after(SHIPPED, Move.RECEIVE), "received"),
        (after(PAID, Move.CLOSE_UNSHIPPED), "refunded"),
        (after(PLACED, Move.LAPSE), "cancelled"),
        (after(PLACED, Move.VOID), "cancelled"),
        (Facets("completed", "refunded", "received"), "refunded"),
        (Facets("placed", "paid", "received"), "received"),
    ],
)
def test_each_state_has_one_word_for_people(facets, word):
    assert status(facets) == word


def test_the_words_for_people_are_all_in_use():
    assert {status(facets) for facets in REACHABLE} == set(states.STATUSES)
