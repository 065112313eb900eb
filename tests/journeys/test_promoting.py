"""A merchant sets up each tool from nothing; a discount that history does not bear is refused with its days."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.browser import JOURNEY
from tests.journeys.market import Market, Person
from tests.journeys.steps import Visitor, sign_in

pytestmark = JOURNEY
TAKE = "Search, or take what is ticked"


def test_a_merchant_sets_up_each_of_the_six_tools_from_nothing(market: Market, visitor: Visitor):
    seller, page = at_the_desk(market, visitor, "owner (average)")
    for tool, fill in TOOLS.items():
        page.goto(f"/en-us/seller/{seller.store}/promotions")
        page.get_by_role("link", name=tool, exact=True).click()
        page.get_by_label("Name", exact=True).fill(f"Our {tool.lower()}")
        fill(page)
        month = page.get_by_label("Begins").input_value()[:7]  # tomorrow, which on the last day of a month is in the next one
        page.get_by_role("button", name="Save and look at it").click()
        expect(page.get_by_role("heading", name="What it may cost")).to_be_visible()
        expect(page.get_by_text("Greatest loss possible")).to_be_visible()
        page.get_by_role("button", name="Start").click()
        expect(page.get_by_text("It is on. Planned ones begin by themselves.")).to_be_visible()
        expect(page.get_by_role("button", name="Pause")).to_be_visible()

    page.goto(f"/en-us/seller/{seller.store}/promotions?status=scheduled")
    for tool in TOOLS:
        expect(page.get_by_role("link", name=f"Our {tool.lower()}")).to_be_visible()
    page.get_by_role("link", name="Calendar").click()
    page.goto(f"{page.url.partition('?')[0]}?month={month}")
    calendar = page.get_by_role("table")
    expect(calendar.get_by_role("row")).not_to_have_count(1)
    expect(calendar).to_contain_text("Our bundle")


def test_a_fake_discount_is_refused_with_the_days_and_a_true_one_says_what_is_true(market: Market, visitor: Visitor):
    seller, page = at_the_desk(market, visitor, "owner (bad)")
    page.goto(f"/en-us/seller/{seller.store}/products?status=active")
    page.get_by_role("main").get_by_role("table").get_by_role("link").first.click()
    title = page.get_by_label("Title").input_value()
    prices = page.get_by_label("Price", exact=True)
    before = [field.input_value() for field in prices.all()]
    for field, price in zip(prices.all(), before, strict=True):
        field.fill(f"{float(price) * 2:.2f}".removesuffix(".00"))
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved.")).to_be_visible()

    page.goto(f"/en-us/seller/{seller.store}/promotions/new/limited")
    page.get_by_label("Name", exact=True).fill("Half price")
    page.get_by_label("Find products of yours").fill(title)
    page.get_by_role("button", name=TAKE).click()
    take(page, 1)
    page.get_by_label("Off, for all variants").fill("40")  # of twice the price: dearer than it ever was
    page.get_by_role("button", name="Save and look at it").click()
    refused = page.get_by_role("alert")
    expect(refused).to_contain_text(re.compile(r"cost .+ from .+ to .+, in the thirty days before"))
    expect(page.get_by_label("Name", exact=True)).to_have_value("Half price")

    page.get_by_label("Off, for all variants").fill("60")
    page.get_by_role("button", name="Save and look at it").click()
    expect(page.get_by_role("heading", name="What buyers read")).to_be_visible()
    expect(page.get_by_text("History bears less than the list price says")).to_be_visible()
    expect(page.get_by_role("table", name="What buyers read")).to_contain_text("−20%")  # 0.8 beside 1, not beside 2


def at_the_desk(market: Market, visitor: Visitor, role: str) -> tuple[Person, Page]:
    """A merchant who has stopped whatever ran in the store."""
    seller, page = market.person(role), visitor()
    sign_in(page, seller)
    for status in ("live", "scheduled"):
        page.goto(f"/en-us/seller/{seller.store}/promotions?status={status}")
        for address in [link.get_attribute("href") for link in promotions(page).all()]:
            page.goto(address or "")
            page.get_by_role("button", name="Stop").click()
            expect(page.get_by_text("Stopped. Coupons that were given out stay good.")).to_be_visible()
    return seller, page


def promotions(page: Page) -> Locator:
    return page.get_by_role("table", name="Promotions").get_by_role("rowheader").get_by_role("link")


def take(page: Page, products: int, name: str = "goods") -> None:
    """Tick so many of the products found, and take them."""
    for box in page.locator(f"input[name={name}-add]").all()[:products]:
        box.check()
    page.get_by_role("button", name=TAKE).last.click()
    expect(page.locator(f"input[name={name}]")).to_have_count(products)


def limited(page: Page) -> None:
    take(page, 2)
    for field in page.get_by_label("Off, for all variants").all():
        field.fill("45")  # less than its last price, which some of the demo's own deals have lowered


def store_wide(page: Page) -> None:
    page.get_by_label("Off", exact=True).fill("30")
    page.get_by_label("Everything you sell").check()


def buy_get(page: Page) -> None:
    page.get_by_label("Who buys").fill("2")
    page.get_by_label("gets", exact=True).fill("1")


def spend_save(page: Page) -> None:
    for n, (spent, off) in enumerate((("500", "50"), ("1000", "150")), start=1):
        page.get_by_label(f"Spent, step {n}").fill(spent)
        page.get_by_label(f"Off, step {n}", exact=True).fill(off)


def bundle(page: Page) -> None:
    take(page, 2)
    page.get_by_label("Together they cost").fill("1")


def coupon(page: Page) -> None:
    page.get_by_label("or percent off").fill("10")
    page.locator("input[name=cap]").fill("20")
    page.get_by_label("How buyers get it").select_option("code")
    page.locator("input[name=coupon_code]").fill("PROMOTING10")
    page.get_by_label("Coupons there are").fill("100")


TOOLS: dict[str, Callable[[Page], None]] = {
    "Limited deal": limited,
    "Store-wide discount": store_wide,
    "Buy some, get some": buy_get,
    "Spend and save": spend_save,
    "Bundle": bundle,
    "Coupon": coupon,
}
