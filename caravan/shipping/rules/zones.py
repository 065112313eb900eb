"""Where a parcel goes, in the words of a table: within the country, nearby, worldwide, or a set of countries with a name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from caravan.kernel.markets import Country

DOMESTIC, REGIONAL, WORLDWIDE = "domestic", "regional", "worldwide"
DISTANCES = (DOMESTIC, REGIONAL, WORLDWIDE)
REGIONAL_KM = 3_500


@dataclass(frozen=True, slots=True)
class Zone:
    """A set of countries (ISO codes) under a `code`. It holds for parcels sent from `origins`; none: from anywhere."""

    code: str
    name: str
    countries: frozenset[str]
    origins: frozenset[str] = frozenset()

    def holds(self, origin: str, destination: str) -> bool:
        return destination in self.countries and (not self.origins or origin in self.origins)


def distance_zone(origin: Country, destination: Country) -> str:
    """Regional below REGIONAL_KM between the two countries' places on the map, beyond it worldwide."""
    if origin.code == destination.code:
        return DOMESTIC
    return REGIONAL if origin.distance_km(destination) < REGIONAL_KM else WORLDWIDE


def zones_between(origin: Country, destination: Country, own: Sequence[Zone], platform: Sequence[Zone]) -> tuple[str, ...]:
    """All zones the route lies in, narrowest first: the country itself, the store's sets, the platform's, the distance.

    Of several sets the one of fewer countries comes first.
    """
    far = distance_zone(origin, destination)
    sets = [
        zone.code
        for zones in (own, platform)
        for zone in sorted(zones, key=lambda z: (len(z.countries), z.code))
        if zone.holds(origin.code, destination.code)
    ]
    return (far, *sets) if far == DOMESTIC else (*sets, far)


def ships(ships_to: Sequence[str], destination: str) -> bool:
    """Whether a store that ships to `ships_to` (ISO codes; none: everywhere) ships to `destination`."""
    return not ships_to or destination in ships_to
