"""One set of an offer: which pieces it takes, what it saves on each, and the best sets of an offer alone."""

from __future__ import annotations

from collections.abc import Sequence

from caravan.promotions.rules.allocation import allocate
from caravan.promotions.rules.offers import Bundle, BuyGet
from caravan.promotions.rules.sets.stacks import Pieces, Round, Rounds, Stack


def alone(pieces: Pieces, stacks: Sequence[Stack], counts: list[int]) -> list[Rounds]:
    """The sets of one offer that save most: always of the dearest pieces there are. Takes them from `counts`."""
    found, times = list[Rounds](), pieces.offer.times
    while times is None or times > 0:
        made = _next_round(pieces, stacks, counts)
        if made is None or made.saving <= 0:
            break
        # The next ones are the same as long as there is enough of the same stacks.
        again = min([counts[n] // taken for n, taken in made.taken]) if times != 1 else 1
        if times is not None:
            again = min(again, times)
            times -= again
        for n, taken in made.taken:
            counts[n] -= taken * again
        found.append(Rounds(pieces.offer, made, again))
    return found


def _next_round(pieces: Pieces, stacks: Sequence[Stack], counts: list[int]) -> Round | None:
    offer = pieces.offer
    if isinstance(offer, Bundle):
        chosen = list[tuple[int, int]]()
        for group, item in zip(pieces.groups, offer.items, strict=True):
            part, missing = take(group, item.quantity, counts)
            if missing:
                return None
            chosen += part
        return bundle_round(pieces, stacks, chosen)
    if offer.gifts is None:
        taken, missing = take(pieces.groups[0], offer.buy + offer.get, counts)
        return same_round(offer, stacks, taken) if missing < offer.get else None
    # What is bought saves nothing itself: the cheapest pieces do as well, and leave the dear ones alone.
    bought, missing = take(pieces.groups[0][::-1], offer.buy, counts)
    got, _ = take(pieces.groups[1], offer.get, counts)
    return gift_round(offer, stacks, bought, got) if got and not missing else None


def take(group: Sequence[int], wanted: int, counts: Sequence[int]) -> tuple[list[tuple[int, int]], int]:
    """Up to `wanted` pieces of the stacks of `group`, in its order, and how many are missing."""
    taken = []
    for n in group:
        pieces = min(wanted, counts[n])
        if pieces:
            taken.append((n, pieces))
            wanted -= pieces
            if not wanted:
                break
    return taken, wanted


def bundle_round(pieces: Pieces, stacks: Sequence[Stack], taken: list[tuple[int, int]]) -> Round:
    """What a bundle saves, shared over its pieces by what they cost; nothing where its price is no lower."""
    costs = [stacks[n].unit * count for n, count in taken]
    shares = allocate(max(0, sum(costs) - pieces.price), costs)
    return Round(taken, [(n, share) for (n, _), share in zip(taken, shares, strict=True)])


def same_round(offer: BuyGet, stacks: Sequence[Stack], taken: list[tuple[int, int]]) -> Round:
    """The cheapest of the set are those got. `taken` has the dearest first."""
    left, saved = sum([n for _, n in taken]) - offer.buy, list[tuple[int, int]]()
    for n, count in reversed(taken):
        got = min(count, left)
        saved.append((n, got * _off(stacks[n].unit, offer.percent)))
        left -= got
        if not left:
            break
    return Round(taken, saved)


def gift_round(offer: BuyGet, stacks: Sequence[Stack], bought: list[tuple[int, int]], got: list[tuple[int, int]]) -> Round:
    """Who bought those gets these."""
    return Round([*bought, *got], [(n, count * _off(stacks[n].unit, offer.percent)) for n, count in got])


def _off(unit: int, percent: int) -> int:
    """Half up, per piece."""
    return (2 * unit * percent + 100) // 200
