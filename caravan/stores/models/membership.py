from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from caravan.kernel.ids import uuid7
from caravan.stores.models.store import Store


class Membership(models.Model):
    """Who acts for a store: an owner does everything, staff everything but money and staff."""

    class Role(models.TextChoices):
        OWNER = "owner"
        STAFF = "staff"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    store = models.ForeignKey(Store, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    role = models.CharField(max_length=8, choices=Role.choices)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["store", "user"], name="stores_membership_once"),
            models.CheckConstraint(condition=Q(role__in=["owner", "staff"]), name="stores_membership_role"),
        ]
