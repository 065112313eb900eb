from __future__ import annotations

import csv
import itertools
import re
from collections.abc import Iterator
from decimal import Decimal

from playwright.sync_api import Locator, Page, expect

from tests.browser import JOURNEY
from tests.journeys.market import Market
from tests.journeys.steps import Visitor, fill_address, pay, put_into_cart, sign_in, until_it_says
from tests.journeys.test_buying import ship

pytestmark = JOURNEY
ACCOUNT = "sandbox-slow"  # its bank confirms four seconds later, by a signed webhook


def test_a_payout_arrives_and_the_statement_adds_up(market: Market, visitor: Visitor):
    seller = market.person("owner (good)")
    owner, buyer = visitor(), visitor()
    money = f"/en-us/seller/{seller.store}/money"
    sign_in(owner, seller)
    owner.goto(f"{money}/payouts")
    owner.get_by_label("Payout account").fill(ACCOUNT)
    owner.get_by_role("button", name="Save").click()
    expect(owner.get_by_text("Saved. The next payout goes there.")).to_be_visible()

    # A guest buys, the store sends it, the guest has received it: now it is earned.
    number = buy(buyer, max(market.goods("US", store=seller.store), key=price))
    order_page = buyer.url
    ship(visitor(), seller, [number])
    buyer.goto(order_page)
    buyer.get_by_role("button", name="I have received it").click()
    expect(buyer.get_by_role("link", name="Leave feedback")).to_be_visible()
    owner.goto(f"/en-us/seller/{seller.store}/orders/{number}")
    earned = amount(owner.get_by_role("region", name="What you earn").locator("dd.sum").inner_text())
    owner.goto(money)
    line = owner.get_by_role("row").filter(has_text=f"Order {number} completed")
    assert amount(line.get_by_role("cell").nth(2).inner_text()) == earned > 0

    # Nobody disputes it for sixteen days, and a Monday comes. The market's own worker does the rest.
    market.run("-m", "tests.journeys.days_pass", number, "16")
    until_it_says(owner, f"{money}/payouts", f"{ACCOUNT}</td>")
    sent = owner.get_by_role("row").filter(has_text=ACCOUNT)
    expect(once_arrived(owner, f"{money}/payouts", sent)).to_contain_text("Arrived")
    paid_out = amount(sent.get_by_role("cell").first.inner_text())
    assert paid_out >= earned
    arrived = [amount(row.get_by_role("cell").first.inner_text()) for row in through_pages(owner, "Paid out")]

    # The statement: the page and the file say the same, each balance is the one before and what moved, and the tiles agree.
    owner.goto(money)
    stands, filed = tiles(owner), file_of(owner)
    assert statement(owner) == [(row["what"], Decimal(row["amount"]), Decimal(row["balance"])) for row in filed]
    assert adds_up(filed) == stands["Earned"] + stands["Available"]
    assert stands["Paid out"] == sum(arrived)
    assert sum(Decimal(row["amount"]) for row in filed if row["order"] == number) == earned
    assert next(Decimal(row["amount"]) for row in filed if row["kind"] == "payout") == -paid_out

    # Of what was available everything went out, and it was what had come since the payout before.
    owner.goto(f"{money}?account=store_available")
    moved = file_of(owner)
    assert adds_up(moved) == stands["Available"] == stands["On the way"] == 0
    assert (moved[0]["kind"], moved[1]["order"]) == ("payout", number)
    since = itertools.takewhile(lambda row: row["kind"] != "payout", moved[1:])
    assert sum(Decimal(row["amount"]) for row in since) == paid_out

    # The operator's books of this store stand at the same, and the whole of it is proven.
    operator = visitor()
    sign_in(operator, market.person("operator"))
    for kind, tile in (("store_earned", "Earned"), ("store_available", "Available"), ("store_paid_out", "Paid out")):
        operator.goto(f"/en-us/operator/ledger/{kind}/{filed[0]['currency']}?store={seller.store}")
        top = operator.get_by_role("table").get_by_role("row").nth(1).get_by_role("cell")
        assert amount(top.last.inner_text()) == stands[tile], kind
        assert Decimal(file_of(operator)[0]["balance"]) == stands[tile], kind
    operator.goto("/en-us/operator/ledger")
    for together in operator.get_by_role("row").filter(has_text="Together").all():
        debits, credits = (amount(cell) for cell in together.get_by_role("cell").all_inner_texts())
        assert debits == credits
    assert "The ledger adds up" in market.caravan("ledger", "check")


def buy(page: Page, product: dict) -> str:
    """A guest's order of one piece, paid; its number. The page is the order's when it is done."""
    put_into_cart(page, "en-us", product)
    page.goto("/en-us/cart")
    page.get_by_role("link", name="Go to checkout").click()
    page.get_by_role("textbox", name="E-mail").fill("patient@example.test")
    fill_address(page, "US")
    page.get_by_role("button", name="Place the order").click()
    pay(page)
    link = page.get_by_role("main").get_by_role("heading", level=2).get_by_role("link")
    number = link.inner_text()
    link.click()
    return number


def tiles(page: Page) -> dict[str, Decimal]:
    """What stands under "Where your money is", by its name."""
    region = page.get_by_role("region", name="Where your money is")
    names, values = (region.locator(f".stat-{part}").all_inner_texts() for part in ("label", "value"))
    return dict(zip(names, map(amount, values), strict=True))


def once_arrived(page: Page, path: str, row: Locator) -> Locator:
    """The row of a payout, the page read again until its bank has confirmed it, at most half a minute."""
    for _ in range(60):
        page.goto(path)
        if "Arrived" in row.inner_text():
            break
        page.wait_for_timeout(500)
    return row


def statement(page: Page) -> list[tuple[str, Decimal, Decimal]]:
    """Its rows: what, amount, balance."""
    rows = []
    for row in through_pages(page, "Statement"):
        what, cells = row.get_by_role("rowheader").inner_text().split("\n")[0], row.get_by_role("cell").all_inner_texts()
        rows.append((what, Decimal(0) if cells[2] == "–" else amount(cells[2]), amount(cells[3])))
    return rows


def through_pages(page: Page, table: str) -> Iterator[Locator]:
    """The rows of a table on this page and those that follow it; the page shows the last of them when it is done."""
    while True:
        yield from page.get_by_role("table", name=table).locator("tbody tr").all()
        following = page.get_by_role("link", name="Next")
        if not following.count():
            return
        page.goto(following.get_attribute("href") or "")


def adds_up(filed: list[dict[str, str]]) -> Decimal:
    """The balance at the end of a statement that begins with nothing; each row's is the one before it and what moved."""
    balance = Decimal(0)
    for row in reversed(filed):
        balance += Decimal(row["amount"])
        assert Decimal(row["balance"]) == balance, row
    return balance


def file_of(page: Page) -> list[dict[str, str]]:
    with page.expect_download() as download:
        page.get_by_role("link", name="Download CSV").click()
    return list(csv.DictReader(download.value.path().read_text("utf-8").splitlines()))


def amount(text: str) -> Decimal:
    """ "US$1,234.50" or "-US$3.00"."""
    return Decimal(re.sub(r"[^\d.-]", "", text.replace("−", "-")))


def price(product: dict) -> Decimal:
    return max(Decimal(variant["price"]["amount"]) for variant in product["variants"])
