from __future__ import annotations

import json
from datetime import timedelta

import pytest

from caravan.kernel import clock
from caravan.people.actions.tokens import create_token
from caravan.promotions.models import Promotion
from caravan.promotions.queries.drafts import draft_of
from caravan.promotions.rules.drafts import TierDraft
from tests import factories
from tests.factories import AT
from tests.promotions.selling import seller, sold_at, usd

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon():
    with clock.stopped(AT):
        yield


@pytest.fixture
def shop(client):
    factories.rates()
    made = seller(slug="lumen")
    token = create_token(user_id=made.user_id, name="erp", at=AT)

    def send(method: str, path: str = "", body: object = None):
        content = json.dumps(body) if body is not None else ""
        headers = {"authorization": f"Bearer {token}"}
        return client.generic(method, f"/api/v1/stores/lumen/promotions{path}", content, "application/json", headers=headers)

    made.send = send
    return made


def body(shop, **fields):
    goods = [{"product_id": str(shop.lamp.product_id), "variant_id": str(shop.lamp.pk), "price": "15.00", "quantity": 5}]
    return {
        "tool": "limited", "name": "Spring", "since": "2026-03-02T12:00:00Z", "until": "2026-03-09T12:00:00Z",
        "goods": goods, **fields,
    }  # fmt: skip


def test_a_promotion_is_written_looked_at_started_paused_and_stopped(shop):
    made = shop.send("POST", "", body(shop))
    assert made.status_code == 201, made.content
    told = made.json()
    assert (told["status"], told["greatest_loss"]["amount"], told["refusals"]) == ("draft", "25.00", [])
    [price] = told["announced"]
    assert (price["price"]["amount"], price["was"]["amount"], price["percent"]) == ("15.00", "20.00", 25)
    assert shop.send("GET", f"/{told['id']}/simulation").json()["orders"] == 0
    for noun, status in (("start", "live"), ("pause", "paused"), ("resumption", "live"), ("stop", "stopped")):
        assert shop.send("POST", f"/{told['id']}/{noun}").json()["status"] == status
    assert shop.send("POST", f"/{told['id']}/copy").status_code == 201
    listed = shop.send("GET", "?status=stopped").json()["items"]
    assert [one["id"] for one in listed] == [told["id"]]


def test_refusals_are_problem_details_with_a_sentence_for_each_field(shop):
    sold_at(shop.lamp, 1400, since=-20, until=-10)
    refused = shop.send("POST", "", body(shop))
    assert (refused.status_code, refused.headers["content-type"]) == (422, "application/problem+json")
    assert "cost $14.00 from February 10, 2026" in refused.json()["fields"]["goods.0"]
    assert shop.send("POST", "", body(shop, budget="much")).json()["fields"].keys() == {"budget"}


def test_a_live_one_cannot_be_changed_and_a_draft_can(shop):
    made = shop.send("POST", "", body(shop)).json()["id"]
    changed = shop.send("PATCH", f"/{made}", body(shop, name="Summer"))
    assert (changed.status_code, changed.json()["name"]) == (200, "Summer")
    shop.send("POST", f"/{made}/start")
    assert shop.send("PATCH", f"/{made}", body(shop)).status_code == 409
    assert shop.send("DELETE", f"/{made}").status_code == 409
    assert shop.send("GET", "/" + str(shop.lamp.pk)).status_code == 404


def test_each_tool_has_its_fields(shop):
    lamp = {"product_id": str(shop.lamp.product_id)}
    rug = {"product_id": str(shop.rug.product_id)}
    bodies = {
        "store_wide": {"goods": None, "percent": 10},
        "buy_get": {"goods": [rug], "buy": 1, "get": 1, "gifts": [lamp["product_id"]]},
        "spend_save": {"goods": None, "steps": [{"min_amount": "50", "amount": "5"}]},
        "bundle": {"goods": [lamp, {**rug, "each": 2}], "price": "110.00 USD"},
        "coupon": {"goods": None, "amount": "3", "valid_days": 7, "means": "code", "code": "hello-world"},
    }
    found = {}
    for tool, fields in bodies.items():
        made = shop.send("POST", "", body(shop, tool=tool, **fields))
        assert made.status_code == 201, (tool, made.content)
        found[tool] = draft_of(Promotion.objects.get(pk=made.json()["id"]))
    assert found["store_wide"].percent == 10
    more, rugs = found["buy_get"], (shop.rug.product_id,)
    assert (more.buy, more.get, more.percent, more.scope.products, more.gifts) == (1, 1, 100, rugs, (shop.lamp.product_id,))
    assert found["spend_save"].tiers == (TierDraft(min_amount=usd(5000), amount=usd(500)),)
    together = found["bundle"]
    assert (together.price, [(row.product_id, row.each) for row in together.goods]) == (
        usd(11_000), [(shop.lamp.product_id, 1), (shop.rug.product_id, 2)],
    )  # fmt: skip
    coupon = found["coupon"]
    assert (coupon.amount, coupon.valid_days, coupon.means, coupon.code) == (usd(300), 7, "code", "HELLOWORLD")


def test_times_without_an_offset_are_by_the_stores_clock(shop):
    shop.store.zone = "Asia/Seoul"
    shop.store.save()
    made = shop.send("POST", "", body(shop, since="2026-03-03T09:00:00"))
    assert Promotion.objects.get(pk=made.json()["id"]).since == AT + timedelta(hours=12)


def test_a_file_is_sent_as_text(client, shop):
    shop.send("POST", "", body(shop))
    token = create_token(user_id=shop.user_id, name="other", at=AT)
    headers = {"authorization": f"Bearer {token}"}
    there = client.get("/api/v1/stores/lumen/promotion-sheet", headers=headers).json()["csv"]
    sent = json.dumps({"csv": there + "x,,lottery,Spring,2026-03-02,2026-03-09\n"})
    done = client.post("/api/v1/stores/lumen/promotion-sheet", sent, content_type="application/json", headers=headers).json()
    assert (done["created"], done["unchanged"]) == (0, 1)
    assert [(one["line"], one["promotion"]) for one in done["refused"]] == [(3, "x")]
    sent = json.dumps({"csv": there.replace("Spring", "Spring\u2028sale")})  # no end of a line in a file
    done = client.post("/api/v1/stores/lumen/promotion-sheet", sent, content_type="application/json", headers=headers).json()
    assert (done["updated"], done["refused"], Promotion.objects.get().name) == (1, [], "Springsale")


def test_strangers_find_nothing(client, shop):
    made = shop.send("POST", "", body(shop)).json()["id"]
    stranger = {"authorization": f"Bearer {create_token(user_id=factories.user().pk, name='x', at=AT)}"}
    assert client.get("/api/v1/stores/lumen/promotions", headers=stranger).status_code == 404
    assert client.post(f"/api/v1/stores/lumen/promotions/{made}/start", headers=stranger).status_code == 404
    assert client.get("/api/v1/stores/lumen/promotions").status_code == 401
