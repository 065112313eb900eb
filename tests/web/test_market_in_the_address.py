from __future__ import annotations

import pytest
from django.urls import reverse

from caravan.kernel import markets
from caravan.web.market import entered

pytestmark = pytest.mark.django_db


def test_every_market_has_addresses_of_its_own_also_where_the_language_is_the_same():
    for code, language, prefix in (
        ("US", "en", "/en-us"),
        ("KZ", "en", "/en-kz"),
        ("ES", "es", "/es-es"),
        ("AR", "es", "/es-ar"),
    ):
        with entered(markets.market(code, language)):
            assert reverse("market") == f"{prefix}/market"
    assert reverse("market") == "/market"


@pytest.mark.parametrize("prefix", ["en-us", "en-au", "es-ar", "es-es", "ru-ru", "ru-kz"])
def test_a_page_links_to_pages_of_its_own_market(client, prefix):
    page = client.get(f"/{prefix}/sign-in").content.decode()
    assert f'action="/{prefix}/sign-in"' in page
    assert client.get(f"/{prefix}/account")["location"].startswith(f"/{prefix}/sign-in?next=%2F{prefix}%2Faccount")


def test_a_bare_address_is_sent_to_the_visitors_market(client):
    assert client.get("/market?x=1", headers={"accept-language": "pt-BR,pt"})["location"] == "/pt-br/market?x=1"


def test_what_belongs_to_no_market_is_found_under_none(client):
    assert client.get("/en-us/admin/").status_code == 404
    assert client.get("/admin/")["location"].startswith("/admin/login/")


@pytest.mark.parametrize("path", ["/xx-us/", "/en-xx/sign-in", "/tlh/"])
def test_a_market_there_is_not_is_no_market(client, path):
    assert client.get(path, headers={"accept-language": "en-US"})["location"] == f"/en-us{path}"
