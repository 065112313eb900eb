"""What buyer and store change of a paid order, by their two pages."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client

from caravan.kernel.clock import now
from caravan.people.models import User
from caravan.stores.models import Store
from caravan.trade.models import Order, OrderLine, Refund
from tests import factories
from tests.trade.scene import fill_cart, pay, place, scene

pytestmark = pytest.mark.django_db


class Both:
    """A paid order, its buyer and its store at their pages."""

    def __init__(self) -> None:
        day = scene()
        placed = place(fill_cart((day.lamp, 2), at=now()), at=now())
        pay(placed, at=now())
        self.id, self.number, key = placed.orders[0].id, placed.orders[0].number, placed.key
        slug = Store.objects.get(pk=day.lamp.product.store_id).slug
        self.buyer, self.store = Client(), Client()
        self.store.force_login(User.objects.get(pk=day.seller_id))
        self.theirs, self.key = f"/en-br/orders/{self.number}", f"?key={key}"
        self.ours = f"/en-us/seller/{slug}/orders/{self.number}"

    @property
    def order(self) -> Order:
        return Order.objects.get(pk=self.id)

    def buyers_page(self) -> str:
        return self.buyer.get(self.theirs + self.key).content.decode()

    def stores_page(self) -> str:
        return self.store.get(self.ours).content.decode()

    def buyer_posts(self, what: str, **fields: str):
        return self.buyer.post(f"{self.theirs}/{what}{self.key}", fields)

    def store_posts(self, what: str, **fields: str):
        return self.store.post(f"{self.ours}/{what}", fields)


def test_the_buyer_asks_the_store_grants_and_both_see_the_money_go_back():
    both = Both()
    assert "The store ships by" in both.buyers_page()
    both.buyer_posts("cancel-request", reason="Ordered twice")
    assert "No answer is a yes" in both.buyers_page()
    assert "Ordered twice" in both.stores_page()
    both.store_posts("cancel-answer", answer="grant")
    assert both.order.payment_state == "refunded"
    for page in (both.buyers_page(), both.stores_page()):
        assert "Cancelled at the buyer" in page


def test_the_store_refuses_and_sends_it():
    both = Both()
    both.buyer_posts("cancel-request")
    both.store_posts("cancel-answer", answer="refuse")
    assert "Mark as shipped" in both.stores_page()
    assert "Ask the store to cancel it" not in both.buyers_page()


def test_a_store_that_cannot_send_cancels():
    both = Both()
    assert "You cannot send it?" in both.stores_page()
    both.store_posts("cancellation")
    assert both.order.order_state == "cancelled"
    assert "Refunded by the store" in both.buyers_page()


def test_of_a_partly_shipped_order_only_the_rest_is_said_to_go_back():
    both = Both()
    line = OrderLine.objects.get(order=both.id)
    both.store_posts("shipment", **{"carrier": "DHL", "tracking_code": "JD1", f"pieces-{line.pk}": "1"})
    assert "What is not sent by then is paid back to you" in both.buyers_page()
    assert "What is not sent by then is paid back to the buyer" in both.stores_page()
    for page in (both.buyers_page(), both.stores_page()):
        assert "everything back" not in page


def test_what_was_paid_back_whole_is_not_expected_any_more():
    both = Both()
    both.store_posts("cancellation")
    for page in (both.buyers_page(), both.stores_page()):
        assert "expected" not in page
        assert page.count("Refunded") >= 2  # the badge and the last step


def test_the_seller_sees_commission_and_what_is_earned():
    page = Both().stores_page()
    assert "Commission, 8%" in page
    assert "You earn" in page


def test_part_of_a_line_goes_back_and_stands_on_both_pages():
    both = Both()
    line = OrderLine.objects.get(order=both.id)
    attempt = re.search(r'name="attempt" value="([^"]+)"', both.stores_page())[1]
    for _ in range(2):
        both.store_posts("refunds", **{f"refund-{line.pk}": "10,00", "attempt": attempt})
    assert [refund.items_minor for refund in Refund.objects.all()] == [1_000]
    for page in (both.buyers_page(), both.stores_page()):
        assert "Refunded" in page
        assert "On its way" in page


def test_an_amount_that_is_none_is_shown_beside_its_field():
    both = Both()
    line = OrderLine.objects.get(order=both.id)
    answer = both.store_posts("refunds", **{f"refund-{line.pk}": "much", "attempt": "1"})
    assert answer.status_code == 422
    assert "Write an amount" in answer.content.decode()


def test_the_store_gives_the_buyer_more_time_once():
    both = Both()
    both.store_posts("shipment", carrier="Post", tracking_code="RR1")
    before = both.order.protected_until
    assert both.store_posts("protection", days="31").status_code == 422
    both.store_posts("protection", days="10")
    both.store_posts("protection", days="20")
    assert both.order.protected_until == before + timedelta(days=10)
    assert "Give the buyer more time" not in both.stores_page()


def test_a_buyer_sends_it_elsewhere_within_the_country_until_it_is_shipped():
    both = Both()
    old = dict(both.order.address)
    new = {**old, "street_address": "Rua Nova 5", "name": "Ana Souza"}
    assert both.buyer.get(f"{both.theirs}/address{both.key}").status_code == 200
    both.buyer_posts("address", **{**new, "country_code": "PT"})
    assert both.order.address == old
    both.buyer_posts("address", **new)
    assert both.order.address["street_address"] == "Rua Nova 5"
    assert both.order.former_addresses[0]["street_address"] == old["street_address"]
    assert "Rua Nova 5" in both.stores_page()
    both.store_posts("shipment", carrier="Post", tracking_code="RR1")
    both.buyer_posts("address", **old)
    assert both.order.address["street_address"] == "Rua Nova 5"
    assert both.buyer.get(f"{both.theirs}/address{both.key}").status_code == 302


def test_strangers_change_nothing():
    both = Both()
    stranger = Client()
    stranger.force_login(factories.user())
    for path in (f"{both.theirs}/cancel-request", f"{both.theirs}/address", f"{both.ours}/refunds", f"{both.ours}/cancellation"):
        assert stranger.post(path).status_code == 404
    assert both.order.payment_state == "paid"
