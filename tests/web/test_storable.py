from __future__ import annotations

import pytest

from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/en-us/search?q=a%00b", "/en-us/orders/%00", "/en-us/c/%00/"])
def test_an_address_with_a_nul_character_is_refused_and_breaks_nothing(client, address):
    assert client.get(address).status_code == 400


def test_so_is_a_form(client):
    client.force_login(factories.user())
    answer = client.post("/en-us/account/profile", {"name": "Ana\x00"})
    assert answer.status_code == 400
    assert "no text can hold" in answer.content.decode()


def test_the_api_knows_nothing_by_such_a_name(client):
    for address in ("/api/v1/orders/%00?key=k", "/api/v1/stores/%00", "/api/v1/markets/%00"):
        answer = client.get(address)
        assert (answer.status_code, answer["content-type"]) == (404, "application/problem+json")


def test_a_request_that_would_fill_the_disk_is_refused_unread(client):
    answer = client.post("/en-us/sign-in", {"login": "a"}, CONTENT_LENGTH=str(300_000_000))
    assert answer.status_code == 400
    assert "at once" in answer.content.decode()
