"""Carts and orders through the API say what promotions took off, who bears it, and what became of each coupon: to the cent."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from caravan.people.actions.buyers import buyer_of_user
from caravan.people.actions.tokens import create_token
from caravan.promotions.actions.stamps import touch
from caravan.promotions.models import Coupon
from tests import factories
from tests.promotions.running import listed_since, running, tiers

pytestmark = pytest.mark.django_db
ADDRESS = {
    "name": "Ana Lima", "country_code": "US", "street_address": "1 Main Street", "city": "Springfield", "country_area": "IL",
    "postal_code": "62701",
}  # fmt: skip


@pytest.fixture
def lamp():
    factories.rates()
    store = factories.store(slug="lumen", name="Lumen")
    made = factories.product(store, factories.category("lamps"), title="Lamp", price_minor=2_000, stock=50)
    listed_since(made, 100)
    return made


@pytest.fixture
def ana(client):
    user = factories.user("ana@example.test")
    token = {"authorization": f"Bearer {create_token(user_id=user.pk, name='phone', at=timezone.now())}"}

    def ask(method, path, body=None, **headers):
        content = json.dumps(body or {}) if method != "get" else None
        sent = {"data": content, "content_type": "application/json"} if content else {}
        answer = getattr(client, method)(f"/api/v1/{path}", **sent, headers={**token, **headers})
        assert answer.status_code < 300, answer.content
        return answer.json()

    ask.user = user
    return ask


def held(user, store, *, minor, name, **fields):
    promotion = running(store, "coupon", means="collect", name=name, amount_minor=minor, percent=0, currency="USD", **fields)
    now = timezone.now()
    made = Coupon.objects.create(
        promotion=promotion, buyer_id=buyer_of_user(user_id=user.pk, at=now), issued_at=now, valid_since=now - timedelta(hours=1),
        valid_until=now + timedelta(days=3),
    )  # fmt: skip
    touch(store_ids=[store.pk])
    return made


def steps(store, name, *some):
    offer = running(store, "spend_save", name=name, **({} if store else {"currency": "USD"}))
    tiers(offer, *({"min_amount_minor": spent, "amount_minor": off} for spent, off in some))


def filled(ana, product, quantity):
    id = ana("post", "carts")["id"]
    return ana("post", f"carts/{id}/lines", {"variant_id": str(product.variants.get().pk), "quantity": quantity})


def minor(*amounts):
    return sum(one["minor"] for one in amounts)


def test_a_cart_adds_up_from_the_prices_on_its_cards_to_what_is_paid_cut_by_cut(ana, lamp):
    steps(lamp.store, "More is less", (5_000, 600))
    used = held(ana.user, lamp.store, minor=500, name="Five off")
    other = held(ana.user, lamp.store, minor=900, name="Nine off", min_spend_minor=90_000)
    cart = filled(ana, lamp, 3)
    (parcel,) = cart["parcels"]
    assert [(cut["kind"], cut["name"], cut["amount"]["amount"], cut["paid_by"]) for cut in parcel["cuts"]] == [
        ("spend_save", "More is less", "6.00", "store"),
        ("store_coupon", "Five off", "5.00", "store"),
    ]
    assert cart["cuts"] == []
    assert (cart["goods"]["amount"], cart["items"]["amount"]) == ("60.00", "49.00")
    (line,) = cart["lines"]
    assert line["unit_price"]["minor"] * 3 - minor(*(cut["amount"] for cut in line["cuts"])) == line["total"]["minor"] == 4_900
    fates = {one["id"]: (one["used"], one["why"], one["missing"] and one["missing"]["amount"]) for one in cart["coupons"]}
    assert fates == {str(used.pk): (True, "", None), str(other.pk): (False, "min_spend", "840.00")}


def test_the_market_is_named_as_the_one_who_bears_its_own_and_what_is_near_says_how_far(ana, lamp):
    steps(None, "Market days", (3_000, 300), (5_000, 800))
    cart = filled(ana, lamp, 2)
    assert [(cut["kind"], cut["paid_by"], cut["amount"]["amount"]) for cut in cart["cuts"]] == [
        ("platform_discount", "platform", "3.00")
    ]
    (near,) = cart["nearly"]
    assert (near["name"], near["store"], near["missing"]["amount"], near["saves"]["amount"]) == (
        "Market days",
        None,
        "10.00",
        "8.00",
    )


def test_an_order_keeps_what_was_taken_off_it_alone_and_in_the_list_and_which_article_it_was(ana, lamp):
    lamp.variants.update(options=[["color", "red"]])
    steps(lamp.store, "More is less", (3_000, 600))
    numbers = []
    for n in range(2):
        cart = ana("get", f"carts/{filled(ana, lamp, 2)['id']}?region=IL")
        placed = ana(
            "post", f"carts/{cart['id']}/checkout", {"address": ADDRESS, "total": f"{cart['total']['amount']} USD"},
            **{"idempotency-key": f"k{n}"},
        )  # fmt: skip
        numbers.append(placed["orders"][0]["id"])
        (cut,) = placed["orders"][0]["cuts"]
        assert (cut["kind"], cut["name"], cut["amount"]["amount"], cut["paid_by"]) == (
            "spend_save",
            "More is less",
            "6.00",
            "store",
        )
    assert [line["options"] for line in cart["lines"]] == [{"color": "red"}]
    lamp.variants.update(options=[["color", "blue"]])
    seen = ana("get", f"orders/{numbers[0]}")
    assert [line["options"] for line in seen["lines"]] == [{"color": "red"}]
    assert seen["items"]["minor"] + minor(*(cut["amount"] for cut in seen["cuts"])) == 4_000
    listed = ana("get", "orders")["items"]
    assert {one["id"]: len(one["cuts"]) for one in listed} == dict.fromkeys(numbers, 1)
