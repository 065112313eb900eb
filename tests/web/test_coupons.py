from __future__ import annotations

import re
from datetime import timedelta

import pytest

from caravan.kernel import clock
from caravan.kernel.ids import uuid7
from caravan.people.actions.buyers import buyer_of_user
from caravan.people.actions.tokens import create_token
from caravan.promotions.models import Bucket, Coupon, CouponCode, Hold, Promotion, PromotionGoods
from caravan.trade.models import CartLine
from tests import factories
from tests.factories import AT
from tests.promotions.claims import coupon, deal, left

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def that_day():
    factories.rates()
    with clock.stopped(AT):
        yield


@pytest.fixture
def person(client):
    user = factories.proven(factories.user())
    client.force_login(user)
    return user


@pytest.fixture
def store():
    return factories.store(name="Lumen", slug="lumen")


def page(client, path: str) -> str:
    answer = client.get(f"/en-us/{path}")
    assert answer.status_code == 200
    return answer.content.decode()


def text(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).strip()


def collect(client, promotion, **fields):
    return client.post(f"/en-us/coupons/{promotion.pk}/claims", fields, follow=True).content.decode()


def test_coupons_are_listed_with_what_they_are_worth_and_what_is_left(client, store):
    coupon(store, total=40, min_spend_minor=2000, per_buyer=2)
    seen = text(page(client, "coupons/"))
    for said in ("$5.00 off", "If you buy for $20.00 or more", "40 of 40 left", "2 for each person", "Lumen", "Collect"):
        assert said in seen


def test_amounts_are_in_the_currency_of_the_visitor(client, store):
    coupon(store, amount_minor=None, percent=10, cap_minor=1000)
    assert "10% off (at most R$48.00)" in text(client.get("/en-br/coupons/").content.decode())


def test_an_early_coupon_counts_down_by_the_servers_clock_and_cannot_be_pressed(client, person, store):
    soon = coupon(store, since=AT + timedelta(hours=2))
    seen = page(client, "coupons/")
    assert f'datetime="{soon.since.isoformat()}" data-countdown data-now="{AT.isoformat()}"' in seen
    assert re.search(r"<article[^>]*data-opens>.*<button[^>]* disabled", seen, re.DOTALL)
    assert "cannot be collected yet" in collect(client, soon)
    assert not Coupon.objects.exists()


def test_a_guest_who_presses_has_it_once_signed_in(client, store):
    welcome = coupon(store, total=3)
    asked = client.post(f"/en-us/coupons/{welcome.pk}/claims", {"next": "/en-us/coupons/"})
    assert asked["location"].startswith("/en-us/sign-in?next=")
    user = factories.proven(factories.user())
    signed_in = {"login": user.email, "password": "a-long-password"}
    seen = client.post(asked["location"], signed_in, follow=True).content.decode()
    assert "It is in your wallet." in seen
    assert Coupon.objects.get().buyer.user == user


def test_the_same_form_twice_is_one_coupon_and_says_so(client, person, store):
    welcome = coupon(store, total=3)
    assert "It is in your wallet." in collect(client, welcome, nth="1")
    assert "You have it already" in collect(client, welcome, nth="1")
    assert left(welcome.pk) == 2
    assert "In your wallet" in page(client, "coupons/")


@pytest.mark.parametrize("nth", ["9" * 5_000, "", "x", "-1", "99999999999"])
def test_a_number_that_is_none_is_the_first(client, person, store, nth):
    collect(client, coupon(store), nth=nth)
    assert Coupon.objects.get().nth == 1


def test_what_is_gone_is_said_and_cannot_be_pressed(client, person, store):
    gone = coupon(store, total=1)
    Coupon.objects.create(
        promotion=gone, buyer_id=buyer_of_user(user_id=factories.user().pk, at=AT), issued_at=AT, valid_since=AT,
        valid_until=AT + DAY,
    )  # fmt: skip
    Bucket.objects.update(left=0)
    seen = page(client, "coupons/")
    assert "All of them have been taken." in seen
    assert f"/coupons/{gone.pk}/claims" not in seen
    assert "All of these coupons have been taken." in collect(client, gone)


