from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from caravan.people.models import User
from caravan.stores.models import Store
from caravan.trade.actions.closing import lapse_unpaid
from caravan.trade.models import Order
from tests import factories
from tests.factories import AT
from tests.trade.scene import fill_cart, pay, place, scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def day():
    made = scene()
    made.slug = Store.objects.get(pk=made.lamp.product.store_id).slug
    return made


def keyed(placed, number: str, tail: str = "") -> str:
    return f"/en-br/orders/{number}{tail}?key={placed.key}"


def seller(day) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=day.seller_id))
    return client


def bought(day, *, paid: bool = True):
    placed = place(fill_cart((day.lamp, 1)))
    if paid:
        pay(placed)
    return placed, placed.orders[0].number


def test_an_order_goes_from_the_store_to_the_buyer_by_their_two_pages(day, client):
    placed, number = bought(day)
    store, base = seller(day), f"/en-us/seller/{day.slug}/orders"
    assert number in store.get(base).content.decode()
    assert "Mark as shipped" in store.get(f"{base}/{number}").content.decode()
    store.post(f"{base}/{number}/shipment", {"carrier": "USPS", "tracking_code": "RR 123"})
    page = client.get(keyed(placed, number)).content.decode()
    assert "RR123" in page
    assert "I have received it" in page
    client.post(keyed(placed, number, "/receipt"))
    assert "Received" in client.get(keyed(placed, number)).content.decode()
    assert number in store.get(f"{base}?status=received").content.decode()


def test_buyer_and_store_read_which_of_the_variants_was_bought(day, client):
    day.lamp.options = [["color", "black"], ["cord", "3 m"]]
    day.lamp.save(update_fields=["options"])
    placed, number = bought(day)
    assert "black · 3 m" in client.get(keyed(placed, number)).content.decode()
    sold = seller(day).get(f"/en-us/seller/{day.slug}/orders/{number}").content.decode()
    assert sold.count("black · 3 m") == 2  # beside the goods, and where money is given back


def test_a_parcel_without_a_tracking_code_is_not_shipped_and_the_carrier_stays_typed(day):
    _, number = bought(day)
    answer = seller(day).post(f"/en-us/seller/{day.slug}/orders/{number}/shipment", {"carrier": "USPS", "tracking_code": ""})
    assert answer.status_code == 422
    assert 'value="USPS"' in answer.content.decode()
    assert Order.objects.get(number=number).fulfilment_state == "none"


def test_an_unpaid_order_can_be_paid_or_called_off(day, client):
    placed, number = bought(day, paid=False)
    page = client.get(keyed(placed, number)).content.decode()
    assert "Pay now" in page
    client.post(keyed(placed, number, "/cancellation"))
    page = client.get(keyed(placed, number)).content.decode()
    assert "Cancelled" in page
    assert "Pay now" not in page


def test_a_lapsed_order_says_that_nothing_was_charged(day, client):
    placed, number = bought(day, paid=False)
    lapse_unpaid(at=AT + timedelta(days=2))
    assert "Not paid in time" in client.get(keyed(placed, number)).content.decode()


def test_strangers_find_no_order_neither_as_buyers_nor_as_sellers(day, client):
    _, number = bought(day)
    assert client.get(f"/en-br/orders/{number}").status_code == 404
    client.force_login(factories.user())
    assert client.get(f"/en-br/orders/{number}").status_code == 404
    assert client.post(f"/en-br/orders/{number}/receipt").status_code == 404
    for path in (f"/en-us/seller/{day.slug}/orders", f"/en-us/seller/{day.slug}/orders/{number}"):
        assert client.get(path).status_code == 404


def test_another_stores_order_is_not_shown_under_ones_own_store(day):
    _, number = bought(day)
    other = factories.store(User.objects.get(pk=day.seller_id))
    assert seller(day).get(f"/en-us/seller/{other.slug}/orders/{number}").status_code == 404


def test_guests_are_asked_to_sign_in_for_the_list(client):
    assert "/sign-in" in client.get("/en-br/orders")["Location"]


def test_the_lists_cost_the_same_for_one_order_as_for_many(day, django_assert_max_num_queries):
    for _ in range(6):
        bought(day)
    store = seller(day)
    store.get(f"/en-us/seller/{day.slug}/orders")
    with django_assert_max_num_queries(8):
        assert store.get(f"/en-us/seller/{day.slug}/orders").content.decode().count("Being prepared") > 6


def test_what_cannot_be_done_any_more_is_said_on_the_orders_own_page(day, client):
    placed, number = bought(day)
    for tail in ("/receipt", "/cancellation"):
        assert client.post(keyed(placed, number, tail))["Location"] == keyed(placed, number)
        assert 'class="alert alert-bad"' in client.get(keyed(placed, number)).content.decode()
