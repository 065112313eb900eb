from __future__ import annotations

import json

import pytest

from caravan.kernel import clock
from caravan.kernel.ids import uuid7
from caravan.people.actions.tokens import create_token
from caravan.promotions.models import Hold
from tests import factories
from tests.factories import AT
from tests.promotions.claims import coupon, deal, left

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def that_day():
    with clock.stopped(AT):
        yield


class Person:
    def __init__(self, client) -> None:
        self.client, self.user = client, factories.user()
        self.token = {"authorization": f"Bearer {create_token(user_id=self.user.pk, name='phone', at=AT)}"}

    def get(self, path):
        return self.client.get(f"/api/v1/{path}", headers=self.token)

    def post(self, path, body=None):
        content = json.dumps(body or {})
        return self.client.post(f"/api/v1/{path}", content, content_type="application/json", headers=self.token)

    def delete(self, path):
        return self.client.delete(f"/api/v1/{path}", headers=self.token)


@pytest.fixture
def ana(client):
    return Person(client)


def test_coupons_are_listed_with_what_is_left_and_collected_once(client, ana):
    welcome = coupon(total=3, min_spend_minor=2000)
    (seen,) = client.get("/api/v1/coupons").json()["items"]
    assert (seen["id"], seen["left"], seen["total"], seen["owned"]) == (str(welcome.pk), 3, 3, 0)
    assert seen["benefit"]["amount"] == {"amount": "5.00", "minor": 500, "currency": "USD"}
    first = ana.post(f"coupons/{welcome.pk}/claims")
    assert first.status_code == 201, first.content
    assert ana.post(f"coupons/{welcome.pk}/claims").json() == first.json()
    assert (first.json()["state"], first.json()["coupon"]) == ("usable", str(welcome.pk))
    assert ana.get(f"coupons/{welcome.pk}").json()["owned"] == 1
    assert client.get(f"/api/v1/coupons/{welcome.pk}").json()["left"] == 2
    assert [one["id"] for one in ana.get("wallet").json()["items"]] == [first.json()["id"]]
    assert ana.get("wallet?shelf=used").json()["items"] == []


def test_what_cannot_be_collected_says_why(client, ana):
    gone, far = coupon(total=1), coupon(markets=["BR"])
    assert ana.post(f"coupons/{gone.pk}/claims").status_code == 201
    late = Person(client).post(f"coupons/{gone.pk}/claims")
    assert (late.status_code, late.json()["code"]) == (409, "coupon.gone")
    assert ana.post(f"coupons/{far.pk}/claims").json()["code"] == "coupon.market"
    assert ana.post(f"coupons/{far.pk}/claims?market=BR").status_code == 201
    assert ana.post(f"coupons/{uuid7()}/claims").status_code == 404
    assert ana.post(f"coupons/{gone.pk}/claims", {"nth": 0}).status_code == 422
    assert client.post(f"/api/v1/coupons/{gone.pk}/claims", "{}", content_type="application/json").status_code == 401


def test_who_it_is_for_is_looked_up_where_it_is_not_for_everyone(ana):
    welcome = coupon(audience="followers")
    assert ana.post(f"coupons/{welcome.pk}/claims").json()["code"] == "coupon.audience"
    assert ana.post(f"coupons/{coupon(audience='new_buyers').pk}/claims").status_code == 201


def test_a_wallet_is_its_owners_alone(client, ana):
    welcome = coupon()
    ana.post(f"coupons/{welcome.pk}/claims")
    assert Person(client).get("wallet").json()["items"] == []


def test_codes_are_entered_and_cannot_be_tried_out(ana):
    coupon(means="code", code="SPRING-10")
    assert ana.post("wallet/codes", {"code": "spring-10"}).status_code == 201
    wrong = ana.post("wallet/codes", {"code": "NOWHERE"})
    assert (wrong.status_code, list(wrong.json()["fields"])) == (422, ["coupon_code"])
    statuses = [ana.post("wallet/codes", {"code": f"GUESS{n}"}).status_code for n in range(20)]
    assert statuses[:18] == [422] * 18
    assert statuses[18:] == [429] * 2


def test_a_deal_says_what_is_left_and_pieces_are_held_and_let_go(client, ana):
    flash = deal(quantity=5, per_buyer=2)
    (seen,) = client.get(f"/api/v1/deals?product={flash.product_id}").json()["items"]
    assert (seen["id"], seen["left"], seen["quantity"], seen["yours"]) == (str(flash.pk), 5, 5, 0)
    held = ana.post(f"deals/{flash.pk}/holds", {"pieces": 2})
    assert held.status_code == 201, held.content
    assert (held.json()["pieces"], held.json()["until"]) == (2, "2026-03-02T12:15:00Z")
    assert ana.post(f"deals/{flash.pk}/holds", {"pieces": 2}).json() == held.json()
    assert ana.get("deals/holds").json()["items"] == [held.json()]
    assert ana.get(f"deals/{flash.pk}").json()["yours"] == 2
    assert ana.post(f"deals/{flash.pk}/holds", {"pieces": 3}).json()["code"] == "deal.limit"
    assert ana.delete(f"deals/{flash.pk}/holds").status_code == 204
    assert ana.delete(f"deals/{flash.pk}/holds").status_code == 204
    assert (left(flash.pk), Hold.objects.count()) == (5, 0)


def test_nobody_lets_go_of_what_others_hold(client, ana):
    flash = deal(quantity=5)
    ana.post(f"deals/{flash.pk}/holds")
    assert Person(client).delete(f"deals/{flash.pk}/holds").status_code == 204
    assert left(flash.pk) == 4
    assert client.delete(f"/api/v1/deals/{flash.pk}/holds").status_code == 401


def test_a_deal_that_is_none_is_not_found(ana):
    assert ana.get(f"deals/{uuid7()}").status_code == 404
    assert ana.post(f"deals/{uuid7()}/holds").status_code == 404
    assert ana.post(f"deals/{deal().pk}/holds", {"pieces": 0}).status_code == 422
