"""Read models that insight publishes. Every figure comes out of the lake; pages and API read these rows and never compute."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Edition(models.Model):
    """One refresh, published whole. Readers see the newest `published` one; older ones are swept."""

    id = models.BigAutoField(primary_key=True)
    as_of = models.DateTimeField(help_text="the instant the windows end at")
    refreshed_at = models.DateTimeField()
    published = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["-id"], condition=Q(published=True), name="insight_edition_newest")]


class Place(models.Model):
    """Rank `rank` of a list (`kind` x category x market x period) in an edition, with the figures that put it there."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, help_text="products or stores")
    category_path = models.CharField(max_length=400, blank=True, db_collation="C")
    market = models.CharField(max_length=2, blank=True)
    period = models.CharField(max_length=4, help_text="24h, 7d or 30d")
    rank = models.PositiveSmallIntegerField()
    subject_id = models.UUIDField(help_text="product or store")
    score = models.FloatField()
    figures = models.JSONField(help_text="insight.rules.PlaceFigures")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "kind", "category_path", "market", "period", "rank"], name="insight_place_rank_once"
            ),
        ]


class StoreVolume(models.Model):
    """What a store really sells: the last 90 days as of the edition it was published with."""

    store = models.OneToOneField("stores.Store", models.CASCADE, primary_key=True, related_name="+")
    orders_30d = models.PositiveIntegerField(default=0)
    units_30d = models.PositiveIntegerField(default=0)
    buyers_30d = models.PositiveIntegerField(default=0)
    orders_90d = models.PositiveIntegerField(default=0)
    units_90d = models.PositiveIntegerField(default=0)
    buyers_90d = models.PositiveIntegerField(default=0)
    paid_eur_minor_90d = models.BigIntegerField(default=0)
    daily_orders = models.JSONField(default=list, help_text="90 counts, oldest first")
    as_of = models.DateTimeField()


class ProductSales(models.Model):
    product = models.OneToOneField("catalog.Product", models.CASCADE, primary_key=True, related_name="+")
    units_total = models.PositiveIntegerField(default=0)
    buyers_total = models.PositiveIntegerField(default=0)
    buyers_30d = models.PositiveIntegerField(default=0)
    as_of = models.DateTimeField()
