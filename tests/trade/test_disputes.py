from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from caravan.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from caravan.outbox.models import StoredEvent
from caravan.trade.actions.completing import receive_order
from caravan.trade.actions.disputes import (
    accept,
    confirm_resent,
    contest,
    decide,
    escalate,
    give_return_address,
    move_expired,
    propose,
    resend,
    send_back,
    take_back,
    withdraw,
)
from caravan.trade.actions.fulfilment import ship_order
from caravan.trade.actions.goodwill import refund_by_store
from caravan.trade.actions.refunding import RefundLine
from caravan.trade.models import Dispute, DisputeProposal, Refund
from caravan.trade.queries.access import Viewer
from caravan.trade.queries.disputes import disputes_of_store, disputes_to_decide
from caravan.trade.queries.sides import buyer_side, platform_side, store_side
from tests import factories
from tests.trade.disputing import DAY, LATER, SHIPPED, Case, case, complain, disputed
from tests.trade.scene import stock

pytestmark = pytest.mark.django_db
ADDRESS = "The Lamp Store\n5 Dock Road\nPortland, OR 97201\nUnited States"


def test_a_dispute_can_be_opened_ten_days_after_shipment():
    made = case()
    with pytest.raises(Conflict, match="10 days"):
        complain(made, at=SHIPPED + 10 * DAY - timedelta(seconds=1))
    complain(made, at=SHIPPED + 10 * DAY)
    assert (made.dispute.state, made.order.dispute_state) == ("open", "open")


def test_an_order_that_was_not_shipped_is_cancelled_and_not_disputed():
    with pytest.raises(Conflict, match="cancel"):
        complain(case(shipped=False))


def test_an_order_can_be_disputed_until_fifteen_days_after_completion():
    made = case()
    receive_order(viewer=made.viewer, number=made.number, at=LATER)
    with pytest.raises(Conflict, match="15 days"):
        complain(made, at=LATER + 15 * DAY)
    complain(made, at=LATER + 15 * DAY - timedelta(seconds=1))
    assert made.order.dispute_state == "open"


def test_opening_twice_opens_once():
    made = case()
    assert complain(made) == complain(made)
    assert Dispute.objects.count() == 1


def test_the_database_itself_holds_one_open_dispute_an_order():
    made = disputed()
    with pytest.raises(IntegrityError), transaction.atomic():
        Dispute.objects.create(order=made.order, reason="damaged", due_at=LATER)


def test_an_order_in_dispute_cannot_be_received_meanwhile():
    made = disputed()
    with pytest.raises(Conflict):
        receive_order(viewer=made.viewer, number=made.number, at=LATER)


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"reason": "ugly"}, "reason"),
        ({"quantity": 3}, "pieces"), ({"quantity": 0}, "pieces"), ({"remedy": "nothing"}, "remedy"),
        ({"reason": "not_received", "remedy": "return"}, "remedy"), ({"minor": 0}, "amount"), ({"minor": 10**6}, "amount"),
    ],
)  # fmt: skip
def test_a_complaint_that_asks_the_impossible_is_told_which_field(asked, field):
    with pytest.raises(Invalid) as refused:
        complain(case(), **asked)
    assert field in refused.value.fields


def test_all_pieces_bring_back_the_shipping_too():
    made = disputed()
    assert made.row.standing("buyer").amount.minor == made.order.total_minor


def test_some_of_the_pieces_bring_back_what_they_cost_and_no_shipping():
    made = disputed(quantity=1)
    line = made.order.lines.get()
    assert made.row.most.minor == line.total_minor // 2 + line.tax_minor // 2 < made.order.total_minor // 2


def test_a_store_that_accepts_ends_it_and_the_money_goes_back_at_once():
    made = disputed(minor=500)
    assert accept(side=made.store, proposal_id=made.newest("buyer"), at=LATER + DAY)
    assert (made.dispute.state, made.dispute.outcome, made.dispute.liable) == ("settled", "refund", "")
    assert made.given_back == 500 == made.order.refunded_minor
    assert made.order.dispute_state == "settled"


def test_accepting_twice_gives_back_once():
    made = disputed(minor=500)
    for _ in range(2):
        assert accept(side=made.store, proposal_id=made.newest("buyer"), at=LATER + DAY)
    assert Refund.objects.count() == 1


def test_a_counter_offer_stands_beside_the_request_until_one_side_comes_to_the_other():
    made = disputed(minor=900)
    assert not propose(side=made.store, remedy="refund", minor=300, note="A discount?", at=LATER + DAY)
    assert not propose(side=made.buyer, remedy="refund", minor=600, at=LATER + DAY)
    assert (made.row.standing("buyer").amount.minor, made.row.standing("store").amount.minor) == (600, 300)
    assert propose(side=made.store, remedy="refund", minor=600, at=LATER + 2 * DAY)
    assert made.given_back == 600


