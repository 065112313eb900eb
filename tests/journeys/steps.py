"""What people do on more than one journey."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.journeys.market import Person

Visitor = Callable[[], Page]  # somebody new at each call, with a browser of their own

TEST_CARD = "4242 4242 4242 4242"
ADDRESSES = {
    "US": ({"Full name": "Gail Guest", "Street, house": "1 Main Street", "City": "Springfield", "ZIP code": "62701"}, "Illinois"),
    "BR": (
        {
            "Full name": "Rui Barbosa", "Street, house": "Rua das Flores 12", "Neighbourhood": "Centro", "City": "São Paulo",
            "Postal code": "01310-100",
        },
        "São Paulo",
    ),
}  # fmt: skip


def sign_in(page: Page, person: Person, prefix: str = "en-us") -> None:
    page.goto(f"/{prefix}/sign-in")
    page.get_by_role("textbox", name="Email").fill(person.email)
    page.get_by_label("Password").fill(person.password)
    page.get_by_role("button", name="Sign in").click()
    expect(page).not_to_have_url(re.compile("/sign-in"))


def put_into_cart(page: Page, prefix: str, product: Any) -> None:
    page.goto(f"/{prefix}/p/{product['slug']}/{product['id']}/")
    page.get_by_role("button", name="Add to cart").click()
    expect(page.get_by_text("Added to the cart.")).to_be_visible()


def fill_address(page: Page, country: str) -> None:
    """The choice of the state last: it redraws the fields with what was typed in them."""
    typed, area = ADDRESSES[country]
    for label, text in typed.items():
        page.get_by_label(label).fill(text)
    page.get_by_label("State").select_option(label=area)
    page.wait_for_load_state("networkidle")  # the tax follows the state, and with it the price that is agreed to


def pay(page: Page) -> None:
    """From the payment page to the thanks."""
    page.get_by_label("Card number").fill(TEST_CARD)
    page.get_by_label("Expires").fill("08/40")
    page.get_by_label("Security code").fill("123")
    page.get_by_role("button", name="Pay").click()
    expect(page.get_by_role("heading", name="Thank you, your order is paid")).to_be_visible()


def until_it_says(page: Page, path: str, text: str) -> None:
    """Until the page at `path` holds `text`, for half a minute: the market's background processes need a moment."""
    has_it = "async ([path, text]) => (await (await fetch(path)).text()).includes(text)"
    page.wait_for_function(has_it, arg=[path, text], polling=200, timeout=30_000)
