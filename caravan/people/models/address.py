from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from caravan.kernel.ids import uuid7


class Address(models.Model):
    """An entry of a person's address book. Fields as in Google's address data, whose rules per country check them."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="addresses")
    name = models.CharField(max_length=120)
    company_name = models.CharField(max_length=120, blank=True)
    country_code = models.CharField(max_length=2)
    country_area = models.CharField(max_length=120, blank=True)
    city = models.CharField(max_length=120, blank=True)
    city_area = models.CharField(max_length=120, blank=True)
    street_address = models.CharField(max_length=240)
    postal_code = models.CharField(max_length=20, blank=True)
    sorting_code = models.CharField(max_length=20, blank=True)
    phone = models.CharField(max_length=32, blank=True)
    is_default = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["-is_default", "-created_at"]
        constraints = [models.UniqueConstraint(fields=["user"], condition=Q(is_default=True), name="people_address_one_default")]

    def __str__(self) -> str:
        return f"{self.name}, {self.street_address}, {self.city}"
