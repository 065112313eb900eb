"""A cut, shared out over lines so that nothing one adds to a cart makes something else in it dearer."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Sequence
from operator import truediv


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
        divide = _division(max(weights), amount + 1)
        queue = [(-divide(weight, shares[place] + 1), place) for place, weight in enumerate(weights) if weight]
        heapq.heapify(queue)
        for _ in range(left):
            place = queue[0][1]
            shares[place] += 1
            heapq.heapreplace(queue, (-divide(weights[place], shares[place] + 1), place))
    return shares


def _division(greatest: int, most: int) -> Callable[[int, int], float]:
    """One that tells quotients apart that differ, of weights up to `greatest` by divisors up to `most`.

    Two that differ do so by one part in greatest x most at least. Floats show that up to 2**52; beyond, whole numbers of as many
    binary places as two divisors have.
    """
    if greatest * most < 1 << 52:
        return truediv
    places = 2 * most.bit_length()
    return lambda weight, divisor: (weight << places) // divisor
