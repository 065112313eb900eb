"""Every way of making sets of several offers that compete for the same pieces."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product

from caravan.promotions.rules.offers import Bundle
from caravan.promotions.rules.sets.rounds import alone, bundle_round, gift_round, same_round
from caravan.promotions.rules.sets.stacks import Pieces, Round, SetOffer, Stack

MOST_STEPS = 4_000


@dataclass(slots=True)
class Search:
    """Every way of making sets of several offers, offer by offer. What a number of pieces left can still save is remembered."""

    pieces: list[Pieces]
    stacks: Sequence[Stack]
    steps: int = 0
    _known: dict[tuple[int, int, tuple[int, ...]], tuple[int, Round | None]] = field(default_factory=dict)

    def best(self) -> tuple[list[tuple[SetOffer, Round]], bool]:
        counts = tuple(stack.pieces for stack in self.stacks)
        self._most(0, 0, counts)
        if self.steps > MOST_STEPS:
            return self._in_turn(), True
        found, at, times = list[tuple[SetOffer, Round]](), 0, 0
        while at < len(self.pieces):
            made = self._known[at, times, counts][1]
            if made is None:
                at, times = at + 1, 0
                continue
            found.append((self.pieces[at].offer, made))
            counts, times = _without(counts, made), times + 1
        return found, False

    def every(self) -> Iterator[list[tuple[SetOffer, Round]]]:
        yield from self._ways(0, 0, tuple(stack.pieces for stack in self.stacks), [])

    def _most(self, at: int, times: int, counts: tuple[int, ...]) -> int:
        if at == len(self.pieces):
            return 0
        known = self._known.get((at, times, counts))
        if known is not None:
            return known[0]
        self.steps += 1
        best: tuple[int, Round | None] = (self._most(at + 1, 0, counts), None)
        if self.steps <= MOST_STEPS:
            for made in self._rounds(at, times, counts):
                saving = made.saving + self._most(at, times + 1, _without(counts, made))
                if saving > best[0]:
                    best = (saving, made)
        self._known[at, times, counts] = best
        return best[0]

    def _ways(
        self, at: int, times: int, counts: tuple[int, ...], made_so_far: list[tuple[SetOffer, Round]]
    ) -> Iterator[list[tuple[SetOffer, Round]]]:
        self.steps += 1
        if self.steps > MOST_STEPS:
            return
        if at == len(self.pieces):
            yield made_so_far
            return
        yield from self._ways(at + 1, 0, counts, made_so_far)
        for made in self._rounds(at, times, counts):
            yield from self._ways(at, times + 1, _without(counts, made), [*made_so_far, (self.pieces[at].offer, made)])

    def _rounds(self, at: int, times: int, counts: tuple[int, ...]) -> Iterator[Round]:
        pieces = self.pieces[at]
        offer = pieces.offer
        if offer.times is not None and times >= offer.times:
            return
        if isinstance(offer, Bundle):
            ways = [list(_choices(group, item.quantity, counts)) for group, item in zip(pieces.groups, offer.items, strict=True)]
            for parts in product(*ways):
                yield bundle_round(pieces, self.stacks, [pair for part in parts for pair in part])
        elif offer.gifts is None:
            for size in range(offer.buy + 1, offer.buy + offer.get + 1):
                for taken in _choices(pieces.groups[0], size, counts):
                    yield same_round(offer, self.stacks, taken)
        else:
            for size in range(1, offer.get + 1):
                for bought, got in product(
                    _choices(pieces.groups[0], offer.buy, counts), list(_choices(pieces.groups[1], size, counts))
                ):
                    yield gift_round(offer, self.stacks, bought, got)

    def _in_turn(self) -> list[tuple[SetOffer, Round]]:
        """Each offer in turn takes what is left; the best of as many orders as there are offers."""
        best: list[tuple[SetOffer, Round]] = []
        for first in range(len(self.pieces)):
            counts, found = [stack.pieces for stack in self.stacks], list[tuple[SetOffer, Round]]()
            for pieces in (*self.pieces[first:], *self.pieces[:first]):
                found += [(pieces.offer, made) for made in alone(pieces, self.stacks, counts)]
            if sum(made.saving for _, made in found) > sum(made.saving for _, made in best):
                best = found
        return best


def _choices(group: Sequence[int], wanted: int, counts: Sequence[int]) -> Iterator[list[tuple[int, int]]]:
    """Every way to take exactly `wanted` pieces of the stacks of `group`."""
    if not wanted:
        yield []
    elif group:
        for pieces in range(min(wanted, counts[group[0]]), -1, -1):
            for rest in _choices(group[1:], wanted - pieces, counts):
                yield [(group[0], pieces), *rest] if pieces else rest


def _without(counts: tuple[int, ...], made: Round) -> tuple[int, ...]:
    left = list(counts)
    for n, taken in made.taken:
        left[n] -= taken
    return tuple(left)
