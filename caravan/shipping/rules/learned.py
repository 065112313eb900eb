"""How long parcels of a route have really taken."""

from __future__ import annotations

from dataclasses import dataclass

LEAST_PARCELS = 30  # below this the table's promise stands
WINDOW_DAYS = 180  # parcels delivered in so many days count


@dataclass(frozen=True, slots=True)
class Learned:
    """Days from the store's door to the buyer's, over `parcels`: `p10` and `p90` are what all but one in ten beat or kept."""

    origin: str
    destination: str
    service: str
    parcels: int
    p10: float
    p50: float
    p90: float

    @property
    def known(self) -> bool:
        return self.parcels >= LEAST_PARCELS

    @property
    def days(self) -> tuple[int, int]:
        """Whole days, the early one rounded down and the late one up; at least one."""
        early = max(1, int(self.p10))
        return early, max(early, -int(-self.p90 // 1))
