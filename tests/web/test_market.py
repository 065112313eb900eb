from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from caravan.people.models import User
from caravan.trade.models import FxRate
from caravan.web.alternates import alternates, canonical
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def rates():
    for currency, per_eur in (("USD", "1.1"), ("BRL", "6"), ("KZT", "520")):
        FxRate.objects.create(currency=currency, as_of=date(2020, 1, 2), per_eur=Decimal(per_eur), source="ECB")


def choose(client, country="BR", language="pt", currency="BRL", **more):
    return client.post("/en-us/market", {"country": country, "language": language, "currency": currency, **more})


def test_a_choice_sends_one_to_the_same_page_of_the_other_market_and_is_remembered(client):
    answer = choose(client, next="/en-us/rankings?period=7d")
    assert (answer.status_code, answer["location"]) == (303, "/pt-br/rankings?period=7d")
    assert client.cookies["market"].value == "pt-br:BRL"
    assert client.get("/")["location"] == "/pt-br/"


def test_any_country_goes_with_any_language_and_any_currency_that_has_a_rate(client):
    choose(client, country="KZ", language="es", currency="USD")
    assert client.cookies["market"].value == "es-kz:USD"
    page = client.get("/es-kz/market").content.decode()
    assert '<option value="KZ" selected>Kazajistán' in page
    assert '<option value="USD" selected>' in page


def test_a_currency_without_a_rate_gives_way_to_one_with(client):
    choose(client, country="PL", language="en", currency="PLN")
    assert client.cookies["market"].value == "en-pl:USD"


def test_the_account_remembers_the_choice_on_every_device(client):
    ana = factories.user()
    client.force_login(ana)
    choose(client)
    ana = User.objects.get(pk=ana.pk)
    assert (ana.country, ana.language, ana.currency) == ("BR", "pt", "BRL")
    client.cookies.pop("market")
    assert client.get("/")["location"] == "/pt-br/"


@pytest.mark.parametrize("next_page", ["https://evil.test/", "//evil.test", "/\\evil.test", "javascript:alert(1)", "evil", ""])
def test_a_choice_never_leads_to_another_site(client, next_page):
    assert choose(client, next=next_page)["location"] == "/pt-br/"


@pytest.mark.parametrize(("country", "language"), [("XX", "en"), ("BR", "tlh"), ("", "")])
def test_a_market_there_is_not_is_refused(client, country, language):
    assert choose(client, country=country, language=language).status_code == 422
    assert "market" not in client.cookies


def test_the_countries_are_named_and_sorted_in_the_visitors_language(client):
    page = client.get("/ru-kz/market").content.decode()
    assert page.index("Австралия") < page.index("Бразилия") < page.index("Япония")


def test_a_page_names_itself_in_every_announced_market_once():
    found = alternates("/pt-br/p/lamp-1", site="https://shop.test")
    by_code = {one.code: one.url for one in found}
    assert len(by_code) == len(found)
    assert by_code["pt-BR"] == "https://shop.test/pt-br/p/lamp-1"
    assert by_code["ru-KZ"] == "https://shop.test/ru-kz/p/lamp-1"
    assert by_code["ru"] == "https://shop.test/ru-ru/p/lamp-1"
    assert by_code["x-default"] == "https://shop.test/p/lamp-1"


def test_every_alternate_leads_back_to_the_same_list():
    first = alternates("/en-us/", site="https://shop.test")
    assert all(alternates(one.url.removeprefix("https://shop.test"), "https://shop.test") == first for one in first[:-1])
    assert alternates("/api/v1/products") == []


def test_the_canonical_address_has_no_query():
    assert canonical("/en-us/search", "https://shop.test") == "https://shop.test/en-us/search"
