from __future__ import annotations

from urllib.parse import urlsplit
from uuid import uuid4

from playwright.sync_api import Page, expect

from tests.browser import JOURNEY
from tests.journeys.market import Market, Person
from tests.journeys.steps import Visitor, fill_address, pay, put_into_cart, sign_in

pytestmark = JOURNEY


def test_a_guest_finds_a_thing_buys_it_with_a_test_card_and_follows_the_order_by_its_link(market: Market, visitor: Visitor):
    wanted = market.goods("US")[0]
    page = visitor()
    page.goto("/en-us/")
    page.get_by_label("Search products and stores").fill(wanted["title"])
    page.keyboard.press("Enter")
    page.get_by_role("main").get_by_role("link", name=wanted["title"], exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(wanted["title"])
    page.get_by_role("button", name="Add to cart").click()
    expect(page.get_by_text("Added to the cart.")).to_be_visible()

    page.goto("/en-us/cart")
    page.get_by_role("link", name="Go to checkout").click()
    page.get_by_role("textbox", name="E-mail").fill("guest@example.test")
    fill_address(page, "US")
    page.get_by_role("button", name="Place the order").click()
    pay(page)

    page.get_by_role("main").get_by_role("heading", level=2).get_by_role("link").click()
    link = page.url
    assert "key=" in link
    elsewhere = visitor()
    elsewhere.goto(link)
    expect(elsewhere.get_by_role("main")).to_contain_text(wanted["title"])
    expect(elsewhere.get_by_role("main")).to_contain_text("1 Main Street")
    assert elsewhere.request.get(urlsplit(link).path).status == 404  # the number alone opens nothing


def test_a_buyer_registers_buys_from_two_stores_in_reais_and_what_they_say_stands_on_the_store_page(
    market: Market, visitor: Visitor
):
    page = visitor()
    register(page, f"rui-{uuid4().hex}@example.test")
    sellers = [market.person("owner (good)"), market.person("owner (average)")]
    for seller in sellers:
        put_into_cart(page, "en-br", market.goods("BR", store=seller.store)[0])

    page.goto("/en-br/cart")
    page.get_by_role("link", name="Go to checkout").click()
    fill_address(page, "BR")
    page.get_by_role("button", name="Place the order").click()
    expect(page.get_by_role("button", name="Pay R$")).to_be_visible()
    pay(page)
    numbers = page.get_by_role("main").get_by_role("heading", level=2).all_inner_texts()
    assert len(numbers) == 2

    sent = [(seller, ship(visitor(), seller, numbers)) for seller in sellers]
    for number in numbers:
        page.goto(f"/en-br/orders/{number}")
        page.get_by_role("button", name="I have received it").click()
        expect(page.get_by_role("link", name="Leave feedback")).to_be_visible()

    page.get_by_role("link", name="Leave feedback").click()
    page.get_by_role("group", name="The product itself").get_by_role("radio", name="very good").check()
    for question in ("Item as described", "Communication", "Shipping speed"):
        page.get_by_role("group", name=question).get_by_role("radio", name="5").check()
    page.get_by_label("In your words").fill("Came well packed, and on the day that was named.")
    page.get_by_role("button", name="Send the feedback").click()
    expect(page.get_by_text("Thank you. Your feedback stands beside the product")).to_be_visible()

    rated = next(seller.store for seller, number in sent if number == numbers[-1])
    reader = visitor()
    reader.goto(f"/en-us/store/{rated}/?tab=feedback")
    expect(reader.get_by_role("main")).to_contain_text("Came well packed, and on the day that was named.")


def register(page: Page, email: str) -> None:
    """A new account, its address confirmed by the letter's link."""
    page.goto("/en-br/sign-up")
    page.get_by_role("textbox", name="Email").fill(email)
    page.get_by_label("Password").fill("camels-walk-slowly")
    page.get_by_role("button", name="Create an account").click()
    expect(page.get_by_role("link", name="Sign in", exact=True)).to_have_count(0)
    page.goto("/en-br/mail")
    page.get_by_role("link", name=email).first.click()
    page.get_by_role("main").get_by_role("link", name="/confirmation/").click()
    page.get_by_role("button", name="Yes, it is mine").click()
    page.goto("/en-br/account/security")
    expect(page.get_by_role("main")).to_contain_text("Confirmed")


def ship(page: Page, seller: Person, numbers: list[str]) -> str:
    """The one of the orders that is the seller's; its number."""
    sign_in(page, seller, "en-us")
    page.goto(f"/en-us/seller/{seller.store}/orders")
    for number in numbers:
        link = page.get_by_role("main").get_by_role("link", name=number)
        if link.count():
            link.click()
            page.get_by_label("Carrier").fill("DHL")
            page.get_by_label("Tracking code").fill(f"DHL{number[-6:]}")
            page.get_by_role("button", name="Mark as shipped").click()
            expect(page.get_by_text("Shipped. The buyer has been told.")).to_be_visible()
            return number
    raise AssertionError(f"none of {numbers} waits in {seller.store}")
