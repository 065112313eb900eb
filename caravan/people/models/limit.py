from __future__ import annotations

from django.db import models


class RateLimit(models.Model):
    """A token bucket: when it will be full again. UNLOGGED: a crash of the server empties the table, which harms nobody."""

    key = models.CharField(max_length=200, primary_key=True)
    full_at = models.DateTimeField()

    class Meta:
        db_table = "people_ratelimit"


class CacheEntry(models.Model):
    """What the sign-in library remembers about attempts, shared by all web processes. UNLOGGED as well."""

    key = models.CharField(max_length=250, primary_key=True)
    value = models.JSONField()
    expires_at = models.DateTimeField(null=True)
