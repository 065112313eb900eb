"""`docs/ledger.md` tells the truth: what its orders post is posted by the rules, and each of its tables balances."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import pytest

from caravan.kernel.money import Money
from caravan.ledger.rules import Leg
from caravan.trade.rules import funds
from caravan.trade.rules.funds import FundTerms, Left, SubsidisedLine

TEXT = (Path(__file__).parents[2] / "docs" / "ledger.md").read_text("utf-8")
ANA = FundTerms(UUID(int=1), UUID(int=2), "EUR", "USD", Decimal("0.80"), 0, 800)

Sums = dict[tuple[str, str], int]


def tables() -> list[Sums]:
    """What each table of debits and credits adds up to, by account and currency."""
    return [_sums(body.splitlines()) for body in re.findall(r"\| account \| debit \| credit \|\n\|[-|]+\n((?:\|.*\n)+)", TEXT)]


def _sums(rows: Sequence[str]) -> Sums:
    sums: Counter[tuple[str, str]] = Counter()
    for row in rows:
        account, debit, credit = (cell.strip() for cell in row.strip("|").split("|"))
        kind, currency = re.fullmatch(r"`(\w+)`.* (\w{3})", account).groups()  # type: ignore[union-attr]
        amount = Money.parse(f"{debit or credit} {currency}").minor
        sums[kind, currency] += amount if debit else -amount
    return dict(sums)


def posted(legs: Sequence[Leg]) -> Sums:
    sums: Counter[tuple[str, str]] = Counter()
    for leg in legs:
        sums[str(leg.kind), leg.amount.currency] += leg.amount.minor
    return {account: minor for account, minor in sums.items() if minor}


def due(refunded: int) -> int:
    """Of the second lamp, what the market's 6.00 EUR come to when so much of its 30.00 EUR went back."""
    return funds.subsidy_left(ANA, [SubsidisedLine(600, 3_000, refunded, 1, 0)]).minor


ORDERS = {
    "she pays": (0, funds.paid(ANA, 5_400)),
    "a scratch": (1, funds.given_back(ANA, 500)),
    "she has received it": (2, funds.released(ANA, Left(4_900, 800))),
    "the lamp with both discounts": (5, funds.released(ANA, Left(4_200, 700))),
    "the market's part": (6, funds.bonus(ANA, 0, due(0), available=False)),
    "half of it back": (7, funds.taken_back(ANA, Left(4_200, 700), Left(2_350, 350), available=False)),
    "the market's part comes down": (8, funds.bonus(ANA, due(0), due(1_500), available=False)),
}


@pytest.mark.parametrize("what", ORDERS)
def test_the_document_posts_what_the_rules_post(what):
    place, legs = ORDERS[what]
    assert tables()[place] == posted(legs)


def test_every_table_of_the_document_balances():
    assert len(tables()) == 9
    for sums in tables():
        for currency in ("EUR", "USD"):
            assert sum(minor for (_, other), minor in sums.items() if other == currency) == 0
