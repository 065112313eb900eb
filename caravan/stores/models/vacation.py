from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from caravan.stores.models.store import Store


class Vacation(models.Model):
    """The one vacation a store has planned or is on; over, it says nothing any more."""

    store = models.OneToOneField(Store, models.CASCADE, primary_key=True, related_name="+")
    since = models.DateField()
    until = models.DateField()
    mode = models.CharField(max_length=8)
    extra_days = models.PositiveSmallIntegerField(default=0, help_text="working days of handling on top, while it is slow")
    message = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="stores_vacation_days"),
            models.CheckConstraint(condition=Q(mode__in=["closed", "slow"]), name="stores_vacation_mode"),
        ]
