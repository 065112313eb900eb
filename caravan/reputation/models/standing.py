"""Read models: what feedback adds up to. Rebuilt from feedback at will, so never the source of anything."""

from __future__ import annotations

from django.db import models


class ProductRating(models.Model):
    """Stars of one product over its whole life; `mean` is raw, `bayesian` is drawn towards its category's mean."""

    product = models.OneToOneField("catalog.Product", models.CASCADE, primary_key=True, related_name="+")
    ratings = models.PositiveIntegerField(default=0)
    stars1 = models.PositiveIntegerField(default=0)
    stars2 = models.PositiveIntegerField(default=0)
    stars3 = models.PositiveIntegerField(default=0)
    stars4 = models.PositiveIntegerField(default=0)
    stars5 = models.PositiveIntegerField(default=0)
    mean = models.FloatField(default=0)
    bayesian = models.FloatField(default=0)
    refreshed_at = models.DateTimeField()


class StoreCredit(models.Model):
    """A store's standing as buyers read it. Rates in 0..1, detailed ratings 1..5, windows of six months."""

    store = models.OneToOneField("stores.Store", models.CASCADE, primary_key=True, related_name="+")
    points = models.IntegerField(default=0)
    positive = models.PositiveIntegerField(default=0)
    neutral = models.PositiveIntegerField(default=0)
    negative = models.PositiveIntegerField(default=0)
    positive_rate = models.FloatField(null=True)
    positive_rate_low = models.FloatField(null=True, help_text="lower bound of the Wilson 95% interval")
    described = models.FloatField(null=True)
    communication = models.FloatField(null=True)
    shipping = models.FloatField(null=True)
    detailed_ratings = models.PositiveIntegerField(default=0)
    main_category = models.ForeignKey("catalog.Category", models.SET_NULL, null=True, related_name="+")
    refreshed_at = models.DateTimeField()


class CategoryMean(models.Model):
    """What is usual in a category: the prior of its products and the yardstick of its stores."""

    category = models.OneToOneField("catalog.Category", models.CASCADE, primary_key=True, related_name="+")
    stars = models.FloatField()
    described = models.FloatField(null=True)
    communication = models.FloatField(null=True)
    shipping = models.FloatField(null=True)
    ratings = models.PositiveIntegerField(default=0)
    refreshed_at = models.DateTimeField()
