"""What a parcel weighs for a carrier: grams, or the room it takes where that is more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from caravan.shipping.rules.services import DIVISORS, LIMITS, SIZES, Service, Size

UNWEIGHED_GRAMS = 500  # a piece whose seller gave no weight


@dataclass(frozen=True, slots=True)
class Piece:
    """`quantity` pieces of `grams` each (0: unknown), packed in `sides` millimetres (length, width, height; a 0: unknown)."""

    grams: int
    quantity: int = 1
    sides: tuple[int, int, int] = (0, 0, 0)

    @property
    def measured(self) -> bool:
        return all(self.sides)


def actual_grams(pieces: Sequence[Piece]) -> int:
    """What the scales say; a piece of unknown weight counts UNWEIGHED_GRAMS."""
    return sum(_grams(p) * p.quantity for p in pieces)


def charged_grams(pieces: Sequence[Piece], service: Service) -> int:
    """What a table is asked for: the actual weight, or the volumetric one where the service has one and it is more.

    Volumetric kilograms are cubic centimetres over the service's divisor, rounded up to the gram; an unmeasured piece takes no
    more room than its weight.
    """
    actual, divisor = actual_grams(pieces), DIVISORS[service]
    if not divisor:
        return actual
    return max(actual, sum((_volumetric(p, divisor) if p.measured else _grams(p)) * p.quantity for p in pieces))


def size_of(pieces: Sequence[Piece]) -> Size:
    """The class of the largest piece; unmeasured ones count as packets."""
    return max((_size(p) for p in pieces), key=SIZES.index, default=Size.PACKET)


def _grams(piece: Piece) -> int:
    return piece.grams or UNWEIGHED_GRAMS


def _volumetric(piece: Piece, divisor: int) -> int:
    length, width, height = piece.sides
    return -(-length * width * height // divisor)  # cubic millimetres over (cubic centimetres a kilogram) are grams


def _size(piece: Piece) -> Size:
    longest, together = max(piece.sides), sum(piece.sides)
    return next((size for size, (one, three) in LIMITS.items() if longest <= one and together <= three), Size.BULKY)
