"""What there is to buy, of whom, and what is said of it: the table at the head of `carts.md`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from uuid import UUID

from caravan.kernel.money import Money
from caravan.kernel.rates import RateTable
from caravan.promotions.rules import Scope

PAGE = Path(__file__).parents[1] / "carts.md"
COLOURS = ("", "red", "blue", "green")
MARKET = "the market"


def tables(text: str) -> Iterator[tuple[str, list[dict[str, str]]]]:
    """Every table of a page under its heading, each row by the words at the heads of its columns."""
    heading, head = "", list[str]()
    rows = list[dict[str, str]]()
    for line in [*text.splitlines(), ""]:
        if line.startswith("|"):
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            if not head:
                head = cells
            elif not set(line) <= set("|-"):
                rows.append(dict(zip(head, cells, strict=True)))
            continue
        if head:
            yield heading, rows
            head, rows = [], []
        heading = line.lstrip("# ") if line.startswith("#") else heading


@dataclass(frozen=True)
class Goods:
    """A row of the first table, at which `place` of it."""

    place: int
    store: str
    currency: str
    category: str

    @property
    def product_id(self) -> UUID:
        return UUID(int=100 + self.place)

    def variant_id(self, colour: str) -> UUID:
        return UUID(int=16 * (self.place + 1) + COLOURS.index(colour))


_GOODS, _RATES = (rows for _, rows in list(tables(PAGE.read_text("utf-8")))[:2])
GOODS = {row["goods"]: Goods(n, row["sold by"], row["priced in"], row["category"]) for n, row in enumerate(_GOODS)}
RATES = RateTable({row["currency"]: Decimal(row["for one euro"]) for row in _RATES}, "2026-03-02", "ECB")
STORES = {store: UUID(int=n + 1) for n, store in enumerate(dict.fromkeys(goods.store for goods in GOODS.values()))}
CURRENCIES = {goods.store: goods.currency for goods in GOODS.values()}
NAMES = {goods.variant_id(colour): f"{colour} {name}".strip() for name, goods in GOODS.items() for colour in COLOURS}


def matched(pattern: str, phrase: str) -> re.Match[str]:
    found = re.fullmatch(pattern, phrase)
    assert found, f"“{phrase}” is not understood"
    return found


def money(amount: str, store: str) -> Money:
    """In the currency of whoever offers it; the market's is the dollar."""
    return Money.parse(f"{amount} {CURRENCIES.get(store, 'USD')}")


def scope_of(phrase: str) -> tuple[str, Scope]:
    """Whose goods, and which: `Nord` (all of them), `lamp, rug`, `Nord kitchen` (a category), `kitchen` (the market's)."""
    if phrase in STORES:
        return phrase, Scope()
    names = phrase.split(", ")
    if all(name in GOODS for name in names):
        return GOODS[names[0]].store, Scope(products=frozenset(GOODS[name].product_id for name in names))
    store, category = matched(r"(?:(\w+) )?([a-z/]+)", phrase).groups()
    return store or MARKET, Scope(categories=(category,))


def segment_id(name: str) -> UUID:
    return UUID(bytes=name.encode().ljust(16))
