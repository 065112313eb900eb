"""How much more was sold for a promotion: its goods against the weeks before, beside goods like them that had none.

The rate of the promoted goods, during over before, is divided by the same ratio of the goods they are matched with: a
difference in differences of the logarithms. Each of the four counts is a sum of days; its logarithm has the variance of a
Poisson count, widened by how much more the days vary than chance would (quasi-Poisson). Interval: 95%, normal on the log scale.
Sources: Rothman, Greenland and Lash, "Modern Epidemiology" (2008), ch. 14, for rate ratios; McCullagh and Nelder,
"Generalized Linear Models" (1989), 6.2.3, for the dispersion.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, variance

Z95 = 1.959964
ENOUGH = 10  # units in each of the four counts; below it a rate is an anecdote


@dataclass(frozen=True, slots=True)
class Uplift:
    """`rate` 0.25: a quarter more than without. `low` and `high` bound it with 95% confidence."""

    rate: float
    low: float
    high: float

    @property
    def is_clear(self) -> bool:
        """Whether chance alone is an unlikely reason."""
        return self.low > 0 or self.high < 0


def uplift(
    *, during: Sequence[int], before: Sequence[int], matched_during: Sequence[int], matched_before: Sequence[int]
) -> Uplift | None:
    """Units sold a day of the promoted goods and of those they are matched with. None where there is too little to tell."""
    cells = (during, before, matched_during, matched_before)
    if any(len(days) < 2 or sum(days) < ENOUGH for days in cells):
        return None
    rates = [sum(days) / len(days) for days in cells]
    log = math.log(rates[0] / rates[1]) - math.log(rates[2] / rates[3])
    spread = Z95 * math.sqrt(sum(_dispersion(days) / sum(days) for days in cells))
    return Uplift(math.expm1(log), math.expm1(log - spread), math.expm1(log + spread))


def _dispersion(days: Sequence[int]) -> float:
    """How much more the days vary than a Poisson count, 1 at least."""
    return max(1.0, variance(days) / fmean(days))
