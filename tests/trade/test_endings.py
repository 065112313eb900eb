"""Letters about how orders end: who gets which, and that each says what its reader needs."""

from __future__ import annotations

import pytest

from caravan.people.models import User
from caravan.trade.actions.cancelling import answer_cancel, ask_cancel, cancel_by_store
from caravan.trade.actions.changing import extend_protection
from caravan.trade.actions.timers import close_unshipped
from tests.factories import AT
from tests.trade.money import bought, received, sent
from tests.trade.scene import Scene, scene
from tests.trade.test_subscribers import hear

pytestmark = pytest.mark.django_db
BUYER = "ana@example.test"


def seller(day: Scene) -> str:
    return User.objects.get(pk=day.seller_id).email


def test_a_wish_to_cancel_goes_to_the_store_with_its_clock():
    day = scene()
    order, viewer = bought(day)
    ask_cancel(viewer=viewer, number=order.number, reason="", at=AT)
    [letter] = hear("trade.cancel_asked")
    assert (letter.to, "March 4, 2026" in letter.body) == ([seller(day)], True)


def test_a_refusal_goes_to_the_buyer_and_a_yes_is_told_with_the_money():
    day = scene()
    order, viewer = bought(day)
    ask_cancel(viewer=viewer, number=order.number, reason="", at=AT)
    answer_cancel(user_id=day.seller_id, number=order.number, granted=False, at=AT)
    [letter] = hear("trade.cancel_answered")
    assert letter.to == [BUYER]


def test_an_order_that_closed_is_told_to_the_store_and_its_money_to_the_buyer():
    day = scene()
    order, _ = bought(day)
    close_unshipped(at=order.ship_by_at)
    [letter] = hear("trade.order_closed")
    assert letter.to == [seller(day)]
    [letter] = hear("trade.refund_decided")
    assert (letter.to, "R$" in letter.body) == ([BUYER], True)


def test_a_store_is_not_told_what_it_did():
    day = scene()
    order, _ = bought(day)
    cancel_by_store(user_id=day.seller_id, number=order.number, at=AT)
    assert hear("trade.order_closed") == []


def test_completion_tells_the_store_what_it_earned_and_when_it_has_it():
    day = scene()
    received(day)
    [letter] = hear("trade.order_completed")
    assert letter.to == [seller(day)]
    assert "$" in letter.body
    assert "March 26, 2026" in letter.body


def test_more_time_is_told_to_the_buyer():
    day = scene()
    order, _ = bought(day)
    sent(day, order)
    extend_protection(user_id=day.seller_id, number=order.number, days=10, at=AT)
    [letter] = hear("trade.protection_extended")
    assert letter.to == [BUYER]
