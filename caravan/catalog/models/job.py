from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from caravan.kernel.ids import uuid7


class ImportJob(models.Model):
    """A bulk import under way or done: how far it is, and what became of each row."""

    class State(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    store = models.ForeignKey("stores.Store", models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    filename = models.CharField(max_length=200)
    path = models.CharField(max_length=300, help_text="private media path of the file as received")
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    chunks_done = models.PositiveIntegerField(default=0, help_text="committed so far: a restarted job goes on behind them")
    ignored_columns = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    rows_total = models.PositiveIntegerField(default=0)
    rows_read = models.PositiveIntegerField(default=0)
    rows_created = models.PositiveIntegerField(default=0)
    rows_updated = models.PositiveIntegerField(default=0)
    rows_unchanged = models.PositiveIntegerField(default=0)
    rows_refused = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]


class Refusal(models.Model):
    """One refused row of an import: where it stands in the file, and why, in words the seller can act on."""

    job = models.ForeignKey(ImportJob, models.CASCADE, related_name="refusals")
    line = models.PositiveIntegerField()
    ref = models.CharField(max_length=80, blank=True)
    code = models.CharField(max_length=40)
    reason = models.CharField(max_length=300)

    class Meta:
        ordering = ["line"]
        constraints = [models.UniqueConstraint(fields=["job", "line", "code"], name="catalog_refusal_once")]