def test_a_stores_coupons_stand_on_its_page_and_on_one_of_their_own(client, store):
    for _ in range(5):
        coupon(store)
    coupon(factories.store(name="Other"), name="Theirs")
    shop = page(client, "store/lumen/")
    assert (shop.count("/claims"), "Theirs" in shop) == (4, False)
    seen = page(client, "coupons/?store=lumen")
    assert (seen.count("/claims"), "Theirs" in seen, "Coupons of Lumen" in seen) == (5, False, True)
    assert client.get("/en-us/coupons/?store=nowhere").status_code == 404


def test_a_list_of_coupons_has_pages(client, store):
    for n in range(26):
        coupon(store, name=f"No. {n}")
    first = page(client, "coupons/")
    assert first.count("/claims") == 24
    following = re.search(r'rel="next" href="/en-us/([^"]+)"', first)[1].replace("&amp;", "&")
    assert page(client, following).count("/claims") == 2


def test_a_coupon_has_a_page_with_the_goods_it_is_for(client, store):
    shelf = factories.category()
    lamp, _rug = (factories.product(store, shelf, title=title) for title in ("Lamp", "Rug"))
    chosen = coupon(store, is_chosen=True)
    PromotionGoods.objects.create(promotion=chosen, product=lamp)
    seen = page(client, f"coupons/{chosen.pk}")
    assert ("Lamp" in seen, "Rug" in seen, "For chosen goods" in seen) == (True, False, True)
    whole = page(client, f"coupons/{coupon(store).pk}")
    assert "Lamp" in whole
    assert "Rug" in whole
    assert f"/c/{shelf.path}/" in page(client, f"coupons/{coupon(store, categories=[shelf.path]).pk}")
    assert "For whatever is sold here." in page(client, f"coupons/{coupon(None).pk}")


def test_a_coupon_that_is_not_to_be_collected_is_seen_by_who_holds_it(client, person, store):
    gift = coupon(store, means="granted")
    assert client.get(f"/en-us/coupons/{gift.pk}").status_code == 404
    assert client.get(f"/en-us/coupons/{uuid7()}").status_code == 404
    Coupon.objects.create(
        promotion=gift, buyer_id=buyer_of_user(user_id=person.pk, at=AT), issued_at=AT, valid_since=AT, valid_until=AT + DAY
    )
    assert "$5.00 off" in page(client, f"coupons/{gift.pk}")


def test_the_wallet_has_what_can_be_used_what_was_and_what_ended(client, person, store):
    for name, state in (("To use", "issued"), ("Gone", "used"), ("Waiting", "locked")):
        Coupon.objects.create(
            promotion=coupon(store, name=name), buyer_id=buyer_of_user(user_id=person.pk, at=AT), issued_at=AT, valid_since=AT,
            valid_until=AT + DAY, state=state, purchase_id=uuid7() if state != "issued" else None, used_at=AT,
        )  # fmt: skip
    Coupon.objects.create(
        promotion=coupon(name="Not mine"), buyer_id=buyer_of_user(user_id=factories.user().pk, at=AT), issued_at=AT,
        valid_since=AT, valid_until=AT + DAY,
    )  # fmt: skip
    usable = page(client, "account/coupons")
    assert [name in usable for name in ("To use", "Waiting", "Gone", "Not mine")] == [True, True, False, False]
    assert "In an order that waits for its payment" in usable
    assert "Used on" in page(client, "account/coupons?shelf=used")
    with clock.stopped(AT + 2 * DAY):
        assert "Ended on" in page(client, "account/coupons?shelf=expired")
    assert client.get("/en-us/account/coupons?shelf=none").status_code == 404


def test_a_wallet_says_when_it_is_empty_and_where_to_go(client, person):
    assert "No coupons yet" in page(client, "account/coupons")


def test_a_code_is_entered_in_the_cart_or_the_wallet(client, person, store):
    coupon(store, means="code", code="SPRING")
    assert 'action="/en-us/account/coupons/codes"' in page(client, "account/coupons")
    seen = client.post("/en-us/account/coupons/codes", {"code": "spring", "next": "/en-us/cart"}, follow=True)
    assert seen.redirect_chain == [("/en-us/cart", 302)]
    assert "The coupon is in your wallet." in seen.content.decode()
    wrong = client.post("/en-us/account/coupons/codes", {"code": "nowhere"}, follow=True).content.decode()
    assert 'value="nowhere"' in wrong  # a slip is corrected, not typed anew
    assert "There is no such code." in wrong


