"""`docs/pricing.md` tells the truth: its tables are run."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import pytest

from caravan.kernel.money import Money, largest_remainder
from caravan.kernel.rates import RateTable
from caravan.promotions.rules import CartFacts, LineFacts, Terms, quote, unit_price
from caravan.promotions.rules.choice import MOST_COMBINATIONS
from caravan.promotions.rules.sets.search import MOST_STEPS
from caravan.trade.rules.exchange import settle
from caravan.trade.rules.refunds import Amount, LineState, RefundLine, plan
from tests.factories import AT
from tests.promotions.language.answers import words_of
from tests.promotions.language.carts import cart_of
from tests.promotions.language.goods import NAMES, PAGE, tables
from tests.promotions.language.offers import terms_of

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


def carts(*heads: str) -> list[dict[str, str]]:
    """The rows of all tables of carts that have these columns."""
    return [row for _, some in tables(TEXT) for row in some if {"in the cart", *heads} <= row.keys()]


@pytest.mark.parametrize("row", carts("the buyer pays"), ids=lambda row: f"{row['in the cart']} | {row['on offer']}")
def test_a_cart_costs_what_the_document_says(row):
    words = words_of(quote(cart_of(row["in the cart"]), terms_of(row["on offer"]), AT))
    assert {head: words.get(head, cell) for head, cell in row.items()} == row
    assert row.keys() - words.keys() == {"in the cart", "on offer"}


@pytest.mark.parametrize("row", carts("comes back"), ids=lambda row: f"{row['in the cart']} | {row['on offer']}")
def test_what_goes_back_brings_back_what_the_document_says(row):
    quoted = quote(cart_of(row["in the cart"]), terms_of(row["on offer"]), AT)
    lines = [line for store in quoted.stores for line in store.lines]
    names = {NAMES[line.facts.variant_id]: line.facts.variant_id for line in lines}
    left = {i.facts.variant_id: LineState(i.facts.variant_id, i.facts.quantity, 0, i.total.minor, 0, 0, 0, 0) for i in lines}
    back, nothing = [], Amount(0, 0)
    for name in row["goes back, one after the other"].split(", "):
        was = left[names[name]]
        (part,) = plan([was], [RefundLine(was.line_id, 1)], shipping=nothing, shipping_tax=nothing).parts
        back.append(Money(part.minor, "USD"))
        left[was.line_id] = replace(
            was, refunded_quantity=was.refunded_quantity + part.quantity, refunded_minor=was.refunded_minor + part.minor
        )
    assert ", ".join(money.amount for money in back) == row["comes back"]
    assert sum(back, start=Money.zero("USD")) == quoted.items


def test_by_largest_remainder_a_mug_would_make_the_cart_dearer_than_it_is():
    assert largest_remainder(2, [300, 100]) == [2, 0]
    assert largest_remainder(2, [300, 100, 100]) == [1, 1, 0]


def test_the_document_says_how_far_is_searched_and_how_many_carts_there_are():
    assert f"up to {MOST_COMBINATIONS:,} (`MOST_COMBINATIONS`" in TEXT
    assert f"up to {MOST_STEPS:,} steps (`MOST_STEPS`" in TEXT
    there = sum(len(some) for _, some in tables(PAGE.read_text("utf-8")) if "in the cart" in some[0])
    assert f"{there} more carts" in TEXT
