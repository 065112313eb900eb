"""How a parcel's journey is told: what may be said of it, and what follows for the order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

STATUSES = ("announced", "accepted", "on_the_way", "customs", "out_for_delivery", "attempted", "delivered", "returned", "problem")
LONGEST_CARRIER, LONGEST_CODE = 40, 80


@dataclass(frozen=True, slots=True)
class News:
    """What somebody says of a parcel. `event_id` is the teller's own name for it: the same one twice is the same news."""

    event_id: str
    carrier: str
    tracking_code: str
    status: str
    happened_at: datetime
    place: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class LineLeft:
    """A line as the packer finds it: pieces ordered, refunded, and in earlier parcels."""

    id: UUID
    sku: str
    quantity: int
    refunded: int
    shipped: int

    @property
    def left(self) -> int:
        """Pieces that may still go into a parcel. What was given back for money is not sent."""
        return max(0, self.quantity - self.refunded - self.shipped)


class NotThere(ValueError):
    """A parcel cannot hold that. `args`: the line's SKU, the pieces asked for, the pieces left."""


def packed(lines: Sequence[LineLeft], asked: Mapping[UUID, int] | None) -> dict[UUID, int]:
    """What goes into the parcel: the `asked` pieces of each line, or all that is left where nobody asked for anything.

    Raises NotThere for pieces that are not left, and for lines of another order.
    """
    if asked is None:
        return {line.id: line.left for line in lines if line.left}
    known = {line.id: line for line in lines}
    for line_id, quantity in asked.items():
        line = known.get(line_id)
        if line is None:
            raise NotThere("", quantity, 0)
        if not 0 <= quantity <= line.left:
            raise NotThere(line.sku, quantity, line.left)
    return {line_id: quantity for line_id, quantity in asked.items() if quantity}


def nothing_left(lines: Iterable[LineLeft], packed: Mapping[UUID, int]) -> bool:
    """Whether the order is whole on its way with this parcel."""
    return all(line.left == packed.get(line.id, 0) for line in lines)


def delivered_when(news: News, shipped_at: datetime, heard_at: datetime) -> datetime:
    """When a parcel counts as delivered: as told, but not before it was shipped nor in our future (clocks of others are off)."""
    return max(shipped_at, min(news.happened_at, heard_at))
