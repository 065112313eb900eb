"""The goods of a cart at the prices on their cards, and those of them that an offer is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from caravan.promotions.rules.facts import LineFacts
from caravan.promotions.rules.offers import Scope


class Goods(NamedTuple):
    """Some lines of a cart: their `places` in it, what they cost together, how many pieces they are."""

    places: Sequence[int]
    amount: int
    pieces: int


NO_GOODS = Goods((), 0, 0)


@dataclass(frozen=True, slots=True)
class Cards:
    """Every line of a cart, in order: what it is, and what its pieces cost together at the prices on their cards."""

    lines: Sequence[LineFacts]
    amounts: Sequence[int]

    def goods(self, places: Sequence[int]) -> Goods:
        return Goods(places, sum([self.amounts[n] for n in places]), sum([self.lines[n].quantity for n in places]))

    def shelf(self, places: Sequence[int]) -> Shelf:
        return Shelf(self, self.goods(places), frozenset([self.lines[n].product_id for n in places]))


@dataclass(frozen=True, slots=True)
class Shelf:
    """The goods of one store, or of all: where those that an offer is about are looked for."""

    cards: Cards
    goods: Goods
    products: frozenset[UUID]

    def about(self, scope: Scope) -> Goods:
        places, lines = self.goods.places, self.cards.lines
        if scope.products is not None:
            # Most offers are about other goods. Two sets know their elements' hashes, so that is found out at once.
            products = scope.products & self.products
            return self.cards.goods([n for n in places if lines[n].product_id in products]) if products else NO_GOODS
        if scope.categories:
            return self.cards.goods([n for n in places if scope.covers(lines[n])])
        return self.goods
