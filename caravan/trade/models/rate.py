from __future__ import annotations

from django.db import models
from django.db.models import Q


class FxRate(models.Model):
    """How many units of `currency` one euro bought on a day, by a source."""

    currency = models.CharField(max_length=3)
    as_of = models.DateField()
    per_eur = models.DecimalField(max_digits=20, decimal_places=8)
    source = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["currency", "as_of"], name="trade_fxrate_once"),
            models.CheckConstraint(condition=Q(per_eur__gt=0), name="trade_fxrate_positive"),
        ]
