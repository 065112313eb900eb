"""Every way of making sets of several offers that compete for the same pieces."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from caravan.promotions.rules.offers import Bundle
from caravan.promotions.rules.sets.rounds import alone, bundle_round, gift_round, same_round
from caravan.promotions.rules.sets.stacks import Pieces, Round, Rounds, Stack

MOST_STEPS = 4_000  # sets tried, and numbers of pieces left that they were tried with
MOST_DEPTH = 300  # sets made one on top of the other

Counts = tuple[int, ...]


class Search:
    """Offer by offer, each as often as there are pieces for it. What a number of pieces left can still save is remembered.

    What the last offer saves most with the pieces the others leave it is known without a search, so that is the one which could
    be made in most ways.
    """

    def __init__(self, pieces: Sequence[Pieces], stacks: Sequence[Stack]) -> None:
        self.pieces = sorted(pieces, key=lambda one: one.ways)
        self.stacks = stacks
        self.steps = 0
        self._all = tuple([stack.pieces for stack in stacks])
        self._known: dict[tuple[int, int, Counts], tuple[int, Round | None]] = {}
        self._most_there_is: list[int] = []

    def best(self) -> tuple[list[Rounds], bool]:
        # What each offer and those after it could save if none had to share: more is not to be looked for.
        each = [_saving(alone(one, self.stacks, list(self._all))) for one in reversed(self.pieces)]
        self._most_there_is = list(accumulate(each))[::-1]
        self._known[len(self.pieces) - 1, 0, self._all] = (each[0], None)
        self._most(0, 0, self._all, 0)
        if self.steps > MOST_STEPS:
            return self._in_turn()
        found, at, times, counts = list[Rounds](), 0, 0, self._all
        while at < len(self.pieces) - 1:
            made = self._known[at, times, counts][1]
            if made is None:
                at, times = at + 1, 0
                continue
            found.append(Rounds(self.pieces[at].offer, made))
            counts, times = _without(counts, made), times + 1
        return [*found, *alone(self.pieces[-1], self.stacks, list(counts))], False

    def every(self) -> Iterator[list[Rounds]]:
        yield from self._ways(0, 0, self._all, [])

    def _most(self, at: int, times: int, counts: Counts, depth: int) -> int:
        known = self._known.get((at, times, counts))
        if known is not None:
            return known[0]
        self._step(depth)
        if at == len(self.pieces) - 1:
            best: tuple[int, Round | None] = (_saving(alone(self.pieces[at], self.stacks, list(counts))), None)
        else:
            best = (self._most(at + 1, 0, counts, depth), None)
            for made in self._rounds(at, times, counts):
                if best[0] >= self._most_there_is[at] or self.steps > MOST_STEPS:
                    break
                self._step(depth)
                saving = made.saving + self._most(at, times + 1, _without(counts, made), depth + 1)
                if saving > best[0]:
                    best = (saving, made)
        self._known[at, times, counts] = best
        return best[0]

    def _step(self, depth: int) -> None:
        self.steps += 1 if depth < MOST_DEPTH else MOST_STEPS

    def _ways(self, at: int, times: int, counts: Counts, made_so_far: list[Rounds]) -> Iterator[list[Rounds]]:
        self._step(len(made_so_far))
        if self.steps > MOST_STEPS:
            return
        if at == len(self.pieces):
            yield made_so_far
            return
        yield from self._ways(at + 1, 0, counts, made_so_far)
        for made in self._rounds(at, times, counts):
            if self.steps > MOST_STEPS:
                return
            yield from self._ways(at, times + 1, _without(counts, made), [*made_so_far, Rounds(self.pieces[at].offer, made)])

    def _rounds(self, at: int, times: int, counts: Counts) -> Iterator[Round]:
        pieces = self.pieces[at]
        offer = pieces.offer
        if offer.times is not None and times >= offer.times:
            return
        if isinstance(offer, Bundle):
            wanted = [(group, item.quantity) for group, item in zip(pieces.groups, offer.items, strict=True)]
            for taken in _combined(wanted, counts):
                yield bundle_round(pieces, self.stacks, taken)
        elif offer.gifts is None:
            for size in range(offer.buy + 1, offer.buy + offer.get + 1):
                for taken in _choices(pieces.groups[0], size, counts):
                    yield same_round(offer, self.stacks, taken)
        else:
            for size in range(1, offer.get + 1):
                for bought in _choices(pieces.groups[0], offer.buy, counts):
                    for got in _choices(pieces.groups[1], size, counts):
                        yield gift_round(offer, self.stacks, bought, got)

    def _in_turn(self) -> tuple[list[Rounds], bool]:
        """Each offer in turn takes what is left: the best of as many orders as there are offers; whether more may be possible."""
        best, most = list[Rounds](), 0
        for first in range(len(self.pieces)):
            counts, found = list(self._all), list[Rounds]()
            for pieces in (*self.pieces[first:], *self.pieces[:first]):
                found += alone(pieces, self.stacks, counts)
            saving = _saving(found)
            if saving > most:
                best, most = found, saving
        return best, most < self._most_there_is[0]


def _saving(rounds: Iterable[Rounds]) -> int:
    return sum([one.saving for one in rounds])


def _combined(wanted: Sequence[tuple[Sequence[int], int]], counts: Counts) -> Iterator[list[tuple[int, int]]]:
    """Every way to take of each group so many pieces."""
    if not wanted:
        yield []
        return
    for first in _choices(*wanted[0], counts):
        for rest in _combined(wanted[1:], counts):
            yield [*first, *rest]


def _choices(group: Sequence[int], wanted: int, counts: Counts) -> Iterator[list[tuple[int, int]]]:
    """Every way to take exactly `wanted` pieces of the stacks of `group`, those of the first ones first."""
    there = [n for n in group if counts[n]]
    yield from _taking(there, wanted, sum([counts[n] for n in there]), counts)


def _taking(there: Sequence[int], wanted: int, available: int, counts: Counts) -> Iterator[list[tuple[int, int]]]:
    if not wanted:
        yield []
    elif wanted <= available:
        n, rest = there[0], available - counts[there[0]]
        for pieces in range(min(wanted, counts[n]), max(0, wanted - rest) - 1, -1):
            for others in _taking(there[1:], wanted - pieces, rest, counts):
                yield [(n, pieces), *others] if pieces else others


def _without(counts: Counts, made: Round) -> Counts:
    left = list(counts)
    for n, taken in made.taken:
        left[n] -= taken
    return tuple(left)
