from __future__ import annotations

from django.db import models


class LearnedRoute(models.Model):
    """How many days parcels of a route took lately; computed elsewhere from what was delivered, replaced as a whole."""

    origin = models.CharField(max_length=2)
    destination = models.CharField(max_length=2)
    service = models.CharField(max_length=10)
    parcels = models.PositiveIntegerField()
    p10 = models.FloatField()
    p50 = models.FloatField()
    p90 = models.FloatField()
    as_of = models.DateTimeField()

    class Meta:
        ordering = ["origin", "destination", "service"]
        constraints = [models.UniqueConstraint(fields=["origin", "destination", "service"], name="shipping_route_once")]

    def __str__(self) -> str:
        return f"{self.origin} to {self.destination}, {self.service}"
