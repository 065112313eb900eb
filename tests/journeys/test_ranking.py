from __future__ import annotations

from typing import Any

from playwright.sync_api import expect

from tests.browser import JOURNEY
from tests.journeys.market import Market
from tests.journeys.steps import Visitor

pytestmark = JOURNEY
LIST = "/en-us/rankings/?market=PL&period=24h"
BUYERS = 21  # from 20 on a figure is shown as it is
ADDRESS = {
    "name": "Ewa Nowak", "country_code": "PL", "street_address": "ul. Prosta 1", "city": "Warszawa", "postal_code": "00-950",
}  # fmt: skip
CARD = {"number": "4242424242424242", "expiry": "08/40", "code": "123"}


def test_a_ranking_changes_after_orders_come_in_and_says_why(market: Market, visitor: Visitor):
    page = visitor()
    page.goto(LIST)
    places = page.get_by_role("main").get_by_role("heading", level=2)
    first_before = places.all_inner_texts()[:1]
    goods = market.goods("PL", store=market.person("owner (good)").store)
    product = next(p for p in goods if [p["title"]] != first_before and p["variants"][0]["stock"] == "enough")

    for n in range(BUYERS):
        buy(market, product, f"buyer{n}@example.test")
    market.caravan("insight", "refresh")

    page.goto(LIST)
    expect(places.first).to_have_text(product["title"])
    first = page.get_by_role("main").get_by_role("listitem").filter(has_text=product["title"]).last
    first.get_by_text("Why is it here?").click()
    expect(first.get_by_role("term").first).to_have_text("Buyers, 24 hours")
    assert int(first.get_by_role("definition").first.inner_text()) >= BUYERS


def buy(market: Market, product: Any, email: str) -> None:
    """As a guest by the API, one piece, paid at once."""
    cart = market.ask("POST", "carts", market="PL")["id"]
    line = {"variant_id": product["variants"][0]["id"], "quantity": 1}
    total = market.ask("POST", f"carts/{cart}/lines", line, market="PL")["total"]
    order = {"address": ADDRESS, "total": f"{total['amount']} {total['currency']}", "email": email}
    placed = market.ask("POST", f"carts/{cart}/checkout", order, market="PL", idempotency_key=email)
    paid = market.ask("POST", f"orders/{placed['orders'][0]['id']}/payment", CARD, key=placed["key"])
    assert paid["state"] == "paid"
