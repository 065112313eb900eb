"""Goods that save together: bundles, and so many bought, so many got. Each piece is in one set; the sets that save most are made.

Offers that share no goods are looked at one by one, which has an answer in closed form. Where they compete for pieces, every way
of making sets is tried (`search`), with what was found for the same pieces remembered, up to a number of steps; beyond that the
best of each offer's own answer, taken in turn, is what is offered, and the quote says that it is `bounded`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from caravan.promotions.rules.cuts import Minor
from caravan.promotions.rules.facts import LineFacts
from caravan.promotions.rules.sets.rounds import alone
from caravan.promotions.rules.sets.search import MOST_STEPS, Search
from caravan.promotions.rules.sets.stacks import NO_SETS, Made, Pieces, Rounds, SetOffer, Sets, Stack, pieces_of

__all__ = ["NO_SETS", "Made", "SetOffer", "Sets", "Stack", "best_sets", "every_sets"]


def best_sets(offers: Sequence[SetOffer], lines: Sequence[LineFacts], stacks: Sequence[Stack], minor: Minor) -> Sets:
    """The sets that save most. `minor`: what an amount is in the buyer's minor units."""
    rounds, bounded = list[Rounds](), False
    for together in _components(pieces_of(offers, lines, stacks, minor)):
        if len(together) == 1:
            rounds += alone(together[0], stacks, [stack.pieces for stack in stacks])
        else:
            some, cut_short = Search(together, stacks).best()
            rounds += some
            bounded |= cut_short
    return Sets(_gathered(offers, rounds, stacks), bounded)


def every_sets(offers: Sequence[SetOffer], lines: Sequence[LineFacts], stacks: Sequence[Stack], minor: Minor) -> list[Sets]:
    """Each way of making sets that differs in what some line saves, making none among them; as far as `MOST_STEPS` goes."""
    search = Search(pieces_of(offers, lines, stacks, minor), stacks)
    found = {tuple(sorted(_saved(rounds, stacks).items())): rounds for rounds in search.every()}
    return [Sets(_gathered(offers, rounds, stacks), search.steps > MOST_STEPS) for rounds in found.values()]


def _components(pieces: list[Pieces]) -> Iterator[list[Pieces]]:
    """Offers that share stacks, directly or through others."""
    rest = list(pieces)
    while rest:
        together, shared = [rest.pop(0)], set[int]()
        shared |= together[0].stacks
        while touching := [one for one in rest if one.stacks & shared]:
            for one in touching:
                rest.remove(one)
                together.append(one)
                shared |= one.stacks
        yield together


def _gathered(offers: Sequence[SetOffer], rounds: Sequence[Rounds], stacks: Sequence[Stack]) -> list[Made]:
    """By offer, in their order, and by line."""
    by_offer: dict[int, list[Rounds]] = {}
    for one in rounds:
        by_offer.setdefault(one.offer.id.int, []).append(one)
    made = [Made(offer, _saved(by_offer[offer.id.int], stacks)) for offer in offers if offer.id.int in by_offer]
    return [one for one in made if one.saved]


def _saved(rounds: Sequence[Rounds], stacks: Sequence[Stack]) -> dict[int, int]:
    """By line."""
    saved: dict[int, int] = {}
    for _, made, times in rounds:
        for n, minor in made.saved:
            if minor:
                place = stacks[n].place
                saved[place] = saved.get(place, 0) + minor * times
    return saved
