from __future__ import annotations

from datetime import timedelta

import pytest

from caravan.kernel.errors import Conflict, Invalid, NotFound
from caravan.outbox.models import StoredEvent
from caravan.trade.actions.cancelling import answer_cancel, ask_cancel, cancel_by_store
from caravan.trade.actions.parcels import ship_parcel
from caravan.trade.actions.timers import close_unshipped, grant_unanswered
from caravan.trade.models import Order, Refund
from caravan.trade.queries.access import Viewer
from tests import factories
from tests.factories import AT
from tests.trade.money import DAY, accounts, again, assert_proven, bought, sent
from tests.trade.scene import Scene, fill_cart, place, scene, stock

pytestmark = pytest.mark.django_db


def asked(day: Scene) -> Order:
    order, viewer = bought(day)
    ask_cancel(viewer=viewer, number=order.number, reason="Ordered twice", at=AT)
    return again(order)


def answer(day: Scene, order: Order, granted: bool) -> None:
    answer_cancel(user_id=day.seller_id, number=order.number, granted=granted, at=AT + timedelta(hours=3))


def assert_closed(day: Scene, order: Order, reason: str) -> None:
    closed = again(order)
    assert (closed.order_state, closed.payment_state, closed.fund_state) == ("cancelled", "refunded", "returned")
    assert closed.refunded_minor == closed.total_minor
    assert Refund.objects.get().reason == reason
    assert stock(day.lamp) == 10
    assert accounts() == {}
    assert StoredEvent.objects.filter(name="trade.order_closed").count() == 1
    assert_proven()


def test_a_wish_to_cancel_that_is_granted_gives_everything_back():
    day = scene()
    order = asked(day)
    assert order.cancel_reason == "Ordered twice"
    for _ in range(2):
        answer(day, order, granted=True)
    assert_closed(day, order, "cancel_granted")


def test_a_wish_that_is_refused_leaves_the_order_to_be_shipped():
    day = scene()
    order = asked(day)
    answer(day, order, granted=False)
    assert again(order).cancel_state == "refused"
    assert sent(day, order).fulfilment_state == "shipped"


def test_a_wish_can_be_uttered_once():
    day = scene()
    order, viewer = bought(day)
    for _ in range(2):
        ask_cancel(viewer=viewer, number=order.number, reason="", at=AT)
    assert StoredEvent.objects.filter(name="trade.cancel_asked").count() == 1
    answer(day, order, granted=False)
    with pytest.raises(Conflict):
        ask_cancel(viewer=viewer, number=order.number, reason="", at=AT)


def test_nobody_asks_for_what_is_unpaid_or_on_its_way():
    day = scene()
    placed = place(fill_cart((day.lamp, 1)))
    with pytest.raises(Conflict):
        ask_cancel(viewer=Viewer(key=placed.key), number=placed.orders[0].number, reason="", at=AT)
    order, viewer = bought(day)
    sent(day, order)
    with pytest.raises(Conflict):
        ask_cancel(viewer=viewer, number=order.number, reason="", at=AT)


def test_only_the_buyer_asks_and_only_the_store_answers():
    day = scene()
    order, viewer = bought(day)
    with pytest.raises(NotFound):
        ask_cancel(viewer=Viewer(key="0" * 32), number=order.number, reason="", at=AT)
    with pytest.raises(Invalid):
        ask_cancel(viewer=viewer, number=order.number, reason="x" * 201, at=AT)
    with pytest.raises(NotFound):
        answer_cancel(user_id=factories.user().pk, number=order.number, granted=True, at=AT)
    with pytest.raises(Conflict):
        answer(day, order, granted=True)


def test_no_answer_in_two_days_is_a_yes():
    day = scene()
    order = asked(day)
    assert grant_unanswered(at=AT + timedelta(hours=47, minutes=59)) == 0
    assert grant_unanswered(at=AT + timedelta(days=30)) == 1
    assert grant_unanswered(at=AT + timedelta(days=31)) == 0
    assert_closed(day, order, "cancel_granted")


def test_a_store_cancels_what_it_cannot_send():
    day = scene()
    order, _ = bought(day)
    for _ in range(2):
        cancel_by_store(user_id=day.seller_id, number=order.number, at=AT)
    assert_closed(day, order, "by_store")


def test_a_store_that_cancels_what_the_buyer_wanted_cancelled_grants_it():
    day = scene()
    order = asked(day)
    cancel_by_store(user_id=day.seller_id, number=order.number, at=AT)
    assert again(order).cancel_state == "granted"
    assert_closed(day, order, "cancel_granted")


def test_an_order_not_shipped_in_the_promised_time_closes_with_a_full_refund():
    day = scene()  # paid on a Monday, two working days of handling
    order, _ = bought(day)
    assert order.ship_by_at.isoformat() == "2026-03-05T00:00:00+00:00"
    assert close_unshipped(at=order.ship_by_at - timedelta(seconds=1)) == 0
    assert close_unshipped(at=order.ship_by_at) == 1
    assert close_unshipped(at=order.ship_by_at) == 0
    assert_closed(day, order, "not_shipped")


def test_a_wish_to_cancel_stops_the_clock_of_shipment():
    day = scene()
    order = asked(day)
    assert close_unshipped(at=order.ship_by_at + DAY) == 0
    assert grant_unanswered(at=order.ship_by_at + DAY) == 1


def test_what_was_shipped_is_not_closed():
    day = scene()
    order, _ = bought(day)
    sent(day, order)
    assert close_unshipped(at=AT + 90 * DAY) == 0


def test_what_a_store_never_sent_of_an_order_goes_back_to_buyer_and_shelf():
    day = scene()
    order, _ = bought(day)
    line = order.lines.get()
    me = {"user_id": day.seller_id, "number": order.number, "at": AT}
    ship_parcel(**me, carrier="Post", tracking_code="A", pieces={line.pk: 1})
    assert close_unshipped(at=order.ship_by_at) == 1
    assert (again(order).fulfilment_state, again(order).payment_state) == ("shipped", "paid")
    assert (stock(day.lamp), Refund.objects.get().items_minor) == (9, line.total_minor // 2)
    assert_proven()
