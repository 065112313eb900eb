from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from caravan.kernel.ids import uuid7
from caravan.trade.models.order import Order, OrderLine
from caravan.trade.rules.tracking import STATUSES


class Parcel(models.Model):
    """What left the store at once. `number` counts within the order; `carrier` is the carrier's name, ours where we know it.

    One carrier and code may stand in parcels of several orders that were packed together, never twice in one order.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    order = models.ForeignKey(Order, models.CASCADE, related_name="parcels")
    number = models.PositiveSmallIntegerField()
    carrier = models.CharField(max_length=40)
    tracking_code = models.CharField(max_length=80)
    shipped_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["order_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["order", "number"], name="trade_parcel_number_once"),
            models.UniqueConstraint(fields=["order", "carrier", "tracking_code"], name="trade_parcel_code_once"),
            models.CheckConstraint(condition=~Q(carrier="") & ~Q(tracking_code=""), name="trade_parcel_can_be_followed"),
        ]
        indexes = [
            models.Index(fields=["tracking_code"], name="trade_parcel_code"),
            models.Index(fields=["shipped_at"], condition=Q(delivered_at=None), name="trade_parcel_moving"),
        ]


class ParcelLine(models.Model):
    """Pieces of a line in a parcel. Their sum per line is the line's `shipped_quantity`, written under the order's lock."""

    parcel = models.ForeignKey(Parcel, models.CASCADE, related_name="lines")
    line = models.ForeignKey(OrderLine, models.PROTECT, related_name="+")
    quantity = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["parcel", "line"], name="trade_parcelline_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="trade_parcelline_quantity"),
        ]


class TrackingEvent(models.Model):
    """Something that happened to a parcel, told once per `event_id` by a carrier, an aggregator of many, or the store."""

    parcel = models.ForeignKey(Parcel, models.CASCADE, related_name="events")
    event_id = models.CharField(max_length=120)
    source = models.CharField(max_length=32, help_text="who told: the name in the webhook's address, or “store”")
    status = models.CharField(max_length=20)
    place = models.CharField(max_length=120, blank=True)
    text = models.CharField(max_length=200, blank=True)
    happened_at = models.DateTimeField()
    heard_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["happened_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["parcel", "event_id"], name="trade_trackingevent_once"),
            models.CheckConstraint(condition=Q(status__in=STATUSES), name="trade_trackingevent_status"),
        ]
