"""What is in the cart, and who holds it."""

from __future__ import annotations

import re
from uuid import UUID

from caravan.promotions.rules import BuyerFacts, CartFacts, LineFacts
from tests.promotions.language.goods import GOODS, STORES, matched, money, segment_id

FIRST_OFFER = 1_000  # ids of offers count up in the order they are written in


def cart_of(cell: str, who: str = "", currency: str = "USD") -> CartFacts:
    """`who`: `follows Nord, in BR`; without it, a guest in the United States."""
    facts: dict[str, object] = {}
    market = "US"
    for phrase in filter(None, who.split(", ")):
        if found := re.fullmatch(r"in (\w\w)", phrase):
            market = found[1]
            continue
        facts["is_known"] = phrase != "a guest"
        if found := re.fullmatch(r"follows (\w+)", phrase):
            facts["follows"] = frozenset([STORES[found[1]]])
        elif found := re.fullmatch(r"has bought at (\w+)", phrase):
            facts["bought_from"] = frozenset([STORES[found[1]]])
        elif found := re.fullmatch(r"of the audience (\w+)", phrase):
            facts["segments"] = frozenset([segment_id(found[1])])
        elif found := re.fullmatch(r"had (\d+) at the deal", phrase):
            facts["used"] = {UUID(int=FIRST_OFFER): int(found[1])}
        else:
            assert phrase in ("a guest", "signed in"), f"“{phrase}” is not understood"
    return CartFacts(market, currency, lines_of(cell), BuyerFacts(**facts))  # type: ignore[arg-type]


def lines_of(cell: str) -> tuple[LineFacts, ...]:
    """`2 x red lamp 20.00, rug 30.00`"""
    return tuple(_line(phrase) for phrase in cell.split(", ") if phrase != "nothing")


def _line(phrase: str) -> LineFacts:
    pieces, colour, name, price = matched(r"(?:(\d+) x )?(?:(\w+) )?(\w+) ([\d.]+)", phrase).groups()
    goods = GOODS[name]
    return LineFacts(
        variant_id=goods.variant_id(colour or ""),
        product_id=goods.product_id,
        store_id=STORES[goods.store],
        quantity=int(pieces or 1),
        list_price=money(price, goods.store),
        category=goods.category,
    )
