"""Parcels and how they fared. The order they belong to is asked for first: who may see it may see them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from caravan.shipping.queries import carrier as known_carrier
from caravan.trade.models import Parcel, ParcelLine, TrackingEvent


@dataclass(frozen=True, slots=True)
class PieceRow:
    line_id: UUID
    title: str
    sku: str
    quantity: int


@dataclass(frozen=True, slots=True)
class TrackingRow:
    """`status` is one of rules.tracking.STATUSES; `source` who told, “store” for the store itself."""

    status: str
    place: str
    text: str
    happened_at: datetime
    source: str


@dataclass(frozen=True, slots=True)
class ParcelRow:
    """`link`: where the carrier shows it, empty for a carrier we do not know. `events` oldest first."""

    id: UUID
    number: int
    carrier: str
    tracking_code: str
    link: str
    shipped_at: datetime
    delivered_at: datetime | None
    pieces: tuple[PieceRow, ...]
    events: tuple[TrackingRow, ...]


def parcels_of(order_ids: Collection[UUID]) -> dict[UUID, tuple[ParcelRow, ...]]:
    """The parcels of those orders, in the order they left; three statements."""
    parcels = list(Parcel.objects.filter(order_id__in=order_ids).order_by("order_id", "number"))
    ids = [parcel.pk for parcel in parcels]
    pieces: dict[UUID, list[PieceRow]] = {}
    columns = ("parcel_id", "line_id", "line__title", "line__sku", "quantity")
    for parcel_id, *row in ParcelLine.objects.filter(parcel_id__in=ids).order_by("line__number").values_list(*columns):
        pieces.setdefault(parcel_id, []).append(PieceRow(*row))
    events: dict[UUID, list[TrackingRow]] = {}
    told = ("parcel_id", "status", "place", "text", "happened_at", "source")
    for parcel_id, *row in TrackingEvent.objects.filter(parcel_id__in=ids).order_by("happened_at", "id").values_list(*told):
        events.setdefault(parcel_id, []).append(TrackingRow(*row))
    found: dict[UUID, list[ParcelRow]] = {}
    for parcel in parcels:
        found.setdefault(parcel.order_id, []).append(
            _row(parcel, tuple(pieces.get(parcel.pk, ())), tuple(events.get(parcel.pk, ())))
        )
    return {order_id: tuple(rows) for order_id, rows in found.items()}


def parcels_of_order(order_id: UUID) -> tuple[ParcelRow, ...]:
    return parcels_of([order_id]).get(order_id, ())


def parcel_by_id(parcel_id: UUID) -> ParcelRow:
    """For whoever acts on an event of this parcel."""
    order_id = Parcel.objects.values_list("order_id", flat=True).get(pk=parcel_id)
    return next(row for row in parcels_of_order(order_id) if row.id == parcel_id)


def _row(parcel: Parcel, pieces: tuple[PieceRow, ...], events: tuple[TrackingRow, ...]) -> ParcelRow:
    known = known_carrier(parcel.carrier)
    return ParcelRow(
        id=parcel.pk,
        number=parcel.number,
        carrier=parcel.carrier,
        tracking_code=parcel.tracking_code,
        link=known.link(parcel.tracking_code) if known else "",
        shipped_at=parcel.shipped_at,
        delivered_at=parcel.delivered_at,
        pieces=pieces,
        events=events,
    )
