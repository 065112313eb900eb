from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from caravan.kernel.ids import uuid7
from caravan.promotions.models.promotion import Promotion


class PromotionGoods(models.Model):
    """One product (or one variant of it) that a promotion is about, and what it means for it.

    Of a limited deal: `percent`, or the `price_minor` of one variant, and for a limited quantity `quantity` pieces of that
    variant, of its stock set aside for it; `Bucket` rows have what is left of them. Of a bundle: `each` pieces of it.
    Of a buy-and-get with gifts: `role` "gift".
    """

    class Role(models.TextChoices):
        GOODS = "goods"
        GIFT = "gift"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    promotion = models.ForeignKey(Promotion, models.CASCADE, related_name="goods")
    product = models.ForeignKey("catalog.Product", models.CASCADE, related_name="+")
    variant = models.ForeignKey("catalog.Variant", models.CASCADE, null=True, blank=True, related_name="+")
    role = models.CharField(max_length=5, choices=Role.choices, default=Role.GOODS)
    percent = models.PositiveSmallIntegerField(default=0)
    price_minor = models.BigIntegerField(null=True, blank=True)
    quantity = models.PositiveIntegerField(null=True, blank=True)
    per_buyer = models.PositiveSmallIntegerField(null=True, blank=True)
    each = models.PositiveSmallIntegerField(default=1)
    is_set_aside = models.BooleanField(default=False, help_text="its quantity was taken from stock, and not given back yet")
    is_sold_out = models.BooleanField(default=False, help_text="so much is told to lists; what is left is in the buckets")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["promotion", "product", "variant", "role"], nulls_distinct=False, name="promotions_goods_once"
            ),
            models.CheckConstraint(condition=Q(percent__range=(0, 99)), name="promotions_goods_percent"),
            models.CheckConstraint(
                condition=Q(price_minor=None) | Q(price_minor__gt=0, percent=0), name="promotions_goods_price"
            ),
            models.CheckConstraint(
                condition=Q(quantity=None) | Q(variant__isnull=False, quantity__gt=0), name="promotions_goods_quantity"
            ),
            models.CheckConstraint(condition=Q(each__gt=0), name="promotions_goods_each"),
            models.CheckConstraint(
                condition=Q(is_set_aside=False) | Q(quantity__isnull=False), name="promotions_goods_set_aside"
            ),
            models.CheckConstraint(condition=Q(role__in=["goods", "gift"]), name="promotions_goods_role"),
            models.CheckConstraint(condition=Q(per_buyer=None) | Q(per_buyer__gt=0), name="promotions_goods_per_buyer"),
        ]
        indexes = [models.Index(fields=["product"], name="promotions_goods_product")]


class Bucket(models.Model):
    """A part of what there is of something: pieces of a deal's goods, or coupons of a promotion (`subject_id`: its id).

    Many rows for one number, so that those who press at once do not all wait for the same one; `left` never goes below zero.
    """

    subject_id = models.UUIDField()
    number = models.PositiveSmallIntegerField()
    left = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject_id", "number"], name="promotions_bucket_once"),
            models.CheckConstraint(condition=Q(left__gte=0), name="promotions_bucket_not_negative"),
        ]


class Hold(models.Model):
    """Pieces of a limited deal that a buyer has: held until `until`, then ordered, then sold or given back.

    `nth` of that buyer's pieces at that deal: unique, so that nobody gets more than the limit however often they press.
    """

    class State(models.TextChoices):
        HELD = "held"
        ORDERED = "ordered"
        SOLD = "sold"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    goods = models.ForeignKey(PromotionGoods, models.CASCADE, related_name="holds")
    buyer = models.ForeignKey("people.Buyer", models.CASCADE, related_name="+")
    nth = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.HELD)
    at = models.DateTimeField()
    until = models.DateTimeField()
    purchase_id = models.UUIDField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["goods", "buyer", "nth"], name="promotions_hold_limit"),
            models.CheckConstraint(condition=Q(state__in=["held", "ordered", "sold"]), name="promotions_hold_state"),
            models.CheckConstraint(condition=Q(state="held") | Q(purchase_id__isnull=False), name="promotions_hold_of_purchase"),
        ]
        indexes = [
            models.Index(fields=["until"], condition=Q(state="held"), name="promotions_hold_running_out"),
            models.Index(fields=["purchase_id"], condition=Q(purchase_id__isnull=False), name="promotions_hold_purchase"),
            models.Index(fields=["buyer"], name="promotions_hold_buyer"),
        ]


class OfferedPrice(models.Model):
    """A price goods were offered at by a promotion, and when: part of the history that announced discounts are held against.

    `catalog.Price` has the list prices; the lowest of the last thirty days is the lowest of both. `market` empty: everywhere.
    `reference_minor` is what it is held against, frozen when the promotion begins, so that lists need no history; empty where
    the goods had no price for long enough.
    """

    promotion = models.ForeignKey(Promotion, models.CASCADE, related_name="+")
    variant = models.ForeignKey("catalog.Variant", models.CASCADE, related_name="+")
    market = models.CharField(max_length=2, blank=True)
    minor = models.BigIntegerField()
    reference_minor = models.BigIntegerField(null=True, blank=True)
    currency = models.CharField(max_length=3)
    since = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["promotion", "variant", "market", "since"], name="promotions_offered_once"),
            models.CheckConstraint(condition=Q(minor__gt=0), name="promotions_offered_positive"),
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="promotions_offered_window"),
        ]
        indexes = [models.Index(fields=["variant", "until"], name="promotions_offered_variant")]
