"""What the hot addresses may cost, in SQL statements and in bytes: fixed figures, whatever the size of the market. Never timed;
`bench.pages` is for that. Upper bounds for every other page stand in tests/journeys/pages/table.py."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client

from bench import buyers
from bench.shoppers import ADDRESS, CARD
from caravan.catalog.models import Picture, Variant
from caravan.kernel import markets
from tests import factories
from tests.search import shop
from tests.web.published import publish

pytestmark = pytest.mark.django_db
FULL = 48  # products on a page of a list

# Statements when the process is warm: the category tree and the rates are kept in it for a minute.
STATEMENTS = {
    "/en-us/c/lamps/": 1,
    "/en-us/search?q=lamp": 1,
    "/en-us/p/{slug}/{id}/": 8,
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


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements of the block, as they are asked; what begins and ends a transaction is not among them."""
    asked: list[str] = []

    def counting(execute, sql, *arguments):
        if not sql.startswith(("SAVEPOINT", "RELEASE")):
            asked.append(sql)
        return execute(sql, *arguments)

    with connection.execute_wrapper(counting):
        yield asked


def answered(address: str) -> tuple[int, bytes]:
    """Statements and body of the answer to a visitor who is not signed in."""
    with shop.looking_at_once(), counted() as asked:
        response = Client().get(address)
    assert response.status_code == 200, response.content[:500]
    return len(asked), response.content


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


@pytest.mark.parametrize("market", [4], indirect=True)
def test_a_whole_purchase_asks_thirty_questions_through_the_api_and_eighteen_through_the_actions(market):
    variant = Variant.objects.filter(product_id=market["id"]).get().pk
    assert [len(asked) for asked in (through_api(variant), through_api(variant))][1] == 30
    here = markets.market("BR")
    buyers.buy(variant, here, "once")
    with counted() as asked:
        buyers.buy(variant, here, "again")
    assert len(asked) == 18


def through_api(variant: UUID) -> list[str]:
    """The statements of a guest's cart, order and payment."""

    def post(path: str, body: object = None, **headers: str):
        answer = client.post(f"/api/v1/{path}", body, content_type="application/json", headers=headers)
        assert answer.status_code == 201, answer.content
        return answer.json()

    client, place = Client(), "market=BR&lang=pt&region=SP"
    with counted() as asked:
        cart = post(f"carts?{place}")
        cart = post(f"carts/{cart['id']}/lines?{place}", {"variant_id": str(variant)})
        wanted = {"address": ADDRESS, "total": f"{cart['total']['amount']} BRL", "email": f"{uuid4()}@example.test"}
        placed = post(f"carts/{cart['id']}/checkout?{place}", wanted, **{"idempotency-key": "once"})
        paid = post(f"orders/{placed['orders'][0]['id']}/payment?{place}&key={placed['key']}", CARD)
    assert paid["state"] == "paid"
    return asked
