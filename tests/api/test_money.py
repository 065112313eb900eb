from __future__ import annotations

import json
from datetime import timedelta

import pytest

from caravan.people.actions.tokens import create_token
from caravan.stores.models import Store
from caravan.trade.actions.completing import receive_order
from caravan.trade.actions.fulfilment import ship_order
from caravan.trade.models import Order
from caravan.trade.queries.access import Viewer
from tests.factories import AT
from tests.trade.scene import pay, place, scene

pytestmark = pytest.mark.django_db


class Sale:
    """An order paid, and its store's own system with a token."""

    def __init__(self, client) -> None:
        self.scene = scene()
        self.placed = place(self.scene.owner)
        pay(self.placed)
        self.store = Store.objects.get(memberships__user_id=self.scene.seller_id)
        self.order = Order.objects.get(store=self.store)
        self.client = client
        self.token = {"authorization": f"Bearer {create_token(user_id=self.scene.seller_id, name='erp', at=AT)}"}

    def get(self, path: str):
        return self.client.get(f"/api/v1/{path}", headers=self.token)

    def post(self, path: str, body: object = None, *, buyer: bool = False):
        headers = {} if buyer else self.token
        return self.client.post(f"/api/v1/{path}", json.dumps(body or {}), content_type="application/json", headers=headers)

    def complete(self) -> None:
        ship_order(user_id=self.scene.seller_id, number=self.order.number, carrier="Post", tracking_code="X1", at=AT)
        receive_order(viewer=Viewer(key=self.placed.key), number=self.order.number, at=AT + timedelta(days=9))


@pytest.fixture
def sale(client) -> Sale:
    return Sale(client)


def test_a_statement_adds_up_to_the_balance(sale):
    sale.complete()
    [balance] = sale.get(f"stores/{sale.store.slug}/balances").json()["items"]
    [entry] = sale.get(f"stores/{sale.store.slug}/statement").json()["items"]
    assert balance["earned"]["minor"] == entry["amount"]["minor"] == entry["balance"]["minor"] > 0
    assert (entry["name"], entry["order"]) == ("completed", sale.order.number)
    assert balance["available"]["minor"] == 0


def test_a_store_gives_back_part_of_a_line_once_per_attempt(sale):
    line = sale.order.lines.get()
    body = {"attempt": "claim-7", "lines": [{"line_id": str(line.pk), "amount": "5.00 BRL"}], "shipping": "1.00 BRL"}
    first = sale.post(f"orders/{sale.order.number}/refunds", body)
    assert first.status_code == 201, first.content
    assert sale.post(f"orders/{sale.order.number}/refunds", body).json() == first.json()
    [refund] = sale.get(f"orders/{sale.order.number}/refunds").json()["items"]
    assert (refund["items"]["minor"], refund["shipping"]["minor"], refund["name"]) == (500, 100, "by_store")


@pytest.mark.parametrize("amount", ["1000000.00 BRL", "5.00 USD", "five"])
def test_what_cannot_be_given_back_is_refused_and_nothing_goes(sale, amount):
    body = {"attempt": "x", "lines": [{"line_id": str(sale.order.lines.get().pk), "amount": amount}]}
    assert sale.post(f"orders/{sale.order.number}/refunds", body).status_code == 422
    assert sale.get(f"orders/{sale.order.number}/refunds").json()["items"] == []


def test_a_buyer_asks_to_cancel_and_the_store_grants_it(sale):
    number, key = sale.order.number, sale.placed.key
    asked = sale.post(f"orders/{number}/cancel-request?key={key}", {"reason": "Found it at home."}, buyer=True)
    assert asked.json()["state"] == "asked"
    assert sale.post(f"orders/{number}/cancel-answer", {"granted": True}).json()["state"] == "granted"
    assert sale.get(f"orders/{number}?store=true").json()["payment"] == "refunded"


def test_a_store_calls_off_what_it_cannot_ship(sale):
    assert sale.post(f"orders/{sale.order.number}/cancellation").status_code == 201
    [refund] = sale.get(f"orders/{sale.order.number}/refunds").json()["items"]
    assert refund["total"]["minor"] == sale.order.total_minor