def test_a_proposal_that_was_overtaken_cannot_be_accepted():
    made = disputed(minor=900)
    old = made.newest("buyer")
    propose(side=made.buyer, remedy="refund", minor=950, at=LATER)
    with pytest.raises(Conflict, match="newest"):
        accept(side=made.store, proposal_id=old, at=LATER)


def test_nobody_accepts_their_own_proposal():
    made = disputed()
    with pytest.raises(Conflict):
        accept(side=made.buyer, proposal_id=made.newest("buyer"), at=LATER)


def test_what_was_proposed_cannot_be_changed_or_removed():
    disputed()
    for change in (lambda q: q.update(minor=1), lambda q: q.delete()):
        with pytest.raises(IntegrityError), transaction.atomic():
            change(DisputeProposal.objects.all())


def test_unanswered_for_five_days_the_buyers_request_stands_at_the_stores_account():
    made = disputed(minor=700)
    assert move_expired(at=LATER + 5 * DAY - timedelta(seconds=1)) == 0
    assert move_expired(at=LATER + 5 * DAY) == 1
    assert (made.dispute.outcome, made.dispute.settled_by, made.dispute.liable) == ("refund", "clock", "store")
    assert made.given_back == 700
    assert move_expired(at=LATER + 9 * DAY) == 0


def test_an_answer_after_the_five_days_is_too_late_even_before_the_clock_has_looked():
    made = disputed()
    with pytest.raises(Conflict, match="run out"):
        propose(side=made.store, remedy="nothing", minor=None, at=LATER + 5 * DAY)


def test_an_answered_dispute_goes_to_the_platform_after_five_days_which_decides_by_day_seven():
    made = disputed()
    propose(side=made.store, remedy="nothing", minor=None, note="It was whole.", at=LATER + DAY)
    move_expired(at=LATER + 5 * DAY)
    assert (made.dispute.state, made.dispute.due_at) == ("escalated", LATER + 7 * DAY)


def test_a_clock_that_stood_still_for_a_month_catches_up():
    made = disputed()
    propose(side=made.store, remedy="nothing", minor=None, at=LATER + DAY)
    move_expired(at=LATER + 40 * DAY)
    assert made.dispute.state == "escalated"
    [waiting] = disputes_to_decide(user_id=made.platform.user_id).disputes
    assert (waiting.number, waiting.due_at) == (made.number, LATER + 7 * DAY)


def test_either_side_may_ask_the_platform_once_the_store_has_answered():
    made = disputed()
    with pytest.raises(Conflict):
        escalate(side=made.buyer, at=LATER)
    propose(side=made.store, remedy="nothing", minor=None, at=LATER)
    escalate(side=made.buyer, at=LATER + DAY)
    escalate(side=made.store, at=LATER + DAY)
    assert made.dispute.state == "escalated"


def test_the_platform_decides_for_the_buyer_and_the_store_is_liable():
    made = disputed()
    propose(side=made.store, remedy="nothing", minor=None, at=LATER)
    escalate(side=made.buyer, at=LATER)
    decide(side=made.platform, remedy="refund", minor=800, note="The pictures show it.", at=LATER + DAY)
    row = made.row
    assert (row.outcome, row.liable, row.refunded.minor, row.settled_by) == ("refund", "store", 800, "platform")
    assert [p.binding for p in row.proposals] == [False, False, True]
    settled = StoredEvent.objects.get(name="trade.dispute_settled").payload
    assert (settled["outcome"], settled["liable"]) == ("refund", "store")


def test_the_platform_decides_for_the_store_and_nothing_goes_back():
    made = disputed()
    propose(side=made.store, remedy="nothing", minor=None, at=LATER)
    escalate(side=made.store, at=LATER)
    decide(side=made.platform, remedy="nothing", minor=None, note="It is as described.", at=LATER + DAY)
    assert (made.dispute.outcome, made.dispute.liable, made.given_back) == ("nothing", "buyer", 0)


def test_a_decision_needs_its_reasons_and_an_operator():
    made = disputed()
    propose(side=made.store, remedy="nothing", minor=None, at=LATER)
    escalate(side=made.store, at=LATER)
    with pytest.raises(Invalid):
        decide(side=made.platform, remedy="nothing", minor=None, note=" ", at=LATER)
    for side in (made.buyer, made.store):
        with pytest.raises(Forbidden):
            decide(side=side, remedy="nothing", minor=None, note="Mine.", at=LATER)


