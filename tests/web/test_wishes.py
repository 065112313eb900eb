from __future__ import annotations

import re

import pytest

from caravan.catalog.actions import withdraw_product
from caravan.catalog.models import Variant
from caravan.catalog.queries import is_wished, wishes_of
from caravan.stores.queries import follows
from tests import factories
from tests.factories import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def seller():
    return factories.user()


@pytest.fixture
def lamp(seller):
    factories.rates()
    return factories.product(factories.store(seller, slug="lumen", name="Lumen"), factories.category("lamps"), title="Brass lamp")


@pytest.fixture
def page(lamp):
    return f"/en-us/p/{lamp.slug}/{lamp.pk}/"


def pressed(client, path, page, wanted="1"):
    return client.post(path, {"wanted": wanted, "next": page})


def test_the_heart_puts_a_product_on_the_list_and_takes_it_off(client, lamp, page):
    ana = factories.user()
    client.force_login(ana)
    assert "Put on the wish-list" in client.get(page).content.decode()
    assert pressed(client, f"/en-us/wishes/{lamp.pk}", page)["location"] == page
    assert "Take off the wish-list" in client.get(page).content.decode()
    assert "Brass lamp" in client.get("/en-us/account/wishes").content.decode()
    pressed(client, f"/en-us/wishes/{lamp.pk}", page, "0")
    assert not is_wished(user_id=ana.pk, product_id=lamp.pk)


def test_the_list_says_what_it_cost_then_and_what_it_costs_now(client, lamp, page):
    client.force_login(factories.user())
    pressed(client, f"/en-us/wishes/{lamp.pk}", page)
    Variant.objects.update(price_minor=800)
    text = re.sub(r"<[^>]+>|\s+", " ", client.get("/en-us/account/wishes").content.decode())
    assert "$8.00" in text
    assert "20% less" in text
    assert "$10.00 on" in text


def test_what_is_no_longer_sold_stays_on_the_list_and_says_so(client, lamp, page, seller):
    client.force_login(factories.user())
    pressed(client, f"/en-us/wishes/{lamp.pk}", page)
    withdraw_product(user_id=seller.pk, store=lamp.store.slug, product_id=lamp.pk, at=AT)
    assert "No longer sold" in client.get("/en-us/account/wishes").content.decode()


def test_a_guest_who_presses_the_heart_signs_in_and_finds_it_pressed(client, lamp, page):
    ana = factories.proven(factories.user("ana@example.test"))
    asked = pressed(client, f"/en-us/wishes/{lamp.pk}", page)
    assert asked["location"].startswith("/en-us/sign-in?next=")
    signed = client.post(asked["location"], {"login": ana.email, "password": "a-long-password"})
    done = client.get(signed["location"])
    assert done["location"] == page
    assert is_wished(user_id=ana.pk, product_id=lamp.pk)
    again = client.get("/en-us/account/pressed")  # once: nothing is pressed again by coming back
    assert again["location"] == "/en-us/account"
    assert len(wishes_of(user_id=ana.pk).rows) == 1


def test_a_guest_who_follows_a_store_signs_in_and_follows_it(client, lamp):
    ana = factories.proven(factories.user("ana@example.test"))
    asked = pressed(client, "/en-us/store/lumen/following", "/en-us/store/lumen/")
    signed = client.post(asked["location"], {"login": ana.email, "password": "a-long-password"})
    assert client.get(signed["location"])["location"] == "/en-us/store/lumen/"
    assert follows(user_id=ana.pk, store_id=lamp.store_id)
    text = client.get("/en-us/store/lumen/").content.decode()
    assert "1 follower" in text
    assert "Stop following" in text
    assert "Lumen" in client.get("/en-us/account/following").content.decode()
    pressed(client, "/en-us/store/lumen/following", "/en-us/account/following", "0")
    assert not follows(user_id=ana.pk, store_id=lamp.store_id)


def test_only_what_may_wait_for_a_sign_in_is_done_after_one(client, lamp):
    """What stands in a session was put there by us; were it ever something else, it would not be run."""
    session = client.session
    session["pressed"] = {"path": "/account/data/deletion", "form": "password=a-long-password"}
    session.save()
    client.cookies["sessionid"] = session.session_key
    ana = factories.user()
    client.force_login(ana)
    assert client.get("/en-us/account/pressed")["location"] == "/en-us/account"
    ana.refresh_from_db()
    assert ana.is_active
