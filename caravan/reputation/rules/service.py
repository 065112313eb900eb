"""The service score of a store, 0 to 100: eight parts of fixed weight, each on a straight line from what is good to what is not.

A part that cannot be measured yet (nobody has rated, nothing was sold) is left out and the others are scaled to 100.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Level = Literal["excellent", "good", "pass", "fail"]
PartName = Literal[
    "not_sold", "not_received", "not_as_described", "liable", "positive", "described", "communication", "shipping",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scale:
    """`weight` points at `good` or better, none at `bad` or worse. Rates in 0..1, ratings 1..5."""

    weight: int
    good: float
    bad: float

    def points(self, value: float) -> float:
        share = (value - self.bad) / (self.good - self.bad)
        return self.weight * min(1.0, max(0.0, share))


# Weights: domain rules, section 1. The lines are ours.
SCALES: dict[PartName, Scale] = {
    "not_sold": Scale(5, 0.01, 0.10),
    "not_received": Scale(5, 0.005, 0.05),
    "not_as_described": Scale(10, 0.005, 0.05),
    "liable": Scale(15, 0.0, 0.03),
    "positive": Scale(10, 0.97, 0.85),
    "described": Scale(30, 4.7, 4.0),
    "communication": Scale(15, 4.7, 4.0),
    "shipping": Scale(10, 4.7, 4.0),
}
LEVELS: tuple[tuple[float, Level], ...] = ((90, "excellent"), (80, "good"), (60, "pass"))
WINDOW_DAYS = 90


@dataclass(frozen=True, slots=True)
class ServiceFacts:
    """Of the last WINDOW_DAYS: `orders` paid, of them not sold (the store closed them or never shipped), disputes opened and not
    withdrawn by what they were about, of all of them those the store is liable for. Ratings as buyers see them, None unrated."""

    orders: int
    not_sold: int = 0
    not_received: int = 0
    not_as_described: int = 0
    liable: int = 0
    positive: float | None = None
    described: float | None = None
    communication: float | None = None
    shipping: float | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """`value` None: not measured yet. `lift` is how many points of the score the part could still bring."""

    name: PartName
    weight: int
    value: float | None
    points: float
    good: float
    lift: float


@dataclass(frozen=True, slots=True)
class ServiceScore:
    """`score` and `level` None while nothing can be measured."""

    score: float | None
    level: Level | None
    parts: tuple[Part, ...]


def service_score(facts: ServiceFacts) -> ServiceScore:
    """The score of these facts, with what would lift each part, in the order of SCALES."""
    values = _values(facts)
    measured = sum(scale.weight for name, scale in SCALES.items() if values[name] is not None)
    to_hundred = 100 / measured if measured else 0.0
    parts = tuple(_part(name, values[name], to_hundred) for name in SCALES)
    if not measured:
        return ServiceScore(None, None, parts)
    score = round(sum(part.points for part in parts) * to_hundred, 1)
    return ServiceScore(score, next((level for floor, level in LEVELS if score >= floor), "fail"), parts)


def _part(name: PartName, value: float | None, to_hundred: float) -> Part:
    scale = SCALES[name]
    points = 0.0 if value is None else scale.points(value)
    lift = 0.0 if value is None else (scale.weight - points) * to_hundred
    return Part(name, scale.weight, value, points, scale.good, round(lift, 1))


def _values(facts: ServiceFacts) -> dict[PartName, float | None]:
    def rate(n: int) -> float | None:
        return n / facts.orders if facts.orders else None

    return {
        "not_sold": rate(facts.not_sold),
        "not_received": rate(facts.not_received),
        "not_as_described": rate(facts.not_as_described),
        "liable": rate(facts.liable),
        "positive": facts.positive,
        "described": facts.described,
        "communication": facts.communication,
        "shipping": facts.shipping,
    }
