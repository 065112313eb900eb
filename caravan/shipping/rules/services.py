"""The services a parcel can travel by, and the size classes tables tell apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType


class Service(StrEnum):
    """From the cheapest to the fastest."""

    ECONOMY = "economy"
    STANDARD = "standard"
    EXPRESS = "express"


class Size(StrEnum):
    """From the smallest to the largest; a table's row carries its own class and all smaller ones."""

    PACKET = "packet"
    PARCEL = "parcel"
    BULKY = "bulky"


SIZES = tuple(Size)

# Cubic centimetres that count as a kilogram: couriers' 5,000, air freight's 6,000 (IATA); small packets are weighed only.
DIVISORS: Mapping[Service, int] = MappingProxyType({Service.ECONOMY: 0, Service.STANDARD: 6_000, Service.EXPRESS: 5_000})

# Longest side and sum of the three, in millimetres. A packet is the post's small packet (UPU); a parcel, what one person carries.
LIMITS: Mapping[Size, tuple[int, int]] = MappingProxyType({Size.PACKET: (600, 900), Size.PARCEL: (1_500, 2_500)})


def default_service(offered: Sequence[str]) -> str:
    """What a buyer gets who chose nothing: standard, else the cheapest kind there is. Empty if nothing is offered."""
    return Service.STANDARD if Service.STANDARD in offered else next((s for s in Service if s in offered), "")
