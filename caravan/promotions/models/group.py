from __future__ import annotations

from django.db import models

from caravan.kernel.ids import uuid7


class MarketingGroup(models.Model):
    """Products a store promotes together."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    store = models.ForeignKey("stores.Store", models.CASCADE, related_name="+")
    name = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["store", "name"], name="promotions_group_name_once")]

    def __str__(self) -> str:
        return self.name


class GroupProduct(models.Model):
    """A product is in one marketing group of its store at most."""

    group = models.ForeignKey(MarketingGroup, models.CASCADE, related_name="products")
    product = models.OneToOneField("catalog.Product", models.CASCADE, primary_key=True, related_name="+")
