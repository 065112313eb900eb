from __future__ import annotations

import json

import pytest

from caravan.api.openapi import document
from caravan.kernel.clock import now
from caravan.people.actions.tokens import create_token
from caravan.trade.actions.rates import refresh_rates
from tests import factories

pytestmark = pytest.mark.django_db

ADDRESS = {
    "name": "Ana Souza", "country_code": "BR", "street_address": "Rua das Flores 12", "city": "São Paulo", "country_area": "SP",
    "postal_code": "01310-100", "phone": "+5511987654321",
}  # fmt: skip


@pytest.fixture(autouse=True)
def rates():
    refresh_rates(since=now().date().replace(day=1, month=1))


@pytest.fixture
def variant():
    goods = factories.product(factories.store(factories.user()), factories.category(), price_minor=1250, stock=5)
    return goods.variants.get()


def post(client, path, body=None, **headers):
    return client.post(f"/api/v1/{path}", json.dumps(body or {}), content_type="application/json", headers=headers)


def bearer(user) -> dict[str, str]:
    return {"authorization": f"Bearer {create_token(user_id=user.pk, name='test', at=now())}"}


def test_a_guest_buys_by_api_and_the_order_is_paid(client, variant):
    cart = post(client, "carts?market=BR&currency=BRL").json()
    post(client, f"carts/{cart['id']}/lines?market=BR", {"variant_id": str(variant.pk), "quantity": 2})
    filled = client.get(f"/api/v1/carts/{cart['id']}?market=BR&region=SP").json()
    assert filled["ready"]
    assert filled["parcels"][0]["landed"]["regime"] == "remessa-50"
    assert filled["total"]["currency"] == "BRL"
    checkout = {"address": ADDRESS, "total": f"{filled['total']['amount']} BRL", "email": "ana@example.test"}
    placed = post(client, f"carts/{cart['id']}/checkout?market=BR", checkout, **{"idempotency-key": "k1"})
    assert placed.status_code == 201, placed.content
    again = post(client, f"carts/{cart['id']}/checkout?market=BR", checkout, **{"idempotency-key": "k1"})
    assert again.json()["id"] == placed.json()["id"]
    number, key = placed.json()["orders"][0]["id"], placed.json()["key"]
    card = {"number": "4242424242424242", "expiry": "12/30", "code": "123"}
    astray = post(client, f"orders/{number}/payment?key={key}", {**card, "return_url": "https://evil.example/"})
    assert (astray.status_code, astray.json()["code"]) == (422, "payment.return_url")
    assert post(client, f"orders/{number}/payment?key={key}", card).json()["state"] == "paid"
    assert client.get(f"/api/v1/orders/{number}?key={key}").json()["payment"] == "paid"
    assert client.get(f"/api/v1/orders/{number}").status_code == 404


def test_a_price_that_changed_is_told_and_nothing_is_ordered(client, variant):
    cart = post(client, "carts?market=BR").json()
    post(client, f"carts/{cart['id']}/lines?market=BR", {"variant_id": str(variant.pk)})
    checkout = {"address": ADDRESS, "total": "0.01 BRL", "email": "ana@example.test"}
    refused = post(client, f"carts/{cart['id']}/checkout?market=BR", checkout, **{"idempotency-key": "k1"})
    assert refused.status_code == 409
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.json()["code"] == "price.changed"
    variant.refresh_from_db()
    assert variant.stock == 5


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("nothing", 404, "address"),
        ("markets/XX", 404, "market.unknown"),
        ("rankings/products?period=1y", 422, "request.invalid"),
        ("rankings/products?cursor=-1", 400, "cursor"),
        ("rankings/products?market=ZZZ", 422, "market.unknown"),
        ("orders", 401, "token.missing"),
        ("stores/none", 404, "store.unknown"),
    ],
)
def test_a_refusal_is_problem_details_with_a_stable_code(client, path, status, code):
    response = client.get(f"/api/v1/{path}")
    assert (response.status_code, response.json()["code"]) == (status, code)
    assert response.json()["detail"]


