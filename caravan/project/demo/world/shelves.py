"""What there is to come across on a day, and how likely each thing is to be come across."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate
from random import Random

from caravan.project.demo.content.catalogue import Leaf, ProductType
from caravan.project.demo.world.goods import Item
from caravan.project.demo.world.seasons import demand

EARLIEST = timedelta(hours=14)  # a day begins in Kiribati that much before it does in Greenwich


@dataclass(frozen=True, slots=True)
class Shelf:
    """Things with how likely each is, added up."""

    things: Sequence[Item]
    weights: Sequence[float]

    def pick(self, rng: Random) -> Item:
        return self.things[bisect(self.weights, rng.random() * self.weights[-1])]


class Shelves:
    """The goods on sale on `day`, by kind. Seasons are the markets' own, fashions are everybody's."""

    def __init__(self, by_kind: Mapping[ProductType, Sequence[Item]], day: date, number: int) -> None:
        self.day = day
        morning = datetime.combine(day, time(), UTC) - EARLIEST
        self.shelves: dict[str, Shelf] = {}
        self.kinds: list[ProductType] = []
        self.by_leaf: dict[str, list[ProductType]] = {}
        self.found: dict[str, int] = {}
        for kind, items in by_kind.items():
            on_sale = [item for item in items if item.published_at <= morning]
            if not on_sale:
                continue
            weights = list(accumulate(item.fame * item.trend.on(number) for item in on_sale))
            self.shelves[kind.slug] = Shelf(on_sale, weights)
            self.kinds.append(kind)
            leaf = kind.leaf.path
            self.by_leaf.setdefault(leaf, []).append(kind)
            self.found[leaf] = self.found.get(leaf, 0) + len(on_sale)

    def weights_for(self, latitude: float, taste: Mapping[str, float]) -> list[float]:
        """How likely a visitor there is to want each of `kinds`, added up."""
        seasons = {season: demand(season, latitude, self.day) for season in ("summer", "winter", "gift", "steady")}
        return list(accumulate(kind.demand * seasons[kind.season] * taste[kind.slug] for kind in self.kinds))

    def pick(self, kind: ProductType, market: str, rng: Random) -> Item | None:
        """One of that kind which ships to the market; None where the few looked at do not."""
        shelf = self.shelves[kind.slug]
        for _ in range(3):
            item = shelf.pick(rng)
            if item.shop.ships_to(market):
                return item
        return None

    def beside(self, leaf: Leaf, rng: Random) -> ProductType:
        """A kind of the same leaf category."""
        kinds = self.by_leaf[leaf.path]
        return kinds[int(rng.random() * len(kinds))]
