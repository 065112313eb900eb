from __future__ import annotations

from dataclasses import dataclass

DAYS = 90


@dataclass(frozen=True, slots=True)
class Scale:
    """How large a world is. `visits` come over all its DAYS; the rest follows from what visitors do."""

    stores: int
    products: int
    buyers: int
    visits: int

    @classmethod
    def of(cls, scale: float) -> Scale:
        """Sizes in proportion to `scale`, 1 being the usual world. Small ones keep enough stores to sell every department."""
        return cls(
            stores=max(8, round(60 * scale)),
            products=max(24, round(2_400 * scale)),
            buyers=max(80, round(9_000 * scale)),
            visits=max(400, round(61_500 * scale)),
        )
