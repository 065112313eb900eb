"""How many gave each number of stars."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Histogram:
    """`counts[0]` is the number of 1-star ratings, `counts[4]` of 5-star ones."""

    counts: tuple[int, int, int, int, int] = (0, 0, 0, 0, 0)

    @classmethod
    def of(cls, stars: Iterable[int]) -> Histogram:
        seen = Counter(stars)
        return cls((seen[1], seen[2], seen[3], seen[4], seen[5]))

    @property
    def ratings(self) -> int:
        return sum(self.counts)

    @property
    def total(self) -> int:
        """The sum of all stars, for means."""
        return sum(stars * count for stars, count in enumerate(self.counts, start=1))

    @property
    def mean(self) -> float | None:
        return self.total / self.ratings if self.ratings else None

    def share(self, stars: int) -> float:
        """The part of all ratings that gave so many stars, in 0..1."""
        return self.counts[stars - 1] / self.ratings if self.ratings else 0.0
