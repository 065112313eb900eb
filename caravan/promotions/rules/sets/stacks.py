"""Pieces of a cart that cost the same, and the sets made of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import prod
from typing import NamedTuple
from uuid import UUID

from caravan.promotions.rules.cuts import Minor
from caravan.promotions.rules.facts import LineFacts
from caravan.promotions.rules.offers import Bundle, BundleItem, BuyGet, Scope

SetOffer = Bundle | BuyGet


class Stack(NamedTuple):
    """Pieces alike: of the line at `place`, at `unit` each."""

    place: int
    unit: int
    pieces: int


class Made(NamedTuple):
    """Sets made of one offer: what each line saves by them, by its place."""

    offer: SetOffer
    saved: dict[int, int]

    @property
    def total(self) -> int:
        return sum(self.saved.values())


class Sets(NamedTuple):
    made: Sequence[Made] = ()
    bounded: bool = False

    @property
    def total(self) -> int:
        return sum([one.total for one in self.made])


NO_SETS = Sets()


class Round(NamedTuple):
    """One set: how many pieces it takes of each stack, and what it saves on each."""

    taken: Sequence[tuple[int, int]]
    saved: Sequence[tuple[int, int]]

    @property
    def saving(self) -> int:
        return sum([minor for _, minor in self.saved])


class Rounds(NamedTuple):
    """The same set of an offer, made so many times."""

    offer: SetOffer
    made: Round
    times: int = 1

    @property
    def saving(self) -> int:
        return self.made.saving * self.times


class Pieces(NamedTuple):
    """The stacks an offer may take from, the dearest first: by item of a bundle, or what is bought and what is got."""

    offer: SetOffer
    groups: Sequence[Sequence[int]]
    price: int = 0

    @property
    def stacks(self) -> set[int]:
        return {stack for group in self.groups for stack in group}

    @property
    def ways(self) -> int:
        """About how many different sets could be made of them."""
        offer = self.offer
        wanted = [item.quantity for item in offer.items] if isinstance(offer, Bundle) else _wanted(offer)
        return prod([len(group) ** pieces for group, pieces in zip(self.groups, wanted, strict=True)])


def _wanted(offer: BuyGet) -> list[int]:
    return [offer.buy + offer.get] if offer.gifts is None else [offer.buy, offer.get]


class Piles:
    """Stacks by the goods they are of."""

    def __init__(self, lines: Sequence[LineFacts], stacks: Sequence[Stack]) -> None:
        self.lines, self.stacks = lines, stacks
        self.by_product: dict[UUID, list[int]] = {}
        for n, stack in enumerate(stacks):
            self.by_product.setdefault(lines[stack.place].product_id, []).append(n)
        self.products = frozenset(self.by_product)

    def of_item(self, item: BundleItem) -> list[int]:
        found = self.by_product.get(item.product_id, [])
        if item.variants is not None:
            found = [n for n in found if self.lines[self.stacks[n].place].variant_id in item.variants]
        return self._dearest_first(found)

    def about(self, scope: Scope) -> list[int]:
        if scope.products is None:
            return self._dearest_first([n for n, stack in enumerate(self.stacks) if scope.covers(self.lines[stack.place])])
        products = scope.products & self.products  # sets know their elements' hashes: most offers are about other goods
        return self._dearest_first([n for product in products for n in self.by_product[product]])

    def _dearest_first(self, group: list[int]) -> list[int]:
        return sorted(group, key=lambda n: (-self.stacks[n].unit, n)) if len(group) > 1 else group

    def count(self, group: Iterable[int]) -> int:
        return sum([self.stacks[n].pieces for n in group])


def pieces_of(offers: Sequence[SetOffer], lines: Sequence[LineFacts], stacks: Sequence[Stack], minor: Minor) -> list[Pieces]:
    """The offers there are goods for."""
    piles = Piles(lines, stacks)
    found = [_of_bundle(one, piles, minor) if isinstance(one, Bundle) else _of_buy_get(one, piles) for one in offers]
    return [pieces for pieces in found if pieces]


def _of_bundle(offer: Bundle, piles: Piles, minor: Minor) -> Pieces | None:
    groups = list[list[int]]()
    for item in offer.items:
        group = piles.of_item(item)
        if piles.count(group) < item.quantity:
            return None
        groups.append(group)
    return Pieces(offer, groups, minor(offer.price))


def _of_buy_get(offer: BuyGet, piles: Piles) -> Pieces | None:
    bought = piles.about(offer.scope)
    if offer.gifts is None:
        return Pieces(offer, [bought]) if piles.count(bought) > offer.buy else None
    got = piles.about(offer.gifts)
    bought = [n for n in bought if n not in got]
    return Pieces(offer, [bought, got]) if got and piles.count(bought) >= offer.buy else None