def test_the_platforms_suggestion_counts_once_both_stand_for_it():
    made = disputed(minor=900)
    propose(side=made.store, remedy="refund", minor=100, at=LATER)
    escalate(side=made.store, at=LATER)
    propose(side=made.platform, remedy="refund", minor=400, note="Half way?", at=LATER)
    assert not accept(side=made.buyer, proposal_id=made.newest("platform"), at=LATER)
    assert accept(side=made.store, proposal_id=made.newest("platform"), at=LATER)
    assert (made.given_back, made.dispute.liable) == (400, "")


def test_a_withdrawn_dispute_gives_nothing_back_and_may_be_opened_again():
    made = disputed()
    for _ in range(2):
        withdraw(side=made.buyer, at=LATER + DAY)
    assert (made.dispute.outcome, made.order.dispute_state, made.given_back) == ("withdrawn", "none", 0)
    complain(made, at=LATER + 2 * DAY)
    assert made.dispute.state == "open"


def test_only_the_buyer_withdraws():
    made = disputed()
    with pytest.raises(Conflict):
        withdraw(side=made.store, at=LATER)


def test_goods_sent_back_are_paid_for_when_the_store_has_them_and_sold_again_where_they_can_be():
    made, before = disputed(remedy="return"), None
    accept(side=made.store, proposal_id=made.newest("buyer"), at=LATER)
    give_return_address(side=made.store, address=ADDRESS, at=LATER + DAY)
    assert made.row.return_address == ADDRESS
    for _ in range(2):
        send_back(side=made.buyer, carrier="Correios", tracking_code="BR 1", at=LATER + 2 * DAY)
    assert made.given_back == 0
    before = stock(made.day.lamp)
    for _ in range(2):
        take_back(side=made.store, resalable=True, at=LATER + 9 * DAY)
    assert (stock(made.day.lamp), made.given_back) == (before + 2, made.order.total_minor)
    assert (made.order.payment_state, made.dispute.outcome) == ("refunded", "return")


def sent_but_for_one() -> Case:
    """Three lamps, of which one was paid back unsent, and is on the shelf again."""
    made = case(quantity=3, shipped=False)
    refund_by_store(
        user_id=made.day.seller_id, number=made.number, lines=[RefundLine(made.line_id, 1)], attempt="one", at=SHIPPED
    )
    ship_order(user_id=made.day.seller_id, number=made.number, carrier="Post", tracking_code="P1", at=SHIPPED)
    assert stock(made.day.lamp) == 8
    return made


def test_what_was_paid_back_unsent_does_not_come_back_into_stock_a_second_time():
    made = sent_but_for_one()
    complain(made, quantity=3, remedy="return")
    accept(side=made.store, proposal_id=made.newest("buyer"), at=LATER)
    give_return_address(side=made.store, address=ADDRESS, at=LATER)
    send_back(side=made.buyer, carrier="Correios", tracking_code="BR1", at=LATER)
    take_back(side=made.store, resalable=True, at=LATER + DAY)
    assert (stock(made.day.lamp), made.order.payment_state) == (10, "refunded")


def test_what_was_paid_back_unsent_is_not_sent_again_out_of_stock():
    made = sent_but_for_one()
    complain(made, quantity=3, remedy="resend")
    accept(side=made.store, proposal_id=made.newest("buyer"), at=LATER)
    resend(side=made.store, carrier="Post", tracking_code="P2", at=LATER + DAY)
    assert stock(made.day.lamp) == 6


def test_goods_that_cannot_be_sold_again_stay_out_of_stock():
    made = disputed(remedy="return")
    accept(side=made.store, proposal_id=made.newest("buyer"), at=LATER)
    give_return_address(side=made.store, address=ADDRESS, at=LATER)
    send_back(side=made.buyer, carrier="Correios", tracking_code="BR1", at=LATER)
    before = stock(made.day.lamp)
    take_back(side=made.store, resalable=False, at=LATER + DAY)
    assert stock(made.day.lamp) == before


def test_a_store_without_an_address_refunds_and_the_goods_stay_with_the_buyer():
    made = disputed(remedy="return", minor=800)
    accept(side=made.store, proposal_id=made.newest("buyer"), at=LATER)
    move_expired(at=LATER + 3 * DAY)
    assert (made.dispute.outcome, made.dispute.liable, made.given_back) == ("refund", "store", 800)


