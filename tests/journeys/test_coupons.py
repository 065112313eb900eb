from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser import JOURNEY
from tests.journeys.market import Market
from tests.journeys.steps import Visitor, put_into_cart, sign_in

pytestmark = JOURNEY

# What a merchant has put on. Its pages are tried in test_promoting; here it is there.
COUPON = """
import django
django.setup()
from datetime import timedelta
from caravan.kernel.clock import now
from caravan.stores.models import Store
from tests.promotions.claims import coupon
store = Store.objects.get(slug="{store}")
coupon(
    store, name="{name}", total={total}, amount_minor={minor}, currency=store.currency, since=now() + timedelta(seconds={wait}),
    until=now() + timedelta(days=3), {more}
)
"""
DEAL = """
import django
django.setup()
from datetime import timedelta
from caravan.catalog.models import Product
from caravan.kernel.clock import now
from tests.promotions.claims import deal
product = Product.objects.get(pk="{product}")
cheap = product.variants.order_by("price_minor", "position").first().price_minor // 2
deal(
    product, quantity=1, per_buyer=1, name="Last one", currency=product.currency, since=now(), until=now() + timedelta(hours=2),
    price_minor=cheap,
)
"""


def put_on(market: Market, store: str, name: str, *, minor: int, total: int = 50, wait: int = 0, more: str = "") -> None:
    market.run("-c", COUPON.format(store=store, name=name, minor=minor, total=total, wait=wait, more=more))


def ticket(page: Page, name: str):
    return page.get_by_role("main").get_by_role("article").filter(has_text=name)


def test_a_buyer_collects_coupons_and_the_one_that_saves_most_is_used_and_explained(market: Market, visitor: Visitor):
    wanted = market.goods("BR")[0]
    put_on(market, wanted["store"], "Small help", minor=100)
    put_on(market, wanted["store"], "Big help", minor=150)
    put_on(market, wanted["store"], "By word of mouth", minor=10, more='means="code", code="MOUTH2026"')
    page = visitor()
    sign_in(page, market.person("buyer (Brazil)"), "en-br")
    page.goto(f"/en-br/store/{wanted['store']}/")
    for name in ("Small help", "Big help"):
        ticket(page, name).get_by_role("button", name="Collect").click()
        expect(page.get_by_text("It is in your wallet.")).to_be_visible()
        expect(ticket(page, name)).to_contain_text("In your wallet")

    put_into_cart(page, "en-br", wanted)
    page.goto("/en-br/cart")
    page.get_by_label("Coupon code").fill("mouth-2026")
    page.get_by_role("button", name="Add the coupon").click()
    expect(page.get_by_text("The coupon is in your wallet.")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("Big help")

    page.goto("/en-br/account/coupons")
    for name in ("Small help", "Big help", "By word of mouth"):
        expect(ticket(page, name)).to_be_visible()
    ticket(page, "Big help").get_by_role("link", name="See what it is for").click()
    expect(page.get_by_role("heading", name="What it is for")).to_be_visible()
    expect(page.get_by_role("main").get_by_role("link", name=wanted["title"]).first).to_be_visible()


def test_a_coupon_that_starts_soon_can_be_pressed_the_second_it_does(market: Market, visitor: Visitor):
    store = market.goods("US")[0]["store"]
    page = visitor()
    sign_in(page, market.person("buyer (Brazil)"))
    put_on(market, store, "Any moment now", minor=100, wait=12)
    page.goto(f"/en-us/coupons/?store={store}")
    button = ticket(page, "Any moment now").get_by_role("button", name="Collect")
    expect(button).to_be_disabled()
    expect(button).to_be_enabled()
    button.click()
    expect(ticket(page, "Any moment now")).to_contain_text("In your wallet")


def test_a_flash_deal_sells_out_while_two_people_watch(market: Market, visitor: Visitor):
    wanted = market.goods("US")[1]
    market.run("-c", DEAL.format(product=wanted["id"]))
    address = f"/en-us/p/{wanted['slug']}/{wanted['id']}/"
    faster, slower = visitor(), visitor()
    sign_in(faster, market.person("buyer (Brazil)"))
    sign_in(slower, market.person("owner (good)"))
    for page in (faster, slower):
        page.goto(address)
        expect(page.get_by_text("1 of 1 left at this price")).to_be_visible()
    faster.get_by_role("button", name="Get it at this price").click()
    expect(faster.get_by_role("main")).to_contain_text("1 piece is held for you")
    expect(slower.get_by_text("All taken at this price.")).to_be_visible()
    slower.get_by_role("button", name="Get it at this price").click()
    expect(slower.get_by_text("Nothing is left at this price.")).to_be_visible()

    faster.goto("/en-us/cart")
    faster.get_by_role("button", name=f"Take out {wanted['title']}").click()
    slower.goto(address)
    slower.get_by_role("button", name="Get it at this price").click()
    expect(slower.get_by_role("main")).to_contain_text("1 piece is held for you")
