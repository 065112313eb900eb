from __future__ import annotations

import re

import pytest

from caravan.people.queries.addresses import addresses_of
from tests import factories

pytestmark = pytest.mark.django_db

PARIS_TEXAS = {
    "name": "Ana Lima", "country_code": "US", "street_address": "1 Main St", "city": "Paris", "country_area": "TX",
    "postal_code": "75460", "phone": "(903) 784-9200",
}  # fmt: skip


@pytest.fixture
def ana(client):
    user = factories.user(name="Ana Lima")
    client.force_login(user)
    return user


def inputs(page: str) -> list[str]:
    return re.findall(r'<(?:input|select)[^>]* name="(\w+)" id="id_', page)


def test_an_address_is_added_edited_and_removed(client, ana):
    assert 'value="Ana Lima"' in client.get("/en-us/account/addresses/new").content.decode()
    client.post("/en-us/account/addresses/new", PARIS_TEXAS)
    (row,) = addresses_of(user_id=ana.pk)
    assert (row.address.city, row.address.phone, row.is_default) == ("Paris", "+19037849200", True)
    page = f"/en-us/account/addresses/{row.id}"
    assert 'value="75460"' in client.get(page).content.decode()
    client.post(page, {**PARIS_TEXAS, "street_address": "2 Main St"})
    assert "2 Main St" in client.get("/en-us/account/addresses").content.decode()
    client.post(f"{page}/removal")
    assert addresses_of(user_id=ana.pk) == []


def test_a_refused_address_keeps_what_was_typed_and_says_what_to_do(client, ana):
    answer = client.post("/en-us/account/addresses/new", {**PARIS_TEXAS, "postal_code": "99999"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="99999"' in page
    assert 'value="1 Main St"' in page
    assert re.search(r'<option value="TX" selected>', page)
    assert "belongs to another region" in page
    assert (
        "not a postal code" in client.post("/en-us/account/addresses/new", {**PARIS_TEXAS, "postal_code": "x"}).content.decode()
    )


@pytest.mark.parametrize(
    ("country", "asked", "label"),
    [
        ("PL", ["country_code", "name", "company_name", "street_address", "postal_code", "city", "phone"], "Postal code"),
        (
            "US",
            ["country_code", "name", "company_name", "street_address", "city", "country_area", "postal_code", "phone"],
            "ZIP code",
        ),
        ("GB", ["country_code", "name", "company_name", "street_address", "city", "postal_code", "phone"], "Post town"),
    ],
)
def test_choosing_a_country_redraws_its_own_form_with_and_without_scripts(client, ana, country, asked, label):
    typed = {**PARIS_TEXAS, "country_code": country}
    fields = client.post("/en-us/account/addresses/fields", typed).content.decode()
    page = client.post("/en-us/account/addresses/new", {**typed, "update_address": "1"}).content.decode()
    for drawn in (fields, page):
        assert [name for name in inputs(drawn) if name in {*PARIS_TEXAS, "company_name", "city_area"}] == asked
        assert label in drawn
        assert 'value="1 Main St"' in drawn
    assert addresses_of(user_id=ana.pk) == []


def test_guests_may_have_the_fields_redrawn_too(client):
    assert "Street" in client.post("/en-us/account/addresses/fields", {"country_code": "BR"}).content.decode()


def test_a_country_there_is_not_falls_back_to_the_visitors(client):
    page = client.post("/en-pl/account/addresses/fields", {"country_code": "XX"}).content.decode()
    assert '<option value="PL" selected>' in page


def test_anothers_address_is_nowhere(client, ana):
    client.post("/en-us/account/addresses/new", PARIS_TEXAS)
    page = f"/en-us/account/addresses/{addresses_of(user_id=ana.pk)[0].id}"
    client.force_login(factories.user())
    assert client.get(page).status_code == client.post(f"{page}/removal").status_code == 404
    assert len(addresses_of(user_id=ana.pk)) == 1


def test_after_saving_one_returns_to_the_checkout_but_to_no_other_site(client, ana):
    for wanted, lands in (("/en-us/checkout", "/en-us/checkout"), ("https://evil.test", "/en-us/account/addresses")):
        answer = client.post("/en-us/account/addresses/new", {**PARIS_TEXAS, "next": wanted})
        assert answer["location"] == lands
