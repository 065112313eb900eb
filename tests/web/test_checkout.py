from __future__ import annotations

import html
import re
from dataclasses import asdict
from datetime import UTC, datetime

import pytest
from django.test import Client

from caravan.catalog.models import Variant
from caravan.kernel import clock
from caravan.people.actions.addresses import add_address
from caravan.trade.models import Order, Payment, Purchase
from caravan.trade.payments import sandbox, signature
from tests import factories
from tests.trade.scene import CONFIRM, DECLINED, GOOD, SLOW

pytestmark = pytest.mark.django_db
RUA = {
    "name": "Ana Lima", "country_code": "BR", "street_address": "Rua das Flores 12", "city": "São Paulo",
    "city_area": "Centro", "country_area": "SP", "postal_code": "01310-100",
}  # fmt: skip


@pytest.fixture(autouse=True)
def noon():
    with clock.stopped(datetime(2026, 3, 2, 12, tzinfo=UTC)):
        yield


@pytest.fixture
def lamp() -> Variant:
    factories.rates()
    return factories.product(factories.store(name="Lumen"), factories.category(), title="Brass lamp").variants.get()


@pytest.fixture
def shopper(client, lamp):
    client.post("/en-br/cart/lines", {"variant": lamp.pk, "quantity": 2})
    return client


def hidden(page: str, *names: str) -> dict[str, str]:
    return {name: html.unescape(re.search(rf'name="{name}" value="([^"]*)"', page)[1]) for name in names}


def form(client) -> dict[str, str]:
    """The form once the state is chosen, which makes tax and total final."""
    page = client.get("/en-br/checkout", {"country_area": RUA["country_area"]}).content.decode()
    return hidden(page, "key", "cart", "total")


def place(client, **changed: str) -> str:
    answer = client.post("/en-br/checkout", {**form(client), **RUA, "email": "ana@example.test", **changed})
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"]


def pay(client, path: str, number: str = GOOD, **changed: str):
    attempt = hidden(client.get(path).content.decode(), "attempt")
    return client.post(path, {**attempt, "card_number": number, "card_expiry": "08/30", "card_code": "123", **changed})


def test_a_guest_orders_pays_and_follows_the_order_without_an_account(shopper):
    thanks = pay(shopper, place(shopper))["Location"]
    page = shopper.get(thanks).content.decode()
    assert "Thank you, your order is paid" in page
    order = html.unescape(re.search(r'href="(/en-br/orders/[^"]+)"', page)[1])
    assert "Being prepared" in shopper.get(order).content.decode()
    assert shopper.get(order.partition("?")[0]).status_code == 404


def test_the_same_form_sent_twice_is_one_order(shopper):
    filled = {**form(shopper), **RUA, "email": "ana@example.test"}
    first, second = (shopper.post("/en-br/checkout", filled)["Location"] for _ in range(2))
    assert first == second
    assert Order.objects.count() == 1


def test_what_was_typed_wrong_is_kept_and_said_where_it_stands(shopper):
    wrong = {**form(shopper), **RUA, "email": "ana@example.test", "postal_code": "zz"}
    answer = shopper.post("/en-br/checkout", wrong)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="zz"' in page
    assert 'value="Rua das Flores 12"' in page
    assert 'value="ana@example.test"' in page
    assert not Order.objects.exists()


def test_a_price_that_changed_is_shown_and_only_ordered_when_confirmed(shopper):
    filled = {**form(shopper), **RUA, "email": "ana@example.test"}
    Variant.objects.update(price_minor=2000)
    answer = shopper.post("/en-br/checkout", filled)
    assert answer.status_code == 409
    assert "The price has changed" in answer.content.decode()
    again = hidden(answer.content.decode(), "key", "cart", "total")
    assert shopper.post("/en-br/checkout", {**filled, **again}).status_code == 302


def test_what_sold_out_meanwhile_sends_back_to_the_cart_with_the_reason(shopper):
    filled = {**form(shopper), **RUA, "email": "ana@example.test"}
    Variant.objects.update(stock=1)
    answer = shopper.post("/en-br/checkout", filled)
    assert answer["Location"] == "/en-br/cart"
    assert "Only 1 left" in shopper.get("/en-br/cart").content.decode()


