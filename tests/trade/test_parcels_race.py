"""Packers at the same instant, on connections of their own."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db.models import Sum

from caravan.trade.actions.papers import issue_invoice
from caravan.trade.actions.parcels import Shipped, ship_parcel
from caravan.trade.actions.tracking import SANDBOX, hear_tracking, secret_of
from caravan.trade.models import Order, OrderLine, Paper, Parcel, ParcelLine, TrackingEvent
from caravan.trade.payments import signature
from tests.factories import AT
from tests.trade.scene import fill_cart, pay, place, scene
from tests.trade.test_race import at_once

pytestmark = pytest.mark.django_db(transaction=True)
SENT = AT + timedelta(days=1)


def test_twenty_packers_of_the_same_ten_pieces_send_each_piece_once():
    day = scene()
    placed = place(fill_cart((day.lamp, 10)))
    pay(placed)
    number = placed.orders[0].number
    line = OrderLine.objects.get(order__number=number)
    results = at_once(
        [
            lambda n=n: ship_parcel(
                user_id=day.seller_id, number=number, carrier="Post", tracking_code=f"T{n}", pieces={line.pk: 1}, at=SENT
            )
            for n in range(20)
        ]
    )
    assert sum(isinstance(r, Shipped) for r in results) == 10
    line.refresh_from_db()
    assert line.shipped_quantity == ParcelLine.objects.aggregate(n=Sum("quantity"))["n"] == 10
    assert Order.objects.get(number=number).fulfilment_state == "shipped"
    assert sorted(Parcel.objects.values_list("number", flat=True)) == list(range(1, 11))


def test_the_same_parcel_from_twenty_hands_is_one():
    day = scene()
    placed = place(fill_cart((day.lamp, 2)))
    pay(placed)
    number = placed.orders[0].number
    results = at_once(
        [lambda: ship_parcel(user_id=day.seller_id, number=number, carrier="Post", tracking_code="ONE", at=SENT)] * 20
    )
    assert len({r.parcel_id for r in results}) == 1
    assert sum(not r.repeated for r in results) == 1


def test_the_same_news_from_twenty_hands_is_told_once():
    day = scene()
    placed = place(fill_cart((day.lamp, 1)))
    pay(placed)
    number = placed.orders[0].number
    ship_parcel(user_id=day.seller_id, number=number, carrier="Post", tracking_code="ONE", at=SENT)
    at = SENT + timedelta(days=1)
    news = {"id": "1", "tracking_code": "ONE", "status": "delivered", "at": at.isoformat()}
    body = json.dumps(news).encode()
    headers = {signature.HEADER: signature.sign(secret_of(SANDBOX), body, at)}
    results = at_once([lambda: hear_tracking(source=SANDBOX, headers=headers, body=body, at=at)] * 20)
    assert sum(results) == TrackingEvent.objects.count() == 1
    assert Order.objects.get(number=number).fulfilment_state == "delivered"


def test_a_stores_invoices_are_numbered_without_gaps_however_many_ask():
    day = scene()
    orders = []
    for _ in range(8):
        placed = place(fill_cart((day.lamp, 1)))
        pay(placed)
        orders.append(placed.orders[0].id)
    at_once([lambda o=o: issue_invoice(order_id=o, at=SENT) for o in orders * 3])
    assert sorted(Paper.objects.values_list("number", flat=True)) == list(range(1, 9))
