from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from caravan.trade.actions.lateness import compensate_late
from caravan.trade.actions.parcels import ship_parcel
from caravan.trade.actions.tracking import track_by_hand
from caravan.trade.models import Order, Refund
from caravan.trade.rules.lateness import compensation, verdict
from caravan.trade.rules.terms import TERMS, end_of
from tests.factories import AT
from tests.trade.scene import fill_cart, pay, place, scene
from tests.trade.test_subscribers import hear

pytestmark = pytest.mark.django_db
LAST_DAY = (AT + timedelta(days=12)).date()
LATE = end_of(LAST_DAY) + timedelta(hours=1)


def promised(*, minor: int = 500, delivered: datetime | None = None) -> Order:
    """An order shipped after a day, promised by LAST_DAY, delivered or not."""
    day = scene()
    placed = place(fill_cart((day.lamp, 2)))
    pay(placed)
    Order.objects.update(on_time_promise_minor=minor, deliver_until=LAST_DAY)
    number = placed.orders[0].number
    ship_parcel(user_id=day.seller_id, number=number, carrier="Post", tracking_code="1", at=AT + timedelta(days=1))
    if delivered:
        track_by_hand(user_id=day.seller_id, number=number, parcel=1, status="delivered", attempt="1", at=delivered)
    return Order.objects.get(number=number)


def test_what_came_late_is_compensated_once_and_said_in_a_letter():
    order = promised(delivered=LATE)
    assert (compensate_late(at=LATE), compensate_late(at=LATE + timedelta(days=1))) == (1, 0)
    refund = Refund.objects.get(order=order)
    assert (refund.total_minor, refund.reason) == (500, "late")
    [letter] = hear("trade.refund_decided")
    assert order.number in letter.subject


def test_what_came_in_time_costs_the_store_nothing():
    promised(delivered=end_of(LAST_DAY) - timedelta(hours=1))
    compensate_late(at=LATE + timedelta(days=30))
    assert not Refund.objects.exists()


def test_what_has_not_come_is_late_when_the_grace_is_over():
    promised()
    over = end_of(LAST_DAY) + TERMS.late_grace
    assert compensate_late(at=over - timedelta(seconds=1)) == 0
    assert compensate_late(at=over) == 1
    assert Refund.objects.get().total_minor == 500


def test_without_a_promise_nothing_is_given():
    promised(minor=0, delivered=LATE)
    assert compensate_late(at=LATE) == 0


def test_never_more_than_was_paid_goes_back():
    order = promised(minor=10**9, delivered=LATE)
    compensate_late(at=LATE)
    assert Refund.objects.get().total_minor == order.items_minor + order.shipping_minor


def test_an_open_dispute_is_settled_first():
    promised(delivered=LATE)
    Order.objects.update(dispute_state="open")
    assert compensate_late(at=LATE) == 0
    Order.objects.update(dispute_state="settled")
    assert compensate_late(at=LATE) == 1


def test_the_rules_by_hand():
    assert verdict(LAST_DAY, arrived_at=None, at=end_of(LAST_DAY)) == "open"
    assert verdict(LAST_DAY, arrived_at=end_of(LAST_DAY), at=LATE) == "late"
    shipping, parts = compensation(500, shipping_left=200, lines_left=[])
    assert (shipping, parts) == (200, [])
