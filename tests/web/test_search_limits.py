"""Searching is free for people, and dear for who copies the catalogue."""

from __future__ import annotations

import pytest
from django.test import Client

from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def market(settings, tmp_path):
    settings.SEARCH_ROOT = tmp_path / "search"
    factories.rates()


def test_a_scraper_is_told_when_to_come_back_and_its_neighbours_go_on(settings):
    settings.SEARCHES_PER_MINUTE = 2
    scraper, neighbour = Client(REMOTE_ADDR="198.51.100.8"), Client(REMOTE_ADDR="198.51.100.9")
    answers = [scraper.get(f"/en-us/search?q={n}") for n in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert int(answers[-1]["Retry-After"]) >= 1
    assert neighbour.get("/en-us/search?q=1").status_code == 200


def test_suggestions_while_typing_cost_a_fifth(settings):
    settings.SEARCHES_PER_MINUTE = 1
    typing = Client(REMOTE_ADDR="198.51.100.10")
    assert [typing.get("/en-us/search/suggest?q=la").status_code for _ in range(6)] == [200] * 5 + [429]


def test_a_currency_without_a_rate_in_the_cookie_is_the_markets_own(client):
    client.cookies["market"] = "en-us:XAU"
    page = client.get("/en-us/search?q=lamp")
    assert page.status_code == 200
    assert "US · USD" in page.content.decode()
