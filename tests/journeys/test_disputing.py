from __future__ import annotations

import io
from uuid import uuid4

from PIL import Image
from playwright.sync_api import FilePayload, Page, expect

from tests.browser import JOURNEY
from tests.journeys.market import Market
from tests.journeys.steps import Visitor, fill_address, pay, put_into_cart, sign_in
from tests.journeys.test_buying import register, ship

pytestmark = JOURNEY


def test_of_two_orders_in_reais_one_is_refunded_in_part_and_the_other_disputed_and_won_by_the_buyer(
    market: Market, visitor: Visitor
):
    buyer = visitor()
    register(buyer, f"ines-{uuid4().hex}@example.test")
    sellers = [market.person("owner (good)"), market.person("owner (average)")]
    for seller in sellers:
        put_into_cart(buyer, "en-br", market.goods("BR", store=seller.store)[0])
    buyer.goto("/en-br/cart")
    buyer.get_by_role("link", name="Go to checkout").click()
    fill_address(buyer, "BR")
    buyer.get_by_role("button", name="Place the order").click()
    expect(buyer.get_by_role("button", name="Pay R$")).to_be_visible()
    pay(buyer)
    numbers = buyer.get_by_role("main").get_by_role("heading", level=2).all_inner_texts()
    kind, stubborn = sellers
    kind_page, stubborn_page = visitor(), visitor()
    small, disputed = ship(kind_page, kind, numbers), ship(stubborn_page, stubborn, numbers)

    # The first store gives a real back of its own accord.
    kind_page.goto(f"/en-us/seller/{kind.store}/orders/{small}")
    kind_page.get_by_text("Part of it or all, in BRL").click()
    kind_page.get_by_role("region", name="Give money back").get_by_role("textbox").first.fill("1.00")
    kind_page.get_by_role("button", name="Give it back").click()
    buyer.goto(f"/en-br/orders/{small}")
    expect(buyer.get_by_role("main")).to_contain_text("R$1.")

    # The second says it was delivered, so it can be disputed at once.
    stubborn_page.goto(f"/en-us/seller/{stubborn.store}/orders/{disputed}")
    stubborn_page.get_by_text("Say where it is").click()
    stubborn_page.get_by_label("What happened").select_option("delivered")
    stubborn_page.get_by_role("button", name="Tell the buyer").click()
    buyer.goto(f"/en-br/orders/{disputed}")
    buyer.get_by_role("link", name="Open a dispute").click()
    buyer.get_by_role("radio", name="Damaged").check()
    buyer.get_by_role("radio", name="Money back, the goods stay").check()
    buyer.get_by_label("What happened, in your words").fill("It came in two parts.")
    buyer.get_by_label("A picture or paper that shows it").set_input_files(
        FilePayload(name="two parts.png", mimeType="image/png", buffer=picture())
    )
    buyer.get_by_role("button", name="Open the dispute").click()
    expect(buyer.get_by_text("The dispute is open.")).to_be_visible()
    asked = buyer.get_by_role("region", name="Buyer").locator(".num").inner_text()

    # The store will not hear of it; the buyer asks the market.
    stubborn_page.goto(f"/en-us/seller/{stubborn.store}/disputes")
    stubborn_page.get_by_role("main").get_by_role("link", name=disputed).click()
    stubborn_page.get_by_role("radio", name="Nothing back").check()
    stubborn_page.get_by_label("A word to it").fill("It left us whole.")
    stubborn_page.get_by_role("button", name="Propose it").click()
    expect(stubborn_page.get_by_text("Your proposal stands.")).to_be_visible()
    buyer.reload()
    expect(buyer.get_by_role("region", name="Store")).to_contain_text("It left us whole.")
    buyer.get_by_role("button", name="Ask the market to decide").click()
    expect(buyer.get_by_role("main")).to_contain_text("The market decides")

    decide(visitor(), market, disputed)
    buyer.reload()
    expect(buyer.get_by_role("main")).to_contain_text("Money back, by decision of the market.")
    expect(buyer.get_by_role("main")).to_contain_text(f"{asked} goes back to the buyer.")
    expect(buyer.get_by_role("main")).to_contain_text("The picture shows it.")
    stubborn_page.goto(f"/en-us/seller/{stubborn.store}/disputes?state=settled")
    expect(stubborn_page.get_by_role("row").filter(has_text=disputed)).to_contain_text("Money back")
    assert "The ledger adds up" in market.caravan("ledger", "check")


def decide(page: Page, market: Market, number: str) -> None:
    """The operator finds it in the queue, looks at the picture, and decides for the buyer."""
    sign_in(page, market.person("operator"))
    page.goto("/en-us/operator/disputes")
    page.get_by_role("main").get_by_role("link", name=number).click()
    shown = page.request.get(page.get_by_role("link", name="two parts.webp").get_attribute("href") or "")
    assert (shown.status, shown.headers["content-type"]) == (200, "image/webp")
    form = page.locator("form").filter(has=page.get_by_role("heading", name="Decide", exact=True))
    form.get_by_role("radio", name="Money back, the goods stay").check()
    form.get_by_label("Reasons").fill("The picture shows it.")
    form.get_by_role("button", name="Decide it").click()
    expect(page.get_by_text("Decided. Both sides have been told why.")).to_be_visible()


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (320, 240), "firebrick").save(out, "PNG")
    return out.getvalue()
