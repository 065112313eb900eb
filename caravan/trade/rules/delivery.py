"""What it takes to bring a store's parcel to the buyer: days and cost by distance and weight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from caravan.kernel.markets import Country
from caravan.kernel.money import Money

Zone = Literal["domestic", "regional", "worldwide"]

REGIONAL_KM = 3_500
UNWEIGHED_GRAMS = 500  # a piece whose seller gave no weight
PARCEL_GRAMS = 30_000  # more than a postman carries goes as several parcels

# Days on the way, and euro cents by the weight class a parcel falls into (grams, inclusive). In force from 2026-01-01.
_DAYS: dict[Zone, tuple[int, int]] = {"domestic": (2, 4), "regional": (4, 9), "worldwide": (8, 18)}
_CLASSES = (100, 250, 500, 1_000, 2_000, 5_000, 10_000, 20_000, PARCEL_GRAMS)
_COSTS: dict[Zone, tuple[int, ...]] = {
    "domestic": (150, 190, 290, 350, 450, 650, 950, 1_450, 1_950),
    "regional": (210, 290, 420, 590, 850, 1_390, 2_190, 3_590, 4_690),
    "worldwide": (250, 390, 590, 890, 1_390, 2_690, 4_690, 7_990, 10_990),
}


@dataclass(frozen=True, slots=True)
class Delivery:
    """`days_min` to `days_max` days from payment, the seller's handling included, at `cost` (EUR) for the parcel."""

    zone: Zone
    days_min: int
    days_max: int
    cost: Money


def delivery(origin: Country, destination: Country, weight_grams: int, handling_days: int) -> Delivery:
    """The standard service for a parcel of `weight_grams` from `origin` to `destination`."""
    zone = zone_between(origin, destination)
    fastest, slowest = _DAYS[zone]
    # Handling is promised in working days; a weekend may lie between.
    return Delivery(
        zone, handling_days + fastest, handling_days + 2 * -(-handling_days // 5) + slowest, _cost(zone, weight_grams)
    )


def zone_between(origin: Country, destination: Country) -> Zone:
    """Regional below REGIONAL_KM between the two countries' places on the map, beyond it worldwide."""
    if origin.code == destination.code:
        return "domestic"
    return "regional" if origin.distance_km(destination) < REGIONAL_KM else "worldwide"


def ships(ships_to: Sequence[str], destination: str) -> bool:
    """Whether a store that ships to `ships_to` (ISO codes; none: everywhere) ships to `destination`."""
    return not ships_to or destination in ships_to


def parcel_grams(pieces: Sequence[tuple[int, int]]) -> int:
    """The weight of `(grams of one, how many)`; a piece of unknown weight counts UNWEIGHED_GRAMS."""
    return sum((grams or UNWEIGHED_GRAMS) * n for grams, n in pieces)


def _cost(zone: Zone, grams: int) -> Money:
    full, rest = divmod(grams, PARCEL_GRAMS)
    cents = full * _COSTS[zone][-1]
    if rest or not full:
        cents += next(cost for most, cost in zip(_CLASSES, _COSTS[zone], strict=True) if rest <= most)
    return Money(cents, "EUR")
