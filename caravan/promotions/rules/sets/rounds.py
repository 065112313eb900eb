"""One set of an offer: which pieces it takes, what it saves on each, and the best sets of an offer alone."""

from __future__ import annotations

from collections.abc import Sequence

from caravan.promotions.rules.allocation import allocate
from caravan.promotions.rules.offers import Bundle, BuyGet
from caravan.promotions.rules.sets.stacks import Pieces, Round, Stack


def alone(pieces: Pieces, stacks: Sequence[Stack], counts: list[int]) -> list[Round]:
    """The sets of one offer that save most: always of the dearest pieces there are. Takes them from `counts`."""
    offer, rounds = pieces.offer, list[Round]()
    dearest = [sorted(group, key=lambda n: (-stacks[n].unit, n)) for group in pieces.groups]
    while offer.times is None or len(rounds) < offer.times:
        made = _next_round(pieces, dearest, stacks, counts)
        if made is None or made.saving <= 0:
            break
        for n, taken in made.taken:
            counts[n] -= taken
        rounds.append(made)
    return rounds


def _next_round(pieces: Pieces, dearest: list[list[int]], stacks: Sequence[Stack], counts: list[int]) -> Round | None:
    offer = pieces.offer
    if isinstance(offer, Bundle):
        chosen = [take(group, item.quantity, counts) for group, item in zip(dearest, offer.items, strict=True)]
        full = all(sum(n for _, n in part) == item.quantity for part, item in zip(chosen, offer.items, strict=True))
        return bundle_round(pieces, stacks, [pair for part in chosen for pair in part]) if full else None
    if len(dearest) == 1:
        taken = take(dearest[0], offer.buy + offer.get, counts)
        return same_round(offer, stacks, taken) if sum(n for _, n in taken) > offer.buy else None
    # What is bought saves nothing itself: the cheapest pieces do as well, and leave the dear ones alone.
    bought, got = take(dearest[0][::-1], offer.buy, counts), take(dearest[1], offer.get, counts)
    if sum(n for _, n in bought) < offer.buy or not got:
        return None
    return gift_round(offer, stacks, bought, got)


def take(group: list[int], wanted: int, counts: Sequence[int]) -> list[tuple[int, int]]:
    """Up to `wanted` pieces of the stacks of `group`, in its order."""
    taken = []
    for n in group:
        pieces = min(wanted, counts[n])
        if pieces:
            taken.append((n, pieces))
            wanted -= pieces
        if not wanted:
            break
    return taken


def bundle_round(pieces: Pieces, stacks: Sequence[Stack], taken: list[tuple[int, int]]) -> Round:
    """What a bundle saves, shared over its pieces by what they cost; nothing where its price is no lower."""
    costs = [stacks[n].unit * count for n, count in taken]
    shares = allocate(max(0, sum(costs) - pieces.price), costs)
    return Round(tuple(taken), tuple((n, share) for (n, _), share in zip(taken, shares, strict=True)))


def same_round(offer: BuyGet, stacks: Sequence[Stack], taken: list[tuple[int, int]]) -> Round:
    """The cheapest of the set are those got."""
    left, saved = sum(n for _, n in taken) - offer.buy, []
    for n, count in sorted(taken, key=lambda pair: (stacks[pair[0]].unit, -pair[0])):
        got = min(count, left)
        if got:
            saved.append((n, got * _off(stacks[n].unit, offer.percent)))
            left -= got
    return Round(tuple(taken), tuple(saved))


def gift_round(offer: BuyGet, stacks: Sequence[Stack], bought: list[tuple[int, int]], got: list[tuple[int, int]]) -> Round:
    """Who bought those gets these."""
    return Round((*bought, *got), tuple((n, count * _off(stacks[n].unit, offer.percent)) for n, count in got))


def _off(unit: int, percent: int) -> int:
    """Half up, per piece."""
    return (2 * unit * percent + 100) // 200
