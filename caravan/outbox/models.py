from __future__ import annotations

from django.db import models

from caravan.kernel.ids import uuid7


class StoredEvent(models.Model):
    """An event as recorded, in the transaction that made it true."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=80)
    payload = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["at"], name="outbox_event_at")]


class Delivery(models.Model):
    """That a subscriber has heard an event: written in the subscriber's own transaction, so it hears it once."""

    event = models.ForeignKey(StoredEvent, models.CASCADE, related_name="deliveries")
    subscriber = models.CharField(max_length=120)
    delivered_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "subscriber"], name="outbox_delivery_once")]
