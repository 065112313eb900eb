from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from caravan.kernel.ids import uuid7


class Endpoint(models.Model):
    """An address of a store's own system, what it wants to hear, and the secret its requests are signed with."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    store = models.ForeignKey("stores.Store", models.CASCADE, related_name="+")
    url = models.CharField(max_length=500)
    topics = ArrayField(models.CharField(max_length=40))
    secret = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True, blank=True)
    pause_reason = models.CharField(max_length=20, blank=True, help_text="by_store, gone, failing")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["store", "url"], name="hooks_endpoint_once"),
            models.CheckConstraint(condition=Q(paused_at__isnull=True) | ~Q(pause_reason=""), name="hooks_endpoint_paused_why"),
        ]


class Delivery(models.Model):
    """One event on its way to one endpoint: made once, tried until it is taken or given up."""

    class State(models.TextChoices):
        WAITING = "waiting"
        DELIVERED = "delivered"
        GIVEN_UP = "given_up"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    endpoint = models.ForeignKey(Endpoint, models.CASCADE, related_name="deliveries")
    event_id = models.UUIDField()
    topic = models.CharField(max_length=40)
    body = models.TextField(help_text="what is sent, byte for byte the same in every attempt")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["endpoint", "event_id"], name="hooks_delivery_once"),
            models.CheckConstraint(condition=Q(state__in=["waiting", "delivered", "given_up"]), name="hooks_delivery_state"),
            models.CheckConstraint(condition=Q(state="waiting") | Q(ended_at__isnull=False), name="hooks_delivery_ended_when"),
        ]
        indexes = [
            models.Index(fields=["endpoint", "-id"], name="hooks_delivery_log"),
            models.Index(fields=["next_at"], condition=Q(state="waiting"), name="hooks_delivery_due"),
            models.Index(fields=["created_at"], name="hooks_delivery_age"),
        ]


class Attempt(models.Model):
    """One request and what came of it. `milliseconds` until the answer."""

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="tries")
    at = models.DateTimeField()
    status = models.PositiveSmallIntegerField(null=True)
    text = models.CharField(max_length=500, blank=True)
    milliseconds = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["delivery", "at"], name="hooks_attempt_of")]
