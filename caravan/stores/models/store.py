from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from caravan.kernel.ids import uuid7


class Store(models.Model):
    """A merchant's shop. It trades in one `currency`, from one `country`, on its own clock (`zone`)."""

    class Status(models.TextChoices):
        OPEN = "open"
        SUSPENDED = "suspended"
        CLOSED = "closed"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=80)
    description = models.TextField(blank=True)
    country = models.CharField(max_length=2)
    currency = models.CharField(max_length=3)
    language = models.CharField(max_length=5, default="en")
    zone = models.CharField(max_length=40, default="UTC")
    ships_to = ArrayField(models.CharField(max_length=2), default=list, blank=True, help_text="ISO codes; empty: everywhere")
    handling_days = models.PositiveSmallIntegerField(default=2, help_text="working days from payment to shipment, as promised")
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.OPEN)
    status_reason = models.CharField(max_length=200, blank=True, help_text="why it is suspended, in words its owner reads")
    logo = models.CharField(max_length=120, blank=True, help_text="media path")
    source = models.CharField(max_length=32, blank=True)
    external_ref = models.CharField(max_length=64, blank=True)
    opened_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(status__in=["open", "suspended", "closed"]), name="stores_store_status"),
            models.UniqueConstraint(fields=["source", "external_ref"], condition=~Q(source=""), name="stores_store_import_once"),
        ]

    def __str__(self) -> str:
        return self.name
