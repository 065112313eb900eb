from __future__ import annotations

import csv
import io

from playwright.sync_api import FilePayload, Page, expect

from tests.browser import JOURNEY
from tests.journeys.market import Market
from tests.journeys.steps import Visitor, sign_in

pytestmark = JOURNEY
ORDERS = 200


def test_a_seller_ships_two_hundred_orders_by_csv(market: Market, visitor: Visitor):
    seller = market.person("owner (good)")
    numbers = market.run("-m", "tests.journeys.many_orders", seller.store, str(ORDERS)).split()
    assert len(numbers) == ORDERS
    page = visitor()
    sign_in(page, seller)
    page.goto(f"/en-us/seller/{seller.store}/orders")
    page.get_by_role("link", name="Ship by file").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="What is to ship, as CSV").click()
    rows = [
        row for row in csv.DictReader(download.value.path().read_text("utf-8").splitlines()) if row["order_number"] in numbers
    ]
    assert len(rows) == ORDERS
    filled = "".join(_line(row["order_number"], "UPS", f"1Z{n:08d}") for n, row in enumerate(rows))
    text = _line("order_number", "carrier", "tracking_code") + filled + _line("NO-SUCH", "UPS", "1Z")

    _send(page, text)
    expect(page.get_by_text(f"Parcels on their way: {ORDERS}.")).to_be_visible(timeout=120_000)
    refused = page.get_by_role("table", name="Refused rows")
    expect(refused.get_by_role("row").nth(1)).to_contain_text("NO-SUCH")
    expect(refused.get_by_role("row").nth(1)).to_contain_text(str(ORDERS + 2))
    expect(refused.get_by_role("row").nth(1)).to_contain_text("This store has no such order.")

    _send(page, text)  # the same once more changes nothing
    expect(page.get_by_text("Sent before")).to_be_visible(timeout=120_000)
    expect(page.get_by_text(f"Parcels on their way: {ORDERS}.")).to_have_count(0)
    page.goto(f"/en-us/seller/{seller.store}/orders/{numbers[0]}")
    expect(page.get_by_text("UPS").first).to_be_visible()


def _send(page: Page, text: str) -> None:
    file = FilePayload(name="sent.csv", mimeType="text/csv", buffer=text.encode())
    page.get_by_role("button", name="Your file").set_input_files(file)
    page.get_by_role("button", name="Ship them").click()


def _line(*cells: str) -> str:
    out = io.StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue()
