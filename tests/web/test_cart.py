from __future__ import annotations

import re

import pytest
from django.db import connection

from caravan.catalog.models import Attribute, AttributeName, Variant
from caravan.catalog.queries.categories import forget
from caravan.signals.actions import record
from caravan.trade.models import Cart
from caravan.trade.queries.carts import cart_count
from caravan.trade.rules.cart import CartOwner
from tests import factories

pytestmark = pytest.mark.django_db
BROWSER = "Mozilla/5.0"


@pytest.fixture
def lamp() -> Variant:
    factories.rates()
    return factories.product(factories.store(name="Lumen"), factories.category(), title="Brass lamp").variants.get()


def add(client, variant: Variant, quantity: int = 1):
    return client.post("/en-br/cart/lines", {"variant": variant.pk, "quantity": quantity}, headers={"user-agent": BROWSER})


def page(client, path: str = "/en-br/cart") -> str:
    return client.get(path).content.decode()


def test_an_empty_cart_says_so_and_where_to_go(client):
    assert "Nothing in the cart yet" in page(client)


def test_a_guest_finds_the_cart_again_by_the_cookie_alone(client, lamp):
    assert add(client, lamp, 2)["Location"] == "/en-br/cart"
    seen = page(client)
    assert "Brass lamp" in seen
    assert "R$96.00" in seen
    assert 'href="/en-br/checkout"' in seen


def test_a_cookie_that_was_tampered_with_opens_nothing(client, lamp):
    add(client, lamp)
    client.cookies["cart"] = client.cookies["cart"].value[:-1] + "x"
    assert "Brass lamp" not in page(client)


def test_the_price_is_explained(client, lamp):
    add(client, lamp)
    seen = page(client)
    assert "The store&#39;s price" in seen
    assert "1 USD = 4.8 BRL (ECB, Mar 2, 2026)" in seen


def test_options_are_called_as_on_the_products_page(client, lamp):
    color = Attribute.objects.create(code="color", kind="choice", choices=["black"], is_option=True)
    AttributeName.objects.create(attribute=color, value="black", language="en", name="Coal black")
    forget()
    lamp.options = [["color", "black"], ["cord", "3 m"]]
    lamp.save()
    add(client, lamp)
    assert "Coal black · 3 m" in page(client)


def test_a_quantity_is_changed_and_a_line_taken_out(client, lamp):
    add(client, lamp)
    client.post(f"/en-br/cart/lines/{lamp.pk}", {"quantity": "3"})
    assert 'value="3"' in page(client)
    client.post(f"/en-br/cart/lines/{lamp.pk}", {"quantity": "3", "remove": "1"})
    assert "Nothing in the cart yet" in page(client)


def test_enter_in_the_quantity_does_not_press_the_button_that_takes_the_line_out(client, lamp):
    add(client, lamp)
    [form] = [f for f in re.findall(r"<form.*?</form>", page(client), re.S) if 'name="quantity"' in f]
    assert 'name="remove"' not in form


@pytest.mark.parametrize("quantity", ["", "0x", "-3", "99999999999", "11"])
def test_a_quantity_that_cannot_be_had_is_explained_and_the_line_stays(client, lamp, quantity):
    add(client, lamp)
    client.post(f"/en-br/cart/lines/{lamp.pk}", {"quantity": quantity})
    assert 'class="alert alert-bad"' in page(client)
    assert 'value="1"' in page(client)


@pytest.mark.parametrize("variant", ["", "nonsense", "7b0d9f3e-1111-4111-8111-111111111111"])
def test_what_does_not_exist_is_never_a_broken_page(client, variant):
    assert client.post("/en-br/cart/lines", {"variant": variant}).status_code in (302, 404)


def test_a_line_that_sold_out_is_said_so_and_bars_the_checkout(client, lamp):
    add(client, lamp)
    Variant.objects.update(stock=0)
    seen = page(client)
    assert "Sold out for now" in seen
    assert 'href="/en-br/checkout"' not in seen


def test_the_guests_cart_comes_along_at_sign_in(client, lamp):
    add(client, lamp, 2)
    user = factories.user("ana@example.test")
    client.post("/en-br/sign-in", {"login": "ana@example.test", "password": "a-long-password"})
    assert cart_count(owner=CartOwner(user_id=user.pk)) == 2
    assert "Brass lamp" in page(client)
    assert Cart.objects.count() == 1


def test_putting_into_and_taking_out_of_the_cart_is_noted_for_market_figures(client, lamp):
    add(client, lamp)
    client.post(f"/en-br/cart/lines/{lamp.pk}", {"remove": "1"}, headers={"user-agent": BROWSER})
    record.flush()
    with connection.cursor() as cursor:
        cursor.execute("SELECT kind FROM signals_signal WHERE product_id = %s ORDER BY at", [lamp.product_id])
        assert cursor.fetchall() == [("cart_add",), ("cart_remove",)]


def test_the_page_costs_the_same_however_full_the_cart(client, lamp, django_assert_max_num_queries):
    goods = factories.product(factories.store(), factories.category())
    for variant in (lamp, *(factories.variant(goods) for _ in range(8))):
        add(client, variant)
    page(client)
    with django_assert_max_num_queries(3):
        assert page(client).count('name="remove"') == 9
