"""The stores of the demo world, and names for more of them where the world is larger."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import count, islice
from random import Random
from typing import Any

from caravan.project.demo.content.catalogue import departments
from caravan.project.demo.content.text import document, words

_RUSSIAN = frozenset({"RU", "KZ", "UZ"})
_OWN_LANGUAGE = {"ES": "es", "BR": "pt", "PT": "pt"}


@dataclass(frozen=True, slots=True)
class Trader:
    """A store's character: `quality` and `speed` from 0 (dreadful) to 1, `price` beside a usual 1.0, `size` its fame."""

    name: str
    country: str
    departments: tuple[str, ...]
    quality: float
    speed: float
    price: float
    size: float
    description: str
    ships_to: tuple[str, ...] = ()

    @property
    def language(self) -> str:
        return "ru" if self.country in _RUSSIAN else _OWN_LANGUAGE.get(self.country, "en")

    @property
    def handling_days(self) -> int:
        """Working days it promises; the slow promise as much as the quick."""
        return 1 if self.speed > 0.9 else 2 if self.speed > 0.7 else 3


def traders(number: int, rng: Random) -> tuple[Trader, ...]:
    """`number` of them: those written down first, then invented ones."""
    written = _written()
    return (*written[:number], *islice(_invented(rng), max(0, number - len(written))))


def brands() -> tuple[str, ...]:
    return words(_document()["brands"])


@cache
def _document() -> dict[str, Any]:
    return document("stores")


@cache
def _written() -> tuple[Trader, ...]:
    return tuple(_trader(*(part.strip() for part in line.split("|"))) for line in _document()["stores"])


def _trader(
    name: str, country: str, sells: str, quality: str, speed: str, price: str, size: str, description: str, ships_to: str
) -> Trader:
    return Trader(
        name, country, tuple(sells.split()), float(quality), float(speed), float(price), float(size), description,
        tuple(ships_to.split()),
    )  # fmt: skip


def _invented(rng: Random) -> Iterator[Trader]:
    first, second, countries = (words(_document()[key]) for key in ("first", "second", "countries"))
    paths = [department.path for department in departments()]
    taken = {trader.name for trader in _written()}
    for n in count():
        a, b, series = n % len(first), (n // len(first) + n) % len(second), n // (len(first) * len(second))
        name = f"{first[a]} {second[b]}" + (f" {series + 1}" if series else "")
        if name in taken:
            continue
        good = rng.betavariate(6, 1.5)
        yield Trader(
            name=name,
            country=rng.choice(countries),
            departments=tuple(sorted(rng.sample(paths, rng.choice((1, 1, 2, 2, 3))))),
            quality=good,
            speed=min(1.0, max(0.0, rng.gauss(good, 0.12))),
            price=round(0.6 + 0.5 * good + rng.uniform(-0.1, 0.1), 2),
            size=rng.paretovariate(1.6) + 1,
            description="",
        )
