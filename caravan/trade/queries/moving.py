from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q

from caravan.trade.models import Parcel


@dataclass(frozen=True, slots=True)
class MovingParcel:
    """A parcel on its way; `told` are the statuses heard of it."""

    id: UUID
    carrier: str
    tracking_code: str
    shipped_at: datetime
    told: tuple[str, ...]


def moving_parcels(*, limit: int) -> list[MovingParcel]:
    """Parcels not delivered of orders still open: half of them the newest sent, half the oldest."""
    moving = Parcel.objects.filter(delivered_at=None, order__order_state="placed").annotate(
        told=ArrayAgg("events__status", filter=Q(events__isnull=False), default=[])
    )
    rows = moving.values_list("id", "carrier", "tracking_code", "shipped_at", "told")
    newest = list(rows.order_by("-shipped_at", "id")[: limit // 2])
    oldest = list(rows.order_by("shipped_at", "id")[: limit // 2])
    found = {
        parcel: MovingParcel(parcel, carrier, code, at, tuple(told)) for parcel, carrier, code, at, told in (*newest, *oldest)
    }
    return list(found.values())