def test_an_account_delivers_to_its_address_book_without_typing(client, lamp):
    user = factories.user(name="Ana Lima")
    client.force_login(user)
    client.post("/en-br/cart/lines", {"variant": lamp.pk})
    row = add_address(user_id=user.pk, typed=asdict(factories.shipping_address("BR")), default=True, at=clock.now())
    page = client.get("/en-br/checkout").content.decode()
    assert f'value="{row.id}" checked' in page
    answer = client.post("/en-br/checkout", {**hidden(page, "key", "cart", "total"), "address": str(row.id)})
    assert "key=" not in answer["Location"]
    assert Order.objects.get().address["city"] == "São Paulo"
    assert Order.objects.get().number in client.get("/en-br/orders").content.decode()


def test_a_new_address_joins_the_book_when_asked(client, lamp):
    user = factories.user()
    client.force_login(user)
    client.post("/en-br/cart/lines", {"variant": lamp.pk})
    place(client, save="on")
    assert user.addresses.get().city == "São Paulo"


def test_a_declined_card_is_explained_and_another_tried(shopper):
    path = place(shopper)
    assert pay(shopper, path, DECLINED)["Location"] == path
    assert "There is not enough money on the card" in shopper.get(path).content.decode()
    assert "thanks" in pay(shopper, path)["Location"]


def test_a_card_typed_wrong_is_said_and_never_shown_again(shopper):
    answer = pay(shopper, place(shopper), "4000123412341234")
    assert answer.status_code == 422
    assert "4000123412341234" not in answer.content.decode()
    assert "test cards" in answer.content.decode()


@pytest.mark.parametrize(("answer", "ends_at"), [("confirm", "thanks"), ("refuse", "payment")])
def test_the_bank_asks_and_sends_the_buyer_back(shopper, answer, ends_at):
    path = place(shopper)
    bank = pay(shopper, path, CONFIRM)["Location"]
    assert bank.startswith("/en-br/bank/")
    assert "Your bank asks you to confirm" in shopper.get(bank).content.decode()
    back = shopper.post(bank, {"answer": answer})["Location"]
    assert f"/{ends_at}?key=" in shopper.get(back)["Location"]


def test_a_slow_payment_waits_on_the_page_and_ends_by_webhook(shopper):
    path = place(shopper)
    assert pay(shopper, path, SLOW)["Location"] == path
    assert "We are waiting for the bank" in shopper.get(path).content.decode()
    payment = Payment.objects.get()
    body = f'{{"id": "e1", "payment": "{payment.pk}", "charge": "c", "state": "paid"}}'.encode()
    signed = signature.sign(sandbox.secret(), body, clock.now())
    for _ in range(2):
        told = shopper.post(
            "/webhooks/payments/sandbox", body, content_type="application/json", headers={signature.HEADER: signed}
        )
        assert told.status_code == 204
    assert "thanks" in shopper.get(path)["Location"]
    assert Purchase.objects.get().state == "paid"


def test_a_webhook_nobody_signed_is_refused(client):
    assert client.post("/webhooks/payments/sandbox", b"{}", content_type="application/json").status_code == 403
    assert client.post("/webhooks/payments/nobody", b"{}", content_type="application/json").status_code == 404


@pytest.mark.parametrize("path", ["payment", "return", "thanks"])
def test_another_visitor_sees_nothing_of_a_purchase(shopper, path):
    purchase = place(shopper).split("/")[3]
    assert Client().get(f"/en-br/checkout/{purchase}/{path}").status_code == 404
    assert Client().get(f"/en-br/checkout/{purchase}/{path}?key={'0' * 32}").status_code == 404


def test_the_pages_cost_a_fixed_number_of_statements(shopper, django_assert_max_num_queries):
    shopper.get("/en-br/checkout")
    with django_assert_max_num_queries(4):
        shopper.get("/en-br/checkout")
    path = place(shopper)
    with django_assert_max_num_queries(6):
        shopper.get(path)


def test_a_purchase_that_cannot_be_paid_any_more_says_so(shopper):
    path = place(shopper)
    filled = hidden(shopper.get(path).content.decode(), "attempt")
    Purchase.objects.update(state="lapsed")
    answer = shopper.post(path, {**filled, "card_number": GOOD, "card_expiry": "08/30", "card_code": "123"})
    assert answer["Location"] == path
    assert "This order is closed" in shopper.get(path).content.decode()
