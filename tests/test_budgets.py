"""What the hot addresses may cost, in SQL statements and in bytes: fixed figures, whatever the size of the market. Never timed;
`bench.pages` is for that. Upper bounds for every other page stand in tests/journeys/pages/table.py."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client

from caravan.catalog.models import Picture
from tests import factories
from tests.search import shop
from tests.web.published import publish

pytestmark = pytest.mark.django_db
FULL = 48  # products on a page of a list

# Statements when the process is warm: the category tree and the rates are kept in it for a minute.
STATEMENTS = {
    "/en-us/c/lamps/": 1,
    "/en-us/search?q=lamp": 1,
    "/en-us/p/{slug}/{id}/": 9,
    "/en-us/store/lumen/": 7,
    "/en-us/rankings/": 3,
    "/api/v1/products?category=lamps": 1,
    "/api/v1/products/{id}": 2,
    "/api/v1/search?q=lamp": 1,
    "/api/v1/rankings/products": 2,
}


@pytest.fixture(params=[4, 60])
def market(request, settings, tmp_path):
    """A market with so many products in one store and category; the address of one of them."""
    settings.SEARCH_ROOT = tmp_path / "search"
    factories.rates()
    store, lamps = factories.store(name="Lumen", slug="lumen"), factories.category("lamps")
    goods = [factories.product(store, lamps, title=f"Lamp number {n}") for n in range(request.param)]
    goods[0].version.pictures = [str(Picture.objects.create(digest="0" * 64, width=1280, height=1280).pk)]
    goods[0].version.save()
    publish("products", [(product.pk, 100 - n) for n, product in enumerate(goods)])
    shop.build()
    return {"slug": goods[0].slug, "id": goods[0].pk}


def answered(address: str) -> tuple[int, bytes]:
    """Statements and body of the answer to a visitor who is not signed in."""
    count = 0

    def counting(execute, *arguments):
        nonlocal count
        count += 1
        return execute(*arguments)

    with shop.looking_at_once(), connection.execute_wrapper(counting):
        response = Client().get(address)
    assert response.status_code == 200, response.content[:500]
    return count, response.content


@pytest.mark.parametrize("address", STATEMENTS)
def test_an_address_asks_the_same_few_questions_of_a_small_market_and_a_large_one(market, address):
    address, expected = address.format(**market), STATEMENTS[address]
    answered(address)
    assert answered(address)[0] == expected


@pytest.mark.parametrize("market", [60], indirect=True)
def test_a_full_page_of_a_list_is_light(market):
    _, html = answered("/en-us/c/lamps/")
    assert html.count(b'<li class="card">') == FULL
    assert len(html) < 100_000  # some 1.4 KB a card; over the wire it is packed by whoever terminates TLS
    _, json = answered("/api/v1/products?category=lamps&limit=48")
    assert len(json) < 48 * 1_000