def test_codes_cannot_be_tried_out(client, person):
    statuses = [client.post("/en-us/account/coupons/codes", {"code": f"GUESS{n}"}).status_code for n in range(22)]
    assert statuses == [302] * 20 + [429] * 2


def test_one_network_cannot_try_out_codes_with_many_accounts_on_pages_and_through_the_api(client):
    def guess() -> int:
        client.force_login(factories.proven(factories.user()))
        return client.post("/en-us/account/coupons/codes", {"code": "GUESS"}).status_code

    assert [guess() for _ in range(61)] == [302] * 60 + [429]
    token = create_token(user_id=factories.user().pk, name="phone", at=AT)
    asked = {"content_type": "application/json", "headers": {"authorization": f"Bearer {token}"}}
    assert client.post("/api/v1/wallet/codes", '{"code": "GUESS"}', **asked).status_code == 429


def test_get_it_at_this_price_holds_pieces_and_puts_them_into_the_cart(client, person):
    flash = deal(quantity=5, per_buyer=2)
    product = f"p/{flash.product.slug}/{flash.product_id}/"
    seen = page(client, product)
    assert f'formaction="/en-us/deals/{flash.pk}/holds?next=' in seen
    assert "Get it at this price" in seen
    for _ in range(2):
        seen = client.post(f"/en-us/deals/{flash.pk}/holds", {"quantity": "2"}, follow=True)
        assert seen.redirect_chain == [("/en-us/cart", 302)]
    html = seen.content.decode()
    assert "2 pieces are held for you until Mar 2, 2026, 7:15" in text(html).replace("\u202f", " ")
    assert f'datetime="{(AT + timedelta(minutes=15)).isoformat()}" data-countdown' in html
    assert (CartLine.objects.get().quantity, Hold.objects.count(), left(flash.pk)) == (2, 2, 3)


def test_who_takes_it_out_of_the_cart_lets_go_of_it(client, person):
    flash = deal(quantity=1)
    client.post(f"/en-us/deals/{flash.pk}/holds")
    client.post(f"/en-us/cart/lines/{flash.variant_id}", {"remove": "1"})
    assert (Hold.objects.count(), left(flash.pk)) == (0, 1)


def test_a_refusal_says_why_where_the_button_was(client, person):
    flash = deal(quantity=1)
    client.post(f"/en-us/deals/{flash.pk}/holds")
    client.force_login(factories.proven(factories.user()))
    back = f"/en-us/p/{flash.product.slug}/{flash.product_id}/"
    seen = client.post(f"/en-us/deals/{flash.pk}/holds?next={back}", follow=True)
    assert seen.redirect_chain == [(back, 302)]
    assert "Nothing is left at this price." in seen.content.decode()
    assert not CartLine.objects.filter(cart__user_id=seen.wsgi_request.user.pk).exists()


def test_without_a_limited_deal_there_is_only_the_cart(client):
    thing = factories.product(factories.store(), factories.category())
    assert "Get it at this price" not in page(client, f"p/{thing.slug}/{thing.pk}/")


def test_a_merchant_makes_codes_and_downloads_them(client, person):
    store = factories.store(person)
    gift = coupon(store, means="code")
    path = f"/en-us/seller/{store.slug}/promotions/{gift.pk}/codes"
    assert "Make codes" in client.get(path).content.decode()
    made = client.post(path, {"number": "3"}, follow=True).content.decode()
    assert "There are 3 codes now." in made
    lines = client.get(f"{path}.csv").content.decode().splitlines()
    assert lines[0] == "code,entered"
    code = CouponCode.objects.order_by("code").first().code
    assert lines[1] == f"{code[:4]}-{code[4:8]}-{code[8:]},no"
    for number in ("0", "x", "10001", "-5"):
        assert client.post(path, {"number": number}).status_code == 422


def test_a_coupon_without_codes_says_so(client, person):
    store = factories.store(person)
    path = f"/en-us/seller/{store.slug}/promotions/{coupon(store).pk}/codes"
    assert "does not come by a code" in client.get(path).content.decode()
    assert client.post(path, {"number": "3"}).status_code == 422
    assert not Promotion.objects.filter(codes__isnull=False).exists()
