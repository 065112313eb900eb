"""`docs/pricing.md` tells the truth: its tables are run."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import pytest

from caravan.kernel.money import Money
from caravan.kernel.rates import RateTable
from caravan.promotions.rules import CartFacts, LineFacts, Terms, quote, unit_price
from caravan.trade.rules.exchange import settle
from tests.factories import AT

TEXT = (Path(__file__).parents[2] / "docs" / "pricing.md").read_text("utf-8")
RATES = RateTable(
    {c: Decimal(v) for c, v in {"USD": "1.25", "BRL": "6", "RUB": "90", "JPY": "160", "PLN": "4", "KWD": "0.3843"}.items()},
    "2026-03-02",
    "ECB",
)


def rows(heading: str) -> list[list[str]]:
    """The cells of the table with that head, without the head."""
    body = TEXT.split(heading, 1)[1].split("\n\n", 1)[0]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in body.splitlines()[2:]]


@pytest.mark.parametrize(("listed", "rate", "unit"), rows("| list price | rate | unit price |"))
def test_a_unit_price_is_what_the_document_says(listed, rate, unit):
    price, expected = Money.parse(listed), Money.parse(unit)
    assert unit_price(price, expected.currency, Terms(RATES)) == expected
    assert f"1 {price.currency} = {RATES.rate(price.currency, expected.currency).value.normalize():f} {expected.currency}" == rate


def test_the_cart_of_two_stores_costs_what_the_document_says():
    table = rows("| store | quantity | list price | unit price | line |")
    store = {"a": UUID(int=1), "b": UUID(int=2)}
    lines = tuple(
        LineFacts(UUID(int=n), UUID(int=n), store[row[0]], int(row[1]), Money.parse(row[2])) for n, row in enumerate(table)
    )
    quoted = quote(CartFacts("BR", "BRL", lines), Terms(RATES), AT)
    assert [(str(line.unit), str(line.total)) for s in quoted.stores for line in s.lines] == [(row[3], row[4]) for row in table]
    said = re.search(r"Items of store a: (.*?)\. Items of store b: (.*?)\. Items together: (.*?)\.\n", TEXT)
    assert [str(quoted.stores[0].items), str(quoted.stores[1].items), str(quoted.items)] == list(said.groups())


@pytest.mark.parametrize(
    ("listed", "rate", "paid", "at_mid", "margin", "store"),
    rows("| list price | buyer's rate | buyer pays | of that at the mid rate | margin | store gets |"),
)
def test_what_a_buyer_pays_is_shared_as_the_document_says(listed, rate, paid, at_mid, margin, store):
    price, expected, buying = Money.parse(listed), Money.parse(paid), RATES.with_margin(100)
    assert unit_price(price, expected.currency, Terms(buying)) == expected
    used = buying.rate(price.currency, expected.currency)
    assert f"{used.value.normalize():f}" == rate
    made = settle(expected, store_currency=price.currency, rate=used.value, margin_bps=used.margin_bps)
    assert [str(made.at_mid), str(made.margin), str(made.store)] == [at_mid, margin, store]


def test_three_pieces_settle_to_three_times_the_stores_price():
    paid, store = re.search(r"Three pieces of 0.99 USD are (.*?), and the store gets (.*?):", TEXT).groups()
    buying = RATES.with_margin(100)
    assert str(3 * unit_price(Money.parse("0.99 USD"), "BRL", Terms(buying))) == paid
    made = settle(Money.parse(paid), store_currency="USD", rate=buying.rate("USD", "BRL").value, margin_bps=100)
    assert str(made.store) == store
