from __future__ import annotations

from playwright.sync_api import expect

from tests.browser import JOURNEY
from tests.journeys.market import Market
from tests.journeys.steps import Visitor, sign_in

pytestmark = JOURNEY
REASON = "Three buyers found lead in the glaze."


def test_an_operator_withdraws_a_listing_with_a_reason_and_it_is_gone_from_the_shop(market: Market, visitor: Visitor):
    seller = market.person("owner (bad)")
    product = market.ask("GET", "products", store=seller.store, lang="en")["items"][0]
    page = visitor()
    sign_in(page, market.person("operator"))
    page.goto(f"/admin/catalog/product/?q={product['title']}")
    page.get_by_role("row").filter(has_text=product["title"]).get_by_role("checkbox").first.check()
    page.get_by_label("Select action to run").select_option("Block, with a reason")
    page.get_by_role("button", name="Run").click()
    page.get_by_label("Why").fill(REASON)
    page.get_by_role("button", name="Block").click()
    expect(page.get_by_text("1 products changed.")).to_be_visible()

    shopper = visitor()
    shopper.goto("/en-us/")
    shopper.wait_for_function(
        "async ([path, slug]) => !(await (await fetch(path)).text()).includes(slug)",
        arg=[f"/en-us/search?q={product['title']}&anywhere=1", f"/p/{product['slug']}/{product['id']}"],
        polling=200,
    )
    answer = shopper.request.get(f"/en-us/p/{product['slug']}/{product['id']}/")
    assert answer.status == 404
    assert "This product is not on sale here. It may have been taken off the market." in answer.text()

    owner = visitor()
    sign_in(owner, seller)
    owner.goto(f"/en-us/seller/{seller.store}/products/{product['id']}")
    expect(owner.get_by_role("main")).to_contain_text(REASON)