def test_a_body_that_is_not_what_was_asked_for_names_the_field(client):
    cart = post(client, "carts").json()
    wrong = post(client, f"carts/{cart['id']}/lines", {"variant_id": "x"})
    assert wrong.status_code == 422
    assert "variant_id" in wrong.json()["fields"]
    assert client.post(f"/api/v1/carts/{cart['id']}/lines", "{", content_type="application/json").status_code == 400


def test_a_revoked_or_made_up_token_is_refused_even_where_none_is_needed(client):
    response = client.get("/api/v1/markets", headers={"authorization": "Bearer cvn_nonsense"})
    assert response.status_code == 401
    assert response.headers["www-authenticate"] == "Bearer"


def test_a_stranger_cannot_reach_anothers_cart(client, variant):
    owner = factories.user()
    cart = post(client, "carts", **bearer(owner)).json()
    assert client.get(f"/api/v1/carts/{cart['id']}").status_code == 404
    assert client.get(f"/api/v1/carts/{cart['id']}", headers=bearer(factories.user())).status_code == 404


def test_the_wrong_method_is_told_the_right_ones(client):
    response = client.delete("/api/v1/markets")
    assert (response.status_code, response.headers["allow"]) == (405, "GET, HEAD")


def test_lists_answer_items_and_next(client):
    for path in ("markets", "categories", "rankings/products", "rankings/stores"):
        answer = client.get(f"/api/v1/{path}").json()
        assert isinstance(answer["items"], list)
        assert answer["next"] is None


def test_the_description_names_every_endpoint_and_each_schema_it_refers_to():
    described = json.loads(document())
    assert described["openapi"] == "3.1.0"
    text = document().decode()
    for name in {part.split('"')[0] for part in text.split("#/components/schemas/")[1:]}:
        assert name in described["components"]["schemas"]


def test_reads_are_limited_per_caller(client, monkeypatch):
    from caravan.api import dispatch
    from caravan.people.rules.limits import Limit

    monkeypatch.setattr(dispatch, "READS", Limit(rate=0.01, burst=2))
    codes = [client.get("/api/v1/markets/BR", REMOTE_ADDR="203.0.113.9").status_code for _ in range(3)]
    assert codes == [200, 200, 429]


def test_a_product_is_priced_for_the_market_and_lists_say_how_to_go_on(client, variant):
    one = client.get(f"/api/v1/products/{variant.product_id}?market=BR&lang=pt").json()
    assert one["variants"][0]["price"]["currency"] == "BRL"
    assert one["variants"][0]["list_price"] == {"amount": "12.50", "minor": 1250, "currency": "USD"}
    assert client.get("/api/v1/products/00000000-0000-0000-0000-000000000000").json()["code"] == "product.unknown"
    for path in ("products?limit=2", "search?q=thing&sort=price_asc"):
        answer = client.get(f"/api/v1/{path}").json()
        assert answer["items"] == []  # nothing is indexed yet, and that is no error
        assert answer["next"] is None
    assert client.get("/api/v1/products?limit=1000").status_code == 422


def test_whatever_is_asked_below_the_api_is_answered_by_it(client):
    for address in ("/api/v1/none", "/api/v1/carts/a%0Ab/lines", "/api/%00"):
        answer = client.get(address)
        assert (answer.status_code, answer["content-type"]) == (404, "application/problem+json")


def test_cards_are_not_tried_by_the_hundred(client):
    card = {"number": "4242424242424242", "expiry": "12/30", "code": "123"}
    answers = [post(client, "orders/C-NONE/payment?key=k", card).status_code for _ in range(31)]
    assert (answers[0], answers[-1]) == (404, 429)


def test_guests_behind_our_proxy_are_counted_each_by_their_own_address(client, settings):
    settings.BEHIND_PROXY = True
    card = {"number": "4242424242424242", "expiry": "12/30", "code": "123"}
    for _ in range(31):
        post(client, "orders/C-NONE/payment?key=k", card, **{"x-forwarded-for": "203.0.113.7"})
    assert post(client, "orders/C-NONE/payment?key=k", card, **{"x-forwarded-for": "203.0.113.8"}).status_code == 404
