"""Groups of a store's buyers that an offer can be meant for, told by what they bought there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from caravan.kernel.copying import record_id


class Segment(StrEnum):
    RETURNING = "returning"  # two orders or more, the last within half a year
    LAPSED = "lapsed"  # bought once or more, and not for ninety days
    RECENT = "recent"  # bought within thirty days


@dataclass(frozen=True, slots=True)
class Bought:
    """How often a buyer bought from a store, and when last. Paid orders only."""

    store_id: UUID
    orders: int
    last_at: datetime


def segment_id(store_id: UUID | None, segment: Segment) -> UUID:
    """By which offers and buyers know the segment of that store (None: of the whole market)."""
    return record_id("segment", str(store_id or ""), segment)


def segments_of(bought: Bought, at: datetime) -> frozenset[Segment]:
    """Which of its store's segments the buyer is in."""
    ago = at - bought.last_at
    found = set()
    if bought.orders >= 2 and ago <= timedelta(days=182):
        found.add(Segment.RETURNING)
    if bought.orders and ago > timedelta(days=90):
        found.add(Segment.LAPSED)
    if bought.orders and ago <= timedelta(days=30):
        found.add(Segment.RECENT)
    return frozenset(found)
