from __future__ import annotations

import json

import pytest
from django.test import Client

from caravan.people.actions.tokens import create_token
from caravan.stores.models import Store
from tests.trade.disputing import LATER, Case, case, disputed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(monkeypatch):
    """The API's clock stands where a dispute may be opened; its limits, which have seen later days, are out of the way."""
    monkeypatch.setattr("caravan.api.dispatch.clock.now", lambda: LATER)
    monkeypatch.setattr("caravan.api.dispatch.spend_here", lambda **_: None)


def buyer(made: Case, method: str, tail: str = "", body: object = None):
    return Client().generic(
        method, f"/api/v1/orders/{made.number}/dispute{tail}?key={made.viewer.key}", json.dumps(body), "application/json"
    )


def store(made: Case, method: str, path: str, body: object = None):
    token = create_token(user_id=made.store.user_id, name="shop", at=LATER)
    return Client().generic(
        method, f"/api/v1/{path}", json.dumps(body), "application/json", headers={"authorization": f"Bearer {token}"}
    )


def slug(made: Case) -> str:
    return Store.objects.get(pk=made.order.store_id).slug


def test_a_guest_with_the_key_opens_a_dispute_and_the_store_accepts_what_is_asked():
    made = case()
    body = {
        "reason": "damaged", "lines": [{"line_id": str(made.line_id), "quantity": 1}], "remedy": "refund", "text": "Broken.",
        "amount": "5.00 BRL",
    }  # fmt: skip
    opened = buyer(made, "POST", body=body)
    assert opened.status_code == 201
    said = opened.json()
    assert (said["state"], said["proposals"][0]["amount"]["amount"]) == ("open", "5.00")
    assert store(made, "GET", f"stores/{slug(made)}/disputes").json()["items"][0]["order"] == made.number
    accepted = store(
        made, "POST", f"orders/{made.number}/dispute/acceptance?store={slug(made)}", {"proposal_id": said["proposals"][0]["id"]}
    )
    assert (accepted.status_code, accepted.json()["outcome"], accepted.json()["refunded"]["amount"]) == (201, "refund", "5.00")
    assert buyer(made, "GET").json()["you_may"] == []


def test_a_counter_proposal_then_the_platform_is_asked():
    made = disputed()
    here = f"orders/{made.number}/dispute"
    store(made, "POST", f"{here}/proposals?store={slug(made)}", {"remedy": "nothing", "note": "It was whole."})
    assert buyer(made, "POST", "/escalation").json()["state"] == "escalated"
    assert buyer(made, "POST", "/withdrawal").json()["outcome"] == "withdrawn"


def test_an_amount_in_another_currency_is_refused():
    made = disputed()
    answer = buyer(made, "POST", "/proposals", {"remedy": "refund", "amount": "5.00 USD"})
    assert (answer.status_code, answer.json()["code"]) == (422, "dispute.currency")


def test_without_key_or_token_there_is_no_dispute():
    made = disputed()
    assert Client().get(f"/api/v1/orders/{made.number}/dispute").status_code == 404
