from __future__ import annotations

import csv
import io

from PIL import Image
from playwright.sync_api import FilePayload, expect

from tests.browser import JOURNEY
from tests.journeys.market import Market, Person
from tests.journeys.steps import Visitor, sign_in, until_it_says

pytestmark = JOURNEY
ROWS = 1_000
# Row of the file -> the cells that are wrong in it, and what its seller is told.
WRONG = {
    17: ({"price": "cheap"}, "“cheap” is not a price."),
    142: ({"price": "9.90 XTS"}, "give the price in it."),
    300: ({"price": "0 {currency}"}, "A price is more than zero."),
    451: ({"title": ""}, "Give the product a title."),
    600: ({"product_type": "Nowhere"}, "There is no category “Nowhere”."),
    777: ({"quantity": "many"}, "“many” is not a whole number of pieces."),
    999: ({"availability": "perhaps"}, "not “perhaps”."),
}


def test_a_seller_lists_a_product_by_form_with_a_picture_and_shoppers_find_it(market: Market, visitor: Visitor):
    seller = market.person("owner (good)")
    page = visitor()
    sign_in(page, seller)
    page.goto(f"/en-us/seller/{seller.store}/products")
    page.get_by_role("link", name="Add a product").click()
    page.get_by_label("Title").fill("Quillwort pewter inkstand")
    page.get_by_label("Description").fill("Cast in one piece, for a desk that is written at.")
    department, leaf = category_of(market, seller).split("/")
    page.get_by_label("Category").select_option(department)
    page.get_by_label("More precisely").select_option(f"{department}/{leaf}")
    page.wait_for_load_state("networkidle")  # the category's own attributes have joined the form
    page.get_by_label("Add pictures").set_input_files(FilePayload(name="inkstand.png", mimeType="image/png", buffer=picture()))
    first = page.get_by_role("group", name="Variant 1")
    first.get_by_label("Price", exact=True).fill("25.00")
    first.get_by_label("Stock").fill("7")
    page.get_by_role("button", name="Put on sale").click()
    expect(page.get_by_role("main").get_by_role("link", name="Quillwort pewter inkstand").first).to_be_visible()

    shopper = visitor()
    shopper.goto("/en-us/")
    until_it_says(shopper, "/en-us/search?q=quillwort&anywhere=1", "Quillwort pewter inkstand")
    shopper.goto("/en-us/search?q=quillwort&anywhere=1")
    shopper.get_by_role("main").get_by_role("link", name="Quillwort pewter inkstand").first.click()
    expect(shopper.get_by_role("heading", level=1)).to_have_text("Quillwort pewter inkstand")
    shown = shopper.get_by_role("img", name="Quillwort pewter inkstand").first
    shopper.wait_for_function("image => image.complete && image.naturalWidth > 0", arg=shown.element_handle())


def test_a_seller_uploads_a_thousand_rows_and_reads_why_seven_were_refused(market: Market, visitor: Visitor):
    seller = market.person("owner (average)")
    page = visitor()
    sign_in(page, seller)
    page.goto(f"/en-us/seller/{seller.store}/imports")
    file = FilePayload(name="brambling.csv", mimeType="text/csv", buffer=feed(market, seller))
    page.get_by_label("Your file").set_input_files(file)
    page.get_by_role("button", name="Import", exact=True).click()

    # The bar moves by itself to its end; the reasons stand on the page once it is looked at again.
    expect(page.get_by_role("progressbar")).to_have_attribute("value", str(ROWS), timeout=60_000)
    expect(page.get_by_text("Done")).to_be_visible(timeout=60_000)
    page.reload()
    table = page.get_by_role("table", name="Refused rows")
    expect(table.get_by_role("row")).to_have_count(1 + len(WRONG))
    for n, (_cells, reason) in WRONG.items():
        line = f"{n + 1:,}"  # after the head
        expect(table.get_by_role("row").filter(has=page.get_by_role("cell", name=line, exact=True))).to_contain_text(reason)

    page.goto(f"/en-us/seller/{seller.store}/products?q=Brambling")
    expect(page.get_by_role("row").nth(1)).to_contain_text("Brambling")
    until_it_says(page, "/en-us/search?q=brambling&anywhere=1", f"{ROWS - len(WRONG)} products")


def category_of(market: Market, seller: Person) -> str:
    """Where the seller sells already."""
    category: str = market.ask("GET", "products", store=seller.store)["items"][0]["category"]
    return category


def currency_of(market: Market, seller: Person) -> str:
    currency: str = market.ask("GET", f"stores/{seller.store}")["currency"]
    return currency


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (640, 480), "rebeccapurple").save(out, "PNG")
    return out.getvalue()


def feed(market: Market, seller: Person) -> bytes:
    currency = currency_of(market, seller)
    good = {"price": f"9.90 {currency}", "product_type": category_of(market, seller), "quantity": "5", "availability": "in_stock"}
    out = io.StringIO(newline="")
    rows = csv.DictWriter(out, ["id", "title", *good])
    rows.writeheader()
    for n in range(1, ROWS + 1):
        wrong = {name: text.format(currency=currency) for name, text in WRONG.get(n, ({}, ""))[0].items()}
        rows.writerow({"id": f"brambling-{n}", "title": f"Brambling item {n}", **good, **wrong})
    return out.getvalue().encode()