def test_a_buyer_who_sends_nothing_back_gets_nothing_back():
    made = disputed(remedy="return")
    accept(side=made.store, proposal_id=made.newest("buyer"), at=LATER)
    give_return_address(side=made.store, address=ADDRESS, at=LATER)
    move_expired(at=LATER + 10 * DAY)
    assert (made.dispute.outcome, made.given_back) == ("nothing", 0)


def test_a_store_that_says_nothing_of_the_returned_goods_has_them():
    made = disputed(remedy="return")
    accept(side=made.store, proposal_id=made.newest("buyer"), at=LATER)
    give_return_address(side=made.store, address=ADDRESS, at=LATER)
    send_back(side=made.buyer, carrier="Correios", tracking_code="BR1", at=LATER)
    move_expired(at=LATER + 30 * DAY)
    assert made.given_back == made.order.total_minor


def test_a_contested_return_goes_to_the_platform_for_two_days():
    made = disputed(remedy="return")
    accept(side=made.store, proposal_id=made.newest("buyer"), at=LATER)
    give_return_address(side=made.store, address=ADDRESS, at=LATER)
    send_back(side=made.buyer, carrier="Correios", tracking_code="BR1", at=LATER)
    contest(side=made.store, text="A brick came.", at=LATER + 8 * DAY)
    assert (made.dispute.state, made.dispute.round, made.dispute.due_at) == ("escalated", 2, LATER + 10 * DAY)
    decide(side=made.platform, remedy="nothing", minor=None, note="The scale of the carrier says so.", at=LATER + 9 * DAY)
    assert made.given_back == 0


def test_what_is_sent_again_comes_out_of_stock_and_settles_when_it_came():
    made = disputed(reason="not_received", remedy="resend")
    accept(side=made.store, proposal_id=made.newest("buyer"), at=LATER)
    before = stock(made.day.lamp)
    for _ in range(2):
        resend(side=made.store, carrier="USPS", tracking_code="US2", at=LATER + DAY)
    assert stock(made.day.lamp) == before - 2
    confirm_resent(side=made.buyer, at=LATER + 9 * DAY)
    assert (made.dispute.outcome, made.given_back) == ("resend", 0)


def test_what_is_not_sent_again_in_time_is_paid_back_whole():
    made = disputed(reason="not_received", remedy="resend")
    accept(side=made.store, proposal_id=made.newest("buyer"), at=LATER)
    move_expired(at=LATER + 5 * DAY)
    assert (made.dispute.outcome, made.dispute.liable, made.given_back) == ("refund", "store", made.order.total_minor)


def test_a_dispute_after_completion_takes_the_money_from_the_store():
    made = case()
    receive_order(viewer=made.viewer, number=made.number, at=LATER)
    complain(made, minor=400, at=LATER + DAY)
    accept(side=made.store, proposal_id=made.newest("buyer"), at=LATER + 2 * DAY)
    assert (made.given_back, made.order.order_state) == (400, "completed")


def test_what_went_back_meanwhile_is_not_given_twice():
    from caravan.kernel.ids import uuid7
    from caravan.trade.actions.moves import locked_order
    from caravan.trade.actions.refunding import RefundLine, refund_order

    made = disputed()
    with transaction.atomic():
        half = RefundLine(made.line_id, 1)
        refund_order(order=locked_order(made.order.pk), cause=uuid7(), reason="goodwill", lines=[half], at=LATER)
    accept(side=made.store, proposal_id=made.newest("buyer"), at=LATER)
    assert made.given_back == made.order.total_minor == made.order.refunded_minor


def test_nobody_else_is_a_side_of_the_dispute():
    made = disputed()
    stranger = factories.user()
    factories.store(stranger)
    for viewer in (Viewer(), Viewer(key="f" * 32), Viewer(user_id=stranger.pk)):
        with pytest.raises(NotFound):
            buyer_side(viewer=viewer, number=made.number)
    with pytest.raises(NotFound):
        store_side(user_id=stranger.pk, number=made.number)
    with pytest.raises(NotFound):
        platform_side(user_id=stranger.pk, number=made.number)
    with pytest.raises(NotFound):
        disputes_to_decide(user_id=stranger.pk)


def test_a_stores_list_is_sorted_by_its_clocks_and_paged(django_assert_max_num_queries):
    made = disputed()
    slug = made.row.order.store_slug
    with django_assert_max_num_queries(2):
        page = disputes_of_store(user_id=made.store.user_id, store_slug=slug)
    assert [(d.number, d.due_at) for d in page.disputes] == [(made.number, LATER + 5 * DAY)]
    assert disputes_of_store(user_id=factories.user().pk, store_slug=slug).disputes == ()
