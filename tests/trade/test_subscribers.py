from __future__ import annotations

import json
import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.db.models import F
from django.urls import resolve

from caravan.kernel.events import Event, decode
from caravan.outbox.models import StoredEvent
from caravan.people.actions.buyers import buyer_of_user
from caravan.people.events import EmailConfirmed
from caravan.project.wiring import SUBSCRIPTIONS
from caravan.trade.actions.closing import lapse_unpaid
from caravan.trade.actions.fulfilment import ship_order
from caravan.trade.models import Order, Purchase
from caravan.trade.queries.orders import order_by_id
from caravan.trade.subscribers import claim_guest_purchases
from tests import factories
from tests.factories import AT
from tests.trade.scene import fill_cart, pay, place, scene

pytestmark = pytest.mark.django_db


def hear(name: str) -> list[mail.EmailMessage]:
    """Let trade's letter writers hear every event of that name; the letters they wrote."""
    before = len(mail.outbox)
    for stored in StoredEvent.objects.filter(name=name):
        event: Event = decode(stored.name, json.dumps(stored.payload))
        for subscriber in SUBSCRIPTIONS[type(event)]:
            if subscriber.__module__.startswith("caravan.trade"):
                subscriber(event)
    return mail.outbox[before:]


def test_a_buyer_of_two_stores_gets_one_letter_of_both_orders():
    placed = place(scene().owner)
    [letter] = hear("trade.order_placed")
    assert letter.to == ["ana@example.test"]
    assert all(order.number in letter.body for order in placed.orders)


def test_what_a_letter_lists_comes_to_what_it_says_together_with_the_tax():
    placed = place(fill_cart((scene().lamp, 1)))
    Order.objects.update(tax_minor=F("tax_minor") + 500, total_minor=F("total_minor") + 500)
    [letter] = hear("trade.order_placed")
    order = order_by_id(placed.orders[0].id)
    assert order.total == order.items + order.shipping + order.tax
    figures = [int(re.sub(r"\D", "", line.rpartition(":")[2])) for line in letter.body.splitlines() if "R$" in line]
    assert figures[:-2] == [amount.minor for amount in (order.items, order.shipping, order.tax)]
    assert figures[-2:] == [order.total.minor] * 2


def test_the_link_of_a_letter_opens_the_order_for_a_guest(client):
    placed = place(scene().owner)
    [letter] = hear("trade.order_placed")
    link = urlsplit(re.search(r"https?://\S+/orders/\S+", letter.body)[0])
    page = client.get(f"{link.path}?{link.query}")
    assert page.status_code == 200
    assert any(order.number in page.content.decode() for order in placed.orders)


def test_a_paid_order_is_told_to_the_buyer_and_to_those_who_act_for_the_store():
    day = scene()
    pay(place(fill_cart((day.lamp, 1))))
    buyers, store = hear("trade.order_paid")
    assert (buyers.to, "R$" in store.body, "2026" in buyers.body) == (["ana@example.test"], True, True)
    path = urlsplit(re.search(r"https?://\S+/seller/\S+", store.body)[0]).path
    assert resolve(path).url_name == "seller-order"


def test_the_tracking_code_reaches_the_buyer():
    day = scene()
    placed = place(fill_cart((day.lamp, 1)))
    pay(placed)
    ship_order(user_id=day.seller_id, number=placed.orders[0].number, carrier="USPS", tracking_code="RR1", at=AT)
    [letter] = hear("trade.parcel_shipped")
    assert "RR1" in letter.body


def test_an_order_that_lapsed_is_told_once():
    place(scene().owner)
    lapse_unpaid(at=AT + timedelta(days=2))
    assert len(hear("trade.order_lapsed")) == 1


def test_what_a_guest_bought_belongs_to_whoever_proves_the_address():
    placed = place(scene().owner)
    user = factories.user("ana@example.test")
    claim_guest_purchases(EmailConfirmed(at=AT, user_id=user.pk, email="Ana@example.test"))
    assert set(Order.objects.values_list("buyer__user_id", flat=True)) == {user.pk}
    assert Purchase.objects.get().pk == placed.purchase_id


def test_purchases_join_those_the_account_made_before():
    place(scene().owner)
    user = factories.user("ana@example.test")
    own = buyer_of_user(user_id=user.pk, at=AT)
    for _ in range(2):
        claim_guest_purchases(EmailConfirmed(at=AT, user_id=user.pk, email="ana@example.test"))
    assert set(Order.objects.values_list("buyer_id", flat=True)) == {own}
    assert Purchase.objects.get().buyer_id == own


def test_nobody_gets_the_purchases_of_another_address():
    place(scene().owner)
    claim_guest_purchases(EmailConfirmed(at=AT, user_id=factories.user().pk, email="other@example.test"))
    assert set(Order.objects.values_list("buyer__user_id", flat=True)) == {None}
