from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from caravan.catalog.models.product import Product
from caravan.kernel.ids import uuid7


class Wish(models.Model):
    """A product on somebody's wish-list. `minor` is what it was to be had for in `market` when it was wished, and `seen_minor`
    when it was last looked at, both in the product's currency: so a rate that moves makes no price drop."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    product = models.ForeignKey(Product, models.CASCADE, related_name="+")
    market = models.CharField(max_length=2)
    at = models.DateTimeField()
    minor = models.BigIntegerField()
    seen_minor = models.BigIntegerField()
    seen_in_stock = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "product"], name="catalog_wish_once"),
            models.CheckConstraint(condition=Q(minor__gte=0, seen_minor__gte=0), name="catalog_wish_price"),
        ]
        indexes = [models.Index(fields=["user", "-id"], name="catalog_wish_page")]
