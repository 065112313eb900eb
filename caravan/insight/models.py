"""Read models that insight publishes. Every figure comes out of the lake; pages and API read these rows and never compute."""

from __future__ import annotations

import uuid

from django.db import models


class Refresh(models.Model):
    """The one row that says as of when all published figures are, and which lake they come from.

    `lake` names the lake's folder: transaction ids, by which facts are exported, mean nothing in another database.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    lake = models.UUIDField(default=uuid.uuid4)
    as_of = models.DateTimeField(null=True, help_text="the instant the windows end at")
    refreshed_at = models.DateTimeField(null=True)


class Ranking(models.Model):
    """One list: `kind` x category x market x period ("" is all). `places` is JSON, best first:
    [[subject id, score, [the figures of insight.rules.PlaceFigures]], ...]. Written whole, and only when it changed.
    """

    kind = models.CharField(max_length=16)
    category_path = models.CharField(max_length=400, blank=True, db_collation="C")
    market = models.CharField(max_length=2, blank=True)
    period = models.CharField(max_length=4)
    places = models.TextField()
    digest = models.BinaryField(max_length=16)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "category_path", "market", "period"], name="insight_ranking_once"),
        ]


class StoreVolume(models.Model):
    """What a store really sells: orders, units, buyers and euro cents of 30 and of 90 days."""

    store = models.OneToOneField("stores.Store", models.CASCADE, primary_key=True, related_name="+")
    orders_30d = models.PositiveIntegerField()
    units_30d = models.PositiveIntegerField()
    buyers_30d = models.PositiveIntegerField()
    paid_eur_minor_30d = models.BigIntegerField()
    orders_90d = models.PositiveIntegerField()
    units_90d = models.PositiveIntegerField()
    buyers_90d = models.PositiveIntegerField()
    paid_eur_minor_90d = models.BigIntegerField()
    daily_orders = models.JSONField(help_text="90 counts, oldest first")


class StoreFunnel(models.Model):
    """From looking to buying, in the last 7 days and in the 7 before; what each counts: insight.expressions.funnels."""

    store = models.OneToOneField("stores.Store", models.CASCADE, primary_key=True, related_name="+")
    views = models.PositiveIntegerField()
    visitors = models.PositiveIntegerField()
    clicks = models.PositiveIntegerField()
    carts = models.PositiveIntegerField()
    orders = models.PositiveIntegerField()
    buyers = models.PositiveIntegerField()
    views_before = models.PositiveIntegerField()
    visitors_before = models.PositiveIntegerField()
    clicks_before = models.PositiveIntegerField()
    carts_before = models.PositiveIntegerField()
    orders_before = models.PositiveIntegerField()
    buyers_before = models.PositiveIntegerField()


class ProductSales(models.Model):
    """How much of a product was sold; its store stands here so that a store's best sellers are found without its catalogue."""

    product = models.OneToOneField("catalog.Product", models.CASCADE, primary_key=True, related_name="+")
    store = models.ForeignKey("stores.Store", models.CASCADE, related_name="+", db_index=False)
    units_total = models.PositiveIntegerField()
    buyers_total = models.PositiveIntegerField()
    buyers_30d = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["store", "-buyers_30d", "-units_total"], name="insight_productsales_best")]
