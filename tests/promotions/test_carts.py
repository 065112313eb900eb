"""Every row of `carts.md` is priced as it says. Its figures were worked out by hand, from the rules."""

from __future__ import annotations

import pytest

from caravan.promotions.rules import quote
from tests.factories import AT
from tests.promotions.language.answers import words_of
from tests.promotions.language.carts import cart_of
from tests.promotions.language.goods import PAGE, tables
from tests.promotions.language.offers import terms_of

ASKED = ("in the cart", "on offer", "who buys", "paid in", "why")


def carts() -> list[tuple[str, dict[str, str]]]:
    return [(heading, row) for heading, rows in tables(PAGE.read_text("utf-8")) for row in rows if "in the cart" in row]


def said(case: tuple[str, dict[str, str]]) -> str:
    heading, row = case
    return " | ".join([heading, *(row[head] for head in ASKED[:4] if head in row)])


@pytest.mark.parametrize("case", carts(), ids=said)
def test_a_cart_costs_what_the_page_says(case):
    row = case[1]
    cart = cart_of(row["in the cart"], row.get("who buys", ""), row.get("paid in", "USD"))
    quoted = quote(cart, terms_of(row["on offer"]), AT)
    expected = {head: cell for head, cell in row.items() if head not in ASKED}
    words = words_of(quoted)
    assert {head: words[head] for head in expected} == expected
    assert not quoted.bounded


def test_there_are_carts_of_every_kind_and_none_twice():
    rows = [said(case) for case in carts()]
    assert len(rows) == len(set(rows)) >= 120
