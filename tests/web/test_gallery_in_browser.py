"""The gallery in a real browser: no accessibility fault, nothing wider than a phone, no complaint, under our own policy."""

from __future__ import annotations

import mimetypes

import pytest
from playwright.sync_api import Browser, Page, Route

from caravan.web.middleware.security import POLICY
from caravan.web.stylesheet import one_piece
from tests.browser import FITS, IN_BROWSER, VIEWS, browser, faults
from tests.web.drawing import STATIC, draw
from tests.web.test_components import PAGES

__all__ = ["browser"]
ADDRESS = "https://caravan.test"

pytestmark = IN_BROWSER


def answer(route: Route) -> None:
    path = route.request.url.removeprefix(ADDRESS)
    if path == "/static/css/caravan.css":
        route.fulfill(body=one_piece(STATIC / "css" / "caravan.css"), content_type="text/css")
    elif path.startswith("/static/"):
        file = STATIC / path.removeprefix("/static/").partition("?")[0]
        route.fulfill(body=file.read_bytes(), content_type=mimetypes.guess_type(file)[0])
    elif path.startswith("/en-br/suggest"):
        route.fulfill(
            body='<li role="option" id="q-1" aria-selected="false" data-text="linen lamp">linen lamp</li>',
            content_type="text/html",
        )
    elif path.startswith("/en-br/market"):
        route.fulfill(body="<main><form><button>Save</button></form></main>", content_type="text/html")
    else:
        route.fulfill(body=draw(f"components{path}.html"), content_type="text/html", headers={"Content-Security-Policy": POLICY})


def visit(browser: Browser, name: str, width: int, scheme: str, complaints: list[str]) -> Page:
    page = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme).new_page()  # type: ignore[arg-type]
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.route("**/*", answer)
    page.goto(f"{ADDRESS}/{name}")
    return page


@pytest.mark.parametrize("name", PAGES)
def test_each_page_of_the_gallery_is_open_to_everyone(browser: Browser, name: str):
    for width, scheme in VIEWS:
        complaints: list[str] = []
        page = visit(browser, name, width, scheme, complaints)
        assert complaints == []
        for direction in ("rtl", "ltr"):
            page.evaluate(f"document.documentElement.dir = '{direction}'")
            assert page.evaluate(FITS), f"wider than {width}px, {direction}"
        assert faults(page) == [], (width, scheme)
        page.context.close()


def test_the_search_field_offers_suggestions_to_the_keyboard(browser: Browser):
    page = visit(browser, "_gallery_home", 360, "light", [])
    page.locator("#q").press_sequentially("lam")
    page.wait_for_selector("#q-list [role=option]")
    page.keyboard.press("ArrowDown")
    assert page.get_attribute("#q", "aria-activedescendant") == "q-1"
    page.keyboard.press("Escape")
    assert page.get_attribute("#q", "aria-expanded") == "false"
    page.context.close()


def test_an_answer_that_comes_late_takes_nothing_from_whoever_chooses(browser: Browser):
    page = visit(browser, "_gallery_home", 360, "light", [])
    late: list[Route] = []
    page.locator("#q").press_sequentially("lam")
    page.wait_for_selector("#q-list [role=option]")
    page.route("**/suggest?**", lambda route: late.append(route))
    with page.expect_request("**/suggest?**"):
        page.keyboard.press("p")
    page.keyboard.press("ArrowDown")
    late[0].fulfill(body='<li role="option" id="q-1" data-text="lamp">lamp</li>', content_type="text/html")
    page.evaluate("new Promise(done => setTimeout(done, 100))")
    assert page.get_attribute("#q", "aria-activedescendant") == "q-1"
    assert page.inner_text("#q-list") == "linen lamp"
    page.context.close()


def test_one_drop_down_is_open_at_a_time_and_escape_returns_the_focus(browser: Browser):
    page = visit(browser, "_gallery", 1280, "light", [])
    page.click("#navigation .drop summary")
    page.click(".cats summary")
    assert page.locator("details.drop[open]").count() == 1
    page.keyboard.press("Escape")
    assert page.locator("details.drop[open]").count() == 0
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    page.context.close()


def test_the_market_is_chosen_without_leaving_the_page(browser: Browser):
    page = visit(browser, "_gallery_home", 360, "light", [])
    page.click("a[data-dialog=market-dialog]")
    page.wait_for_selector("#market-dialog[open] form button:has-text('Save')")
    page.keyboard.press("Escape")
    assert page.locator("dialog[open]").count() == 0
    page.context.close()


def test_the_chart_is_drawn_from_the_table_behind_it(browser: Browser):
    complaints: list[str] = []
    page = visit(browser, "_gallery_seller", 1280, "light", complaints)
    page.locator("figure[data-chart]").scroll_into_view_if_needed()
    page.wait_for_selector("figure canvas")
    page.click("figure [data-png]")
    assert page.get_attribute("figure [data-png]", "href").startswith("data:image/png")
    assert complaints == []
    page.context.close()
