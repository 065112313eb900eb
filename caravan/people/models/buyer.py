from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from caravan.kernel.ids import uuid7


class Buyer(models.Model):
    """Whoever buys: an account, a guest known by e-mail, or someone out of imported records (`source`, `external_ref`)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="buyer")
    email = models.EmailField(blank=True)
    name = models.CharField(max_length=120, blank=True)
    country = models.CharField(max_length=2, blank=True)
    source = models.CharField(max_length=32, blank=True)
    external_ref = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("email"), condition=Q(user=None, source="") & ~Q(email=""), name="people_buyer_guest_once"
            ),
            models.UniqueConstraint(fields=["source", "external_ref"], condition=~Q(source=""), name="people_buyer_import_once"),
        ]

    def __str__(self) -> str:
        return self.name or self.email or str(self.id)
