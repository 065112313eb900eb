"""Pieces of a cart that cost the same, and the sets made of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from caravan.promotions.rules.facts import LineFacts
from caravan.promotions.rules.offers import Bundle, BuyGet

SetOffer = Bundle | BuyGet
Joint = Callable[[Bundle], int]  # what a bundle costs, in the buyer's minor units


class Stack(NamedTuple):
    """Pieces alike: of the line at `place`, at `unit` each."""

    place: int
    unit: int
    pieces: int


@dataclass(frozen=True, slots=True)
class Made:
    """Sets made of one offer: what each line saves by them, by its place."""

    offer: SetOffer
    saved: dict[int, int]

    @property
    def total(self) -> int:
        return sum(self.saved.values())


@dataclass(frozen=True, slots=True)
class Sets:
    made: tuple[Made, ...] = ()
    bounded: bool = False

    @property
    def total(self) -> int:
        return sum(one.total for one in self.made)


NO_SETS = Sets()


class Round(NamedTuple):
    """One set: how many pieces it takes of each stack, and what it saves on each."""

    taken: tuple[tuple[int, int], ...]
    saved: tuple[tuple[int, int], ...]

    @property
    def saving(self) -> int:
        return sum(minor for _, minor in self.saved)


@dataclass(slots=True)
class Pieces:
    """The stacks an offer may take from: by item of a bundle, or what is bought and what is got."""

    offer: SetOffer
    groups: list[list[int]]
    price: int = 0

    @property
    def stacks(self) -> set[int]:
        return {stack for group in self.groups for stack in group}


def pieces_of(offers: Sequence[SetOffer], lines: Sequence[LineFacts], stacks: Sequence[Stack], joint: Joint) -> list[Pieces]:
    """The offers there are goods for."""
    found = []
    for offer in offers:
        if isinstance(offer, Bundle):
            groups = [
                [
                    n
                    for n, stack in enumerate(stacks)
                    if lines[stack.place].product_id == item.product_id
                    and (item.variants is None or lines[stack.place].variant_id in item.variants)
                ]
                for item in offer.items
            ]
            if all(
                sum(stacks[n].pieces for n in group) >= item.quantity for group, item in zip(groups, offer.items, strict=True)
            ):
                found.append(Pieces(offer, groups, joint(offer)))
        else:
            bought = [n for n, stack in enumerate(stacks) if offer.scope.covers(lines[stack.place])]
            if offer.gifts is None:
                if sum(stacks[n].pieces for n in bought) > offer.buy:
                    found.append(Pieces(offer, [bought]))
                continue
            got = [n for n, stack in enumerate(stacks) if offer.gifts.covers(lines[stack.place])]
            bought = [n for n in bought if n not in got]
            if got and sum(stacks[n].pieces for n in bought) >= offer.buy:
                found.append(Pieces(offer, [bought, got]))
    return found
