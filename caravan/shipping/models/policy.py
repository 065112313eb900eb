from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from caravan.shipping.rules.promise import MOST_PERCENT
from caravan.shipping.rules.services import Service


def all_services() -> list[str]:
    return [s.value for s in Service]


class Policy(models.Model):
    """What a store offers and promises; a store without a row offers every service and promises no compensation."""

    store = models.OneToOneField("stores.Store", models.CASCADE, primary_key=True, related_name="+")
    services = ArrayField(models.CharField(max_length=10), default=all_services)
    on_time_percent = models.PositiveSmallIntegerField(default=0, help_text="of the items, given back when a parcel is late")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(on_time_percent__lte=MOST_PERCENT), name="shipping_policy_percent"),
            models.CheckConstraint(condition=Q(services__contains=[Service.STANDARD.value]), name="shipping_policy_standard"),
        ]
