"""Cart and checkout explain what promotions do to them: each cut by name and payer, what is near, and each coupon's fate."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from caravan.people.actions.buyers import buyer_of_user
from caravan.promotions.actions.stamps import touch
from caravan.promotions.models import Coupon
from caravan.trade.models import Order
from tests import factories
from tests.promotions.running import bundle, deal, listed_since, running, tiers
from tests.web.published import checked

pytestmark = pytest.mark.django_db


@pytest.fixture
def lamp():
    factories.rates()
    made = factories.product(
        factories.store(slug="lumen", name="Lumen"), factories.category("lamps"), title="Brass lamp", price_minor=2_000, stock=50
    )
    listed_since(made, 100)
    return made


@pytest.fixture
def ana(client):
    user = factories.user("ana@example.test")
    client.force_login(user)
    return user


def put(client, product, quantity=1):
    client.post("/en-us/cart/lines", {"variant": product.variants.get().pk, "quantity": quantity})


def words(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).replace("&#39;", "'").replace("\xa0", " ").replace("−\u2060", "−")


def cart(client, market="en-us"):
    return words(checked(client.get(f"/{market}/cart").content.decode()))


def coupon(user, store, *, minor=500, name="Five off", **fields):
    promotion = running(
        store, "coupon", means="collect", name=name, amount_minor=minor, percent=0, **{"currency": "USD", **fields}
    )
    now = timezone.now()
    made = Coupon.objects.create(
        promotion=promotion, buyer_id=buyer_of_user(user_id=user.pk, at=now), issued_at=now, valid_since=now - timedelta(hours=1),
        valid_until=now + timedelta(days=3),
    )  # fmt: skip
    touch(store_ids=[store.pk if store else None])
    return made


def test_a_cart_without_promotions_says_nothing_of_them(client, lamp):
    put(client, lamp)
    seen = cart(client)
    assert "You save" not in seen
    assert "Items before savings" not in seen


def test_a_deal_is_a_step_of_the_price_and_pieces_at_two_prices_are_told(client, lamp):
    deal(lamp, percent=25, pieces=2)
    put(client, lamp, 3)
    seen = cart(client)
    assert "Deal: Flash $15.00" in seen
    assert "2 at $15.00; 1 at $20.00" in seen
    assert "Items $50.00" in seen


def test_each_cut_is_named_with_who_bears_it_and_what_is_saved_in_all(client, lamp):
    tiers(running(lamp.store, "spend_save", name="More is less"), {"min_amount_minor": 5_000, "amount_minor": 600})
    tiers(running(None, "spend_save", name="Market days", currency="USD"), {"min_items": 3, "percent": 10})
    put(client, lamp, 3)
    seen = cart(client)
    assert "Items before savings $60.00" in seen
    assert "The more you buy: More is less from Lumen −$6.00" in seen
    assert re.search(r"Market discount: Market days from \w+ −\$6\.00", seen)
    assert "Items $48.00" in seen
    assert "You save $12.00." in seen


def test_a_set_and_free_pieces_are_told_at_their_lines(client, lamp):
    bulb = factories.product(lamp.store, lamp.category, title="Bulb", price_minor=500)
    bundle(lamp.store, 2_000, (lamp, 1), (bulb, 1))
    put(client, lamp)
    put(client, bulb)
    seen = cart(client)
    assert "Set: Desk set from Lumen −$5.00" in seen
    assert seen.count("Desk set: −$") == 2  # each line has its share


def test_what_a_little_more_would_save_is_said_in_money_and_in_pieces(client, lamp):
    tiers(running(lamp.store, "spend_save", name="More is less"), {"min_amount_minor": 2_420, "amount_minor": 600})
    tiers(running(None, "spend_save", name="Market days", currency="USD"), {"min_items": 2, "percent": 10})
    put(client, lamp)
    seen = cart(client)
    assert "$4.20 more, and “More is less” of Lumen takes $6.00 off in all." in seen
    assert re.search(r"1 piece more, and “Market days” of \w+ takes \$2\.00 off in all\.", seen)


def test_the_best_coupon_is_used_and_of_the_others_it_is_said_why_not(client, lamp, ana):
    coupon(ana, lamp.store, minor=500, name="Five off")
    coupon(ana, lamp.store, minor=300, name="Three off")
    coupon(ana, lamp.store, minor=900, name="Nine off", min_spend_minor=9_000)
    coupon(ana, None, minor=200, name="Two off", markets=["BR"])
    put(client, lamp, 2)
    seen = cart(client)
    assert "Coupon: Five off from Lumen −$5.00" in seen
    assert "4 coupons of yours" in seen
    assert re.search(r"Five off · Lumen Applied", seen)
    assert "Three off · Lumen Not used: what is taken saves you as much or more" in seen
    assert "Nine off · Lumen Not used: it needs goods for $90.00, $50.00 more." in seen
    assert "Not used: it is not for deliveries to your country." in seen
    assert "Items $35.00" in seen


def test_the_checkout_explains_the_same_and_charges_it(client, lamp, ana):
    coupon(ana, lamp.store, minor=500, name="Five off")
    put(client, lamp, 2)
    seen = words(checked(client.get("/en-us/checkout").content.decode()))
    assert "Coupon: Five off from Lumen −$5.00" in seen
    assert "Items $35.00" in seen
    assert "You save $5.00." in seen


def test_what_is_explained_is_in_the_visitors_currency(client, lamp):
    tiers(running(lamp.store, "spend_save", name="More is less"), {"min_amount_minor": 2_420, "amount_minor": 600})
    put(client, lamp)
    assert "R$20.16 more, and “More is less” of Lumen takes R$28.80 off in all." in cart(client, "en-br")


def test_the_page_of_an_order_says_what_was_taken_off_it(client, lamp, ana):
    coupon(ana, lamp.store, minor=500, name="Five off")
    put(client, lamp, 2)
    page = client.get("/en-us/checkout").content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="(key|cart|total)" value="([^"]+)"', page))
    address = {
        "name": "Ana Lima", "country_code": "US", "street_address": "1 Main Street", "city": "Springfield", "country_area": "IL",
        "postal_code": "62701",
    }  # fmt: skip
    total = client.post("/en-us/checkout", {**hidden, **address, "update_services": "1"}).content.decode()
    hidden |= dict(re.findall(r'<input type="hidden" name="(key|cart|total)" value="([^"]+)"', total))
    placed = client.post("/en-us/checkout", {**hidden, **address})
    assert placed.status_code == 302, words(placed.content.decode())
    number = Order.objects.get().number
    seen = words(checked(client.get(f"/en-us/orders/{number}").content.decode()))
    assert "Items before savings $40.00" in seen
    assert "Coupon: Five off from Lumen −$5.00" in seen
    assert "Items $35.00" in seen
