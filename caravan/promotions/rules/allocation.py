"""A cut, shared out over lines so that nothing one adds to a cart makes something else in it dearer."""

from __future__ import annotations

import heapq
from collections.abc import Sequence


def allocate(amount: int, weights: Sequence[int]) -> list[int]:
    """`amount` (at most the sum of `weights`) in whole shares close to proportional, none above its weight, the sum exact.

    D'Hondt's method: each share gets its rounded-down part, and the units left over go one by one to the greatest
    weight / (share + 1), ties to the earlier. Largest remainder would be closer to proportional, but there a new line can take a
    unit from one neighbour and give it to another (docs/adr/0009). Balinski and Young, "Fair Representation" (1982), for both.
    """
    total = sum(weights)
    if not 0 <= amount <= total:
        raise ValueError(f"{amount} cannot be taken from {total}")
    if amount == total:
        return list(weights)
    if len(weights) == 1:
        return [amount]
    shares = [weight * amount // total for weight in weights]
    left = amount - sum(shares)
    if left:
        # Heaped by weight / (share + 1), greatest first; floats would tie where the fractions do not.
        queue = [_Next(weight, share, place) for place, (weight, share) in enumerate(zip(weights, shares, strict=True)) if weight]
        heapq.heapify(queue)
        for _ in range(left):
            first = queue[0]
            shares[first.place] += 1
            first.share += 1
            heapq.heapreplace(queue, first)
    return shares


class _Next:
    """A line waiting for its next unit."""

    __slots__ = ("place", "share", "weight")

    def __init__(self, weight: int, share: int, place: int) -> None:
        self.weight, self.share, self.place = weight, share, place

    def __lt__(self, other: _Next) -> bool:
        mine, theirs = self.weight * (other.share + 1), other.weight * (self.share + 1)
        return mine > theirs or (mine == theirs and self.place < other.place)
