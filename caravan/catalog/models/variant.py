from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils import timezone

from caravan.catalog.models.product import Product
from caravan.kernel.ids import uuid7


class Variant(models.Model):
    """The thing one puts into the cart. `stock` is what may still be sold: placing an order takes from it, a lapse gives back.
    Of it, `set_aside` pieces are kept for limited deals.

    `options` is a JSON array of [code, value] pairs, e.g. [["color", "red"], ["size", "42"]].
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    product = models.ForeignKey(Product, models.CASCADE, related_name="variants")
    sku = models.CharField(max_length=64)
    options = models.JSONField(default=list)
    price_minor = models.BigIntegerField(help_text="list price now, in the store's currency")
    currency = models.CharField(max_length=3)
    stock = models.IntegerField(default=0)
    set_aside = models.IntegerField(default=0, db_default=0, help_text="of the stock, what limited deals alone may sell")
    customs_minor = models.BigIntegerField(
        null=True, blank=True, help_text="value of one piece for customs, in the store's currency, where it is not the price"
    )
    position = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["product", "sku"], name="catalog_variant_sku_once"),
            models.CheckConstraint(condition=Q(stock__gte=0), name="catalog_variant_stock_not_negative"),
            models.CheckConstraint(condition=Q(set_aside__range=(0, F("stock"))), name="catalog_variant_set_aside_of_stock"),
            models.CheckConstraint(condition=Q(price_minor__gt=0), name="catalog_variant_price_positive"),
            models.CheckConstraint(condition=Q(customs_minor__gt=0), name="catalog_variant_customs_positive"),
        ]

    def __str__(self) -> str:
        return self.sku


class PriceLock(models.Model):
    """Until `until` the list prices of a variant stay as they are: `holder_id` (a promotion) announced other ones beside them."""

    variant = models.ForeignKey(Variant, models.CASCADE, related_name="price_locks")
    holder_id = models.UUIDField()
    until = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["variant", "holder_id"], name="catalog_price_lock_once")]
        indexes = [models.Index(fields=["holder_id"], name="catalog_price_lock_holder")]


class TstzRange(Func):
    function = "TSTZRANGE"


class Price(models.Model):
    """What a variant cost in a market and when: the history every announced discount is held against.

    The open row (`until` null) is in force. `market` empty is the price wherever the store set no other.
    """

    variant = models.ForeignKey(Variant, models.CASCADE, related_name="prices")
    market = models.CharField(max_length=2, blank=True)
    minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            # Few prices are for one market only: lists look for them by each variant, in an index that holds nothing else.
            models.Index(fields=["variant", "market"], condition=Q(until=None) & ~Q(market=""), name="catalog_price_of_market"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["variant", "market"], condition=Q(until=None), name="catalog_price_one_in_force"),
            models.CheckConstraint(condition=Q(minor__gt=0), name="catalog_price_positive"),
            ExclusionConstraint(
                name="catalog_price_no_overlap",
                expressions=[
                    (F("variant"), RangeOperators.EQUAL),
                    (F("market"), RangeOperators.EQUAL),
                    (TstzRange("since", "until"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
