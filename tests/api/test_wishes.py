from __future__ import annotations

import json

import pytest

from caravan.catalog.models import Variant
from caravan.people.actions.notices import announce
from caravan.people.actions.tokens import create_token
from caravan.people.queries.notices import unread_count
from tests import factories
from tests.factories import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana():
    return factories.user("ana@example.test")


@pytest.fixture
def ask(client, ana):
    """The API, as ana's program asks it."""
    headers = {"HTTP_AUTHORIZATION": f"Bearer {create_token(user_id=ana.pk, name='test', at=AT)}"}

    def asked(method, path, body=None, status=200):
        sent = {"data": json.dumps(body), "content_type": "application/json"} if body is not None else {}
        answer = client.generic(method, f"/api/v1/{path}", **sent, **headers)
        assert answer.status_code == status, answer.content
        return answer.json() if answer.content else None

    return asked


@pytest.fixture
def lamp():
    factories.rates()
    return factories.product(factories.store(slug="lumen", name="Lumen"), factories.category("lamps"), title="Brass lamp")


def test_a_program_wishes_sees_the_price_fall_and_takes_the_wish_back(ask, lamp):
    ask("POST", "wishes", {"product_id": str(lamp.pk)}, status=204)
    Variant.objects.update(price_minor=800)
    (wish,) = ask("GET", "wishes")["items"]
    assert (wish["id"], wish["name"], wish["market"], wish["in_stock"]) == (str(lamp.pk), "Brass lamp", "US", True)
    assert (wish["price_then"]["amount"], wish["price_now"]["amount"]) == ("10.00", "8.00")
    ask("DELETE", f"wishes/{lamp.pk}", status=204)
    assert ask("GET", "wishes") == {"items": [], "next": None}


def test_what_is_not_sold_cannot_be_wished_for(ask, lamp):
    type(lamp).objects.update(status="draft")
    assert ask("POST", "wishes", {"product_id": str(lamp.pk)}, status=404)["code"] == "product.unknown"


def test_wishes_come_in_parts(ask, lamp):
    for product in (lamp, *(factories.product(lamp.store, lamp.category) for _ in range(2))):
        ask("POST", "wishes", {"product_id": str(product.pk)}, status=204)
    first = ask("GET", "wishes?limit=2")
    rest = ask("GET", f"wishes?limit=2&cursor={first['next']}")
    assert len(first["items"]) == 2
    assert (rest["items"][0]["id"], rest["next"]) == (str(lamp.pk), None)
    assert ask("GET", "wishes?limit=101", status=422)["code"] == "limit"


def test_a_program_follows_a_store_and_leaves_it(ask, lamp):
    ask("POST", "following", {"store": "lumen"}, status=204)
    assert [(one["id"], one["name"]) for one in ask("GET", "following")["items"]] == [("lumen", "Lumen")]
    ask("DELETE", "following/lumen", status=204)
    assert ask("GET", "following")["items"] == []
    ask("POST", "following", {"store": "nowhere"}, status=404)


def test_notices_are_read_in_the_language_asked_for(ask, ana):
    announce(user_id=ana.pk, code="back_in_stock", cause="1", about={"product": "Lamp"}, url="/p/lamp/", at=AT)
    (notice,) = ask("GET", "notices?lang=en")["items"]
    assert (notice["code"], notice["name"], notice["url"], notice["read"]) == (
        "back_in_stock", "Lamp is back in stock", "/p/lamp/", False,
    )  # fmt: skip
    ask("POST", "notices/reading", status=204)
    assert unread_count(user_id=ana.pk) == 0
    assert ask("GET", "notices")["items"][0]["read"]


def test_without_a_token_there_is_no_list(client):
    for path in ("wishes", "following", "notices"):
        assert client.get(f"/api/v1/{path}").status_code == 401
