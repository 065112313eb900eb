from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from caravan.kernel.errors import BadRequest, Conflict, Forbidden, Invalid, NotFound
from caravan.outbox.models import StoredEvent
from caravan.trade.actions.completing import receive_order
from caravan.trade.actions.parcels import Shipped, ship_parcel
from caravan.trade.actions.tracking import SANDBOX, hear_tracking, secret_of, track_by_hand
from caravan.trade.models import Order, OrderLine, Parcel, ParcelLine, TrackingEvent
from caravan.trade.payments import signature
from caravan.trade.queries.access import Viewer
from caravan.trade.queries.orders import order_for_buyer
from caravan.trade.queries.parcels import parcels_of_order
from tests import factories
from tests.factories import AT
from tests.trade.scene import Scene, fill_cart, pay, place, scene

pytestmark = pytest.mark.django_db

SENT = AT + timedelta(days=1)


def paid(day: Scene, pieces: int = 3) -> tuple[str, Viewer]:
    placed = place(fill_cart((day.lamp, pieces)))
    pay(placed)
    return placed.orders[0].number, Viewer(key=placed.key)


def line_of(number: str) -> OrderLine:
    return OrderLine.objects.get(order__number=number)


def ship(day: Scene, number: str, code: str = "A1", *, pieces: int | None = None, carrier: str = "Slow Boat") -> Shipped:
    wanted = None if pieces is None else {line_of(number).pk: pieces}
    return ship_parcel(user_id=day.seller_id, number=number, carrier=carrier, tracking_code=code, pieces=wanted, at=SENT)


def tell(code: str, status: str, *, id: str = "", days: float = 2, told: float | None = None, **more: Any) -> int:
    """What a carrier posts `told` days after the order was placed about something that happened after `days`."""
    news = {"id": id or f"{code}-{status}", "carrier": "Slow Boat", "tracking_code": code, "status": status}
    body = json.dumps({**news, "at": (AT + timedelta(days=days)).isoformat(), **more}).encode()
    at = AT + timedelta(days=days if told is None else told)
    return hear_tracking(
        source=SANDBOX, headers={signature.HEADER: signature.sign(secret_of(SANDBOX), body, at)}, body=body, at=at
    )


def test_an_order_leaves_in_as_many_parcels_as_it_needs():
    day = scene()
    number, viewer = paid(day)
    first = ship(day, number, "A1", pieces=1)
    assert (first.number, first.whole) == (1, False)
    assert order_for_buyer(viewer=viewer, number=number).status == "part_shipped"
    second = ship(day, number, "A2")
    assert (second.number, second.whole) == (2, True)
    order = order_for_buyer(viewer=viewer, number=number)
    assert order.status == "on_the_way"
    assert [[p.quantity for p in parcel.pieces] for parcel in parcels_of_order(order.id)] == [[1], [2]]
    assert StoredEvent.objects.filter(name="trade.parcel_shipped").count() == 2
    assert StoredEvent.objects.filter(name="trade.order_shipped").count() == 1


def test_the_same_parcel_twice_is_one_parcel():
    day = scene()
    number, _ = paid(day)
    first = ship(day, number, pieces=2)
    assert ship(day, number, " A 1 ", pieces=2, carrier="Slow  Boat") == Shipped(first.parcel_id, 1, False, repeated=True)
    assert (Parcel.objects.count(), line_of(number).shipped_quantity) == (1, 2)


def test_another_content_under_the_same_code_is_refused():
    day = scene()
    number, _ = paid(day)
    ship(day, number, pieces=1)
    with pytest.raises(Conflict) as refused:
        ship(day, number, pieces=2)
    assert refused.value.code == "parcel.code_used"


def test_no_piece_leaves_twice_and_none_that_was_given_back():
    day = scene()
    number, _ = paid(day)
    ship(day, number, "A1", pieces=1)
    OrderLine.objects.update(refunded_quantity=1)
    with pytest.raises(Conflict):
        ship(day, number, "A2", pieces=2)
    assert ship(day, number, "A2").whole
    assert sum(ParcelLine.objects.values_list("quantity", flat=True)) == line_of(number).shipped_quantity == 2


def test_a_parcel_holds_something_of_its_own_order():
    day = scene()
    number, _ = paid(day)
    with pytest.raises(Invalid):
        ship(day, number, pieces=0)
    other, _ = paid(day, 1)
    with pytest.raises(NotFound):
        pieces = {line_of(other).pk: 1}
        ship_parcel(user_id=day.seller_id, number=number, carrier="Post", tracking_code="1", pieces=pieces, at=SENT)


def test_a_carrier_we_know_is_called_by_its_own_name_and_can_be_followed():
    day = scene()
    number, viewer = paid(day)
    ship(day, number, "RR1", carrier="usps")
    [parcel] = parcels_of_order(order_for_buyer(viewer=viewer, number=number).id)
    assert parcel.carrier == "USPS"
    assert parcel.link.startswith("https://")
    assert "RR1" in parcel.link


