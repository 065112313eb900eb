"""What a cancelled or partly refunded order gives back: pieces to their deal, coupons to their buyer."""

from __future__ import annotations

from datetime import timedelta

import pytest

from caravan.promotions.models import Promotion
from caravan.trade.actions.cancelling import ask_cancel, cancel_by_store
from caravan.trade.actions.fulfilment import ship_order
from caravan.trade.actions.goodwill import refund_by_store
from caravan.trade.actions.refunding import RefundLine
from caravan.trade.actions.timers import grant_unanswered
from caravan.trade.models import Order, OrderLine
from caravan.trade.queries.access import Viewer
from tests import factories
from tests.factories import AT
from tests.trade.fair import Fair, counted, fair, line_of, signed_in, state_of, with_coupon
from tests.trade.scene import fill_cart, pay, place
from tests.trade.test_race import at_once

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def test_a_paid_order_that_is_cancelled_gives_back_its_coupons_its_pieces_of_deals_and_what_it_cost_a_cap():
    day, owner = fair(), signed_in()
    saved = Promotion.objects.filter(pk=day.saved.pk)
    saved.update(budget_minor=900)
    coupon = with_coupon(day, owner)
    placed = place(fill_cart((day.lamp, 4), owner=owner))
    pay(placed)
    assert (state_of(coupon), counted(day), saved.get().spent_minor) == ("used", (6, 0, 0, 3), 500)
    cancel_by_store(user_id=day.day.seller_id, number=placed.orders[0].number, at=AT + HOUR)
    assert (state_of(coupon), counted(day), saved.get().spent_minor) == ("released", (7, 3, 0, 0), 0)


def given_back(day: Fair, pieces: int, attempt: str = "a") -> None:
    refund_by_store(
        user_id=day.day.seller_id, number=Order.objects.get().number, lines=[RefundLine(line_of(day.lamp).pk, pieces)],
        attempt=attempt, at=AT + HOUR,
    )  # fmt: skip


def test_pieces_that_go_back_unsent_are_the_deals_again_once_those_at_the_usual_price_are_back():
    day, owner = fair(), signed_in()
    placed = place(fill_cart((day.lamp, 4), owner=owner))
    pay(placed)
    given_back(day, 2)
    assert counted(day) == (7, 1, 0, 2)
    given_back(day, 1, "b")
    assert counted(day) == (7, 2, 0, 1)
    cancel_by_store(user_id=day.day.seller_id, number=Order.objects.get().number, at=AT + HOUR)
    assert counted(day) == (7, 3, 0, 0)


def test_a_piece_that_went_back_unsent_is_no_longer_part_of_what_a_buyer_may_have():
    day, owner = fair(per_buyer=2), signed_in()
    coupon = with_coupon(day, owner)
    pay(place(fill_cart((day.lamp, 2), owner=owner)))
    given_back(day, 1)
    assert (state_of(coupon), counted(day)) == ("used", (7, 2, 0, 1))
    place(fill_cart((day.lamp, 2), owner=owner))
    assert counted(day) == (6, 1, 1, 1)  # one at the deal, one at the usual price


def test_a_piece_that_comes_back_after_it_was_sent_was_the_buyers():
    day, owner = fair(per_buyer=2), signed_in()
    pay(place(fill_cart((day.lamp, 2), owner=owner)))
    ship_order(user_id=day.day.seller_id, number=Order.objects.get().number, carrier="Post", tracking_code="A", at=AT + HOUR)
    given_back(day, 1)
    assert counted(day) == (7, 1, 0, 2)


def test_a_coupon_of_the_market_comes_back_when_the_last_order_it_took_from_is_cancelled():
    day, owner = fair(), signed_in()
    ours, theirs = with_coupon(day, owner, of_market=True), with_coupon(day, owner)
    placed = place(fill_cart((day.lamp, 1), (day.rug, 1), owner=owner))
    pay(placed)
    lamps, rugs = (OrderLine.objects.get(variant=variant).order for variant in (day.lamp, day.rug))
    cancel_by_store(user_id=day.day.seller_id, number=lamps.number, at=AT + HOUR)
    assert (state_of(ours), state_of(theirs)) == ("used", "released")
    ask_cancel(viewer=Viewer(key=placed.key), number=rugs.number, reason="", at=AT + HOUR)
    assert grant_unanswered(at=AT + HOUR + timedelta(hours=48)) == 1
    assert (state_of(ours), state_of(theirs)) == ("released", "released")


def test_what_was_sent_has_used_its_coupon_though_all_the_money_goes_back():
    day, owner = fair(), signed_in()
    coupon = with_coupon(day, owner)
    placed = place(fill_cart((day.lamp, 1), owner=owner))
    pay(placed)
    order = Order.objects.get()
    ship_order(user_id=day.day.seller_id, number=order.number, carrier="Post", tracking_code="A", at=AT + HOUR)
    refund_by_store(
        user_id=day.day.seller_id, number=order.number, lines=[RefundLine(line_of(day.lamp).pk, 1)],
        shipping_minor=order.shipping_minor, attempt="a", at=AT + HOUR,
    )  # fmt: skip
    assert Order.objects.get().payment_state == "refunded"
    assert (state_of(coupon), counted(day)) == ("used", (7, 2, 0, 1))


@pytest.mark.django_db(transaction=True)
def test_of_two_orders_of_a_purchase_cancelled_at_once_the_coupon_comes_back_once():
    day, owner = fair(), signed_in()
    ours = with_coupon(day, owner, of_market=True)
    seller = factories.user()
    day.rug.product.store.memberships.create(user=seller, role="owner")
    for _ in range(4):
        placed = place(fill_cart((day.lamp, 1), (day.rug, 1), owner=owner))
        pay(placed)
        numbers = {seller_id: OrderLine.objects.get(variant=v, order__purchase=placed.purchase_id).order.number
                   for seller_id, v in ((day.day.seller_id, day.lamp), (seller.pk, day.rug))}  # fmt: skip
        at_once([lambda s=s, n=n: cancel_by_store(user_id=s, number=n, at=AT + HOUR) for s, n in numbers.items()])
        assert (state_of(ours), counted(day)) == ("released", (7, 3, 0, 0))
