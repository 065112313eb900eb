from __future__ import annotations

from datetime import date, timedelta

import pytest

from caravan.kernel.errors import Conflict, Invalid, NotFound
from caravan.outbox.models import StoredEvent
from caravan.trade.actions.completing import receive_order
from caravan.trade.actions.fulfilment import ship_order
from caravan.trade.models import Order
from caravan.trade.queries.access import Viewer
from caravan.trade.queries.orders import order_for_buyer, order_for_store, orders_of_buyer, orders_of_store
from caravan.trade.queries.received import lines_awaiting_feedback
from caravan.trade.rules.cart import CartOwner
from tests import factories
from tests.factories import AT
from tests.trade.scene import Scene, fill_cart, pay, place, scene

pytestmark = pytest.mark.django_db


def paid_order(day: Scene) -> tuple[str, Viewer]:
    placed = place(fill_cart((day.lamp, 1)))
    pay(placed)
    return placed.orders[0].number, Viewer(key=placed.key)


def ship(day: Scene, number: str, code: str = "RR123") -> None:
    ship_order(user_id=day.seller_id, number=number, carrier="Post", tracking_code=code, at=AT + timedelta(days=1))


def test_an_order_is_paid_shipped_received_in_that_order():
    day = scene()
    number, viewer = paid_order(day)
    ship(day, number)
    receive_order(viewer=viewer, number=number, at=AT + timedelta(days=9))
    seen = order_for_buyer(viewer=viewer, number=number)
    assert seen.status == "received"
    assert seen.placed_at <= seen.paid_at < seen.shipped_at < seen.received_at


def test_shipping_and_receiving_twice_happen_once():
    day = scene()
    number, viewer = paid_order(day)
    for _ in range(2):
        ship(day, number)
    for _ in range(2):
        receive_order(viewer=viewer, number=number, at=AT + timedelta(days=9))
    for name in ("trade.order_shipped", "trade.order_received"):
        assert StoredEvent.objects.filter(name=name).count() == 1


def test_a_shipped_order_does_not_get_another_parcel():
    day = scene()
    number, _ = paid_order(day)
    ship(day, number)
    with pytest.raises(Conflict):
        ship(day, number, code="RR999")


def test_an_unpaid_order_cannot_be_shipped_nor_an_unshipped_one_received():
    day = scene()
    placed = place(fill_cart((day.lamp, 1)))
    with pytest.raises(Conflict):
        ship(day, placed.orders[0].number)
    number, viewer = paid_order(day)
    with pytest.raises(Conflict):
        receive_order(viewer=viewer, number=number, at=AT)


def test_a_parcel_needs_a_carrier_and_a_code():
    day = scene()
    number, _ = paid_order(day)
    with pytest.raises(Invalid) as refused:
        ship_order(user_id=day.seller_id, number=number, carrier=" ", tracking_code="x" * 81, at=AT)
    assert set(refused.value.fields) == {"carrier", "tracking_code"}


def test_only_those_who_act_for_the_store_see_and_ship_its_orders():
    day = scene()
    number, _ = paid_order(day)
    stranger = factories.user().pk
    with pytest.raises(NotFound):
        order_for_store(user_id=stranger, number=number)
    with pytest.raises(NotFound):
        ship_order(user_id=stranger, number=number, carrier="Post", tracking_code="1", at=AT)
    slug = order_for_store(user_id=day.seller_id, number=number).store_slug
    assert orders_of_store(user_id=stranger, store_slug=slug).orders == ()


def test_a_buyer_sees_their_own_orders_only():
    day = scene()
    number, _ = paid_order(day)
    for viewer in (Viewer(), Viewer(key="f" * 32), Viewer(user_id=factories.user().pk)):
        with pytest.raises(NotFound):
            order_for_buyer(viewer=viewer, number=number)


def test_an_accounts_orders_come_newest_first_a_page_at_a_time(django_assert_num_queries):
    day = scene()
    user_id = factories.user().pk
    numbers = []
    for hour in range(5):
        owner = fill_cart((day.lamp, 1), owner=CartOwner(user_id=user_id))
        numbers.append(place(owner, at=AT + timedelta(hours=hour)).orders[0].number)
    with django_assert_num_queries(2):
        first = orders_of_buyer(user_id=user_id, limit=3)
    rest = orders_of_buyer(user_id=user_id, limit=3, cursor=first.next_cursor)
    assert [o.number for o in (*first.orders, *rest.orders)] == numbers[::-1]
    assert rest.next_cursor is None


def test_a_store_filters_its_orders_by_what_is_to_do():
    day = scene()
    number, _ = paid_order(day)
    place(fill_cart((day.lamp, 1)))
    slug = order_for_store(user_id=day.seller_id, number=number).store_slug
    to_ship = orders_of_store(user_id=day.seller_id, store_slug=slug, status="to_ship")
    assert [o.number for o in to_ship.orders] == [number]
    assert len(orders_of_store(user_id=day.seller_id, store_slug=slug).orders) == 2


def test_a_paid_order_says_by_when_it_ships():
    day = scene()  # paid on a Monday, two working days of handling
    number, viewer = paid_order(day)
    assert order_for_buyer(viewer=viewer, number=number).ship_by == date(2026, 3, 4)


def test_received_lines_wait_for_feedback():
    day = scene()
    user = factories.user()
    placed = place(fill_cart((day.lamp, 1), (day.rug, 1), owner=CartOwner(user_id=user.pk)))
    pay(placed)
    number = Order.objects.get(store_id=day.lamp.product.store_id).number
    ship(day, number)
    assert lines_awaiting_feedback(user_id=user.pk, since=AT) == []
    receive_order(viewer=Viewer(user_id=user.pk), number=number, at=AT + timedelta(days=9))
    [line] = lines_awaiting_feedback(user_id=user.pk, since=AT)
    assert (line.title, line.version_id, line.order_number) == ("Lamp", day.lamp.product.version_id, number)