def test_an_order_is_delivered_when_its_last_parcel_is():
    day = scene()
    number, viewer = paid(day)
    ship(day, number, "A1", pieces=1)
    ship(day, number, "A2")
    tell("A2", "delivered", days=5)
    assert order_for_buyer(viewer=viewer, number=number).status == "on_the_way"
    tell("A1", "delivered", days=4, told=6)
    order = Order.objects.get(number=number)
    assert order.fulfilment_state == "delivered"
    assert order.delivered_at == AT + timedelta(days=5)  # the later of the two, not when we heard
    assert order.confirm_by == AT + timedelta(days=6 + 7)  # the buyer has the week from when we heard
    assert StoredEvent.objects.filter(name="trade.parcel_delivered").count() == 2


def test_news_is_taken_once_and_in_any_order():
    day = scene()
    number, viewer = paid(day)
    ship(day, number)
    assert tell("A1", "delivered", days=5) == 1
    assert tell("A1", "delivered", days=5) == 0
    assert tell("A1", "accepted", days=2, told=6) == 1
    order = order_for_buyer(viewer=viewer, number=number)
    assert order.status == "delivered"
    [parcel] = parcels_of_order(order.id)
    assert [event.status for event in parcel.events] == ["accepted", "delivered"]


def test_delivery_told_after_the_buyer_received_it_changes_nothing_but_the_record():
    day = scene()
    number, viewer = paid(day)
    ship(day, number)
    receive_order(viewer=viewer, number=number, at=AT + timedelta(days=4))
    tell("A1", "delivered", days=3, told=5)
    order = Order.objects.get(number=number)
    assert (order.order_state, order.fulfilment_state) == ("completed", "received")
    assert Parcel.objects.get().delivered_at == AT + timedelta(days=3)


def test_a_clock_that_is_off_delivers_neither_before_the_shipment_nor_in_our_future():
    day = scene()
    number, _ = paid(day)
    ship(day, number)
    tell("A1", "delivered", days=-3, told=4)
    assert Parcel.objects.get().delivered_at == SENT


def test_a_code_shared_by_two_orders_tells_both():
    day = scene()
    for _time in range(2):
        ship(day, paid(day, 1)[0], "BOX")
    assert tell("BOX", "delivered") == 2


def test_an_unknown_parcel_a_stranger_and_a_forged_body_are_answered():
    day = scene()
    ship(day, paid(day)[0])
    with pytest.raises(NotFound):
        tell("NOBODY", "delivered")
    body = b'{"id": "1", "tracking_code": "A1", "status": "delivered", "at": "2026-03-04T00:00:00Z"}'
    signed = {signature.HEADER: signature.sign(secret_of(SANDBOX), body, AT)}
    with pytest.raises(NotFound):
        hear_tracking(source="nobody", headers=signed, body=body, at=AT)
    for headers, said, at in (({}, body, AT), (signed, body + b" ", AT), (signed, body, AT + timedelta(hours=1))):
        with pytest.raises(Forbidden):
            hear_tracking(source=SANDBOX, headers=headers, body=said, at=at)
    assert not TrackingEvent.objects.exists()


@pytest.mark.parametrize("body", ["[]", "null", "{}", '{"id":"1"}', "\x00", '"x"', "{"])
def test_a_body_that_is_no_news_is_refused(body: str):
    said = body.encode()
    with pytest.raises(BadRequest):
        hear_tracking(source=SANDBOX, headers={signature.HEADER: signature.sign(secret_of(SANDBOX), said, AT)}, body=said, at=AT)


def test_an_unknown_status_or_a_zero_byte_is_refused():
    for status, where in (("teleported", ""), ("accepted", "a\0b")):
        with pytest.raises(BadRequest):
            tell("A1", status, place=where)


def test_in_production_the_sandbox_tells_nothing_and_others_sign_with_their_secret(settings):
    settings.PRODUCTION, settings.TRACKING_SECRETS = True, {"parcelhub": "s3cret"}
    assert secret_of("parcelhub") == b"s3cret"
    with pytest.raises(NotFound):
        secret_of(SANDBOX)


def test_the_store_says_where_a_parcel_is_by_hand():
    day = scene()
    number, viewer = paid(day)
    ship(day, number)
    for _time in range(2):
        track_by_hand(
            user_id=day.seller_id, number=number, parcel=1, status="delivered", attempt="form-1", at=AT + timedelta(days=5)
        )
    assert order_for_buyer(viewer=viewer, number=number).status == "delivered"
    assert TrackingEvent.objects.count() == 1
    with pytest.raises(NotFound):
        track_by_hand(user_id=factories.user().pk, number=number, parcel=1, status="customs", attempt="x", at=AT)
    with pytest.raises(Invalid):
        track_by_hand(user_id=day.seller_id, number=number, parcel=1, status="lost", attempt="x", at=AT)
