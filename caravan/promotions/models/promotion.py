from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from caravan.kernel.ids import uuid7
from caravan.promotions.models.group import MarketingGroup


class Promotion(models.Model):
    """Something a store (or, without one, the platform) has on offer. Amounts are in `currency`, its own.

    What is stored is what its owner decided (`state`); whether it is scheduled, live or over is a matter of the clock, and of
    `rules/lifecycle.py`. Which of the figures a kind uses is told by `promotions_promotion_<kind>` among the constraints.
    """

    class Kind(models.TextChoices):
        LIMITED = "limited"  # another price for goods, for a time or a number of pieces
        STORE_WIDE = "store_wide"  # percent off a marketing group, or everything
        BUY_GET = "buy_get"
        SPEND_SAVE = "spend_save"
        BUNDLE = "bundle"
        COUPON = "coupon"

    class State(models.TextChoices):
        DRAFT = "draft"
        ON = "on"
        PAUSED = "paused"
        STOPPED = "stopped"

    class Means(models.TextChoices):
        """How a coupon comes to a buyer."""

        NONE = ""
        COLLECT = "collect"  # taken from a page
        CODE = "code"
        TARGETED = "targeted"  # put into the wallets of a segment
        FOLLOWER = "follower"  # for following the store
        GRANTED = "granted"  # by games and red envelopes

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    store = models.ForeignKey("stores.Store", models.CASCADE, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    name = models.CharField(max_length=60, help_text="as buyers read it")
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT)
    currency = models.CharField(max_length=3)
    since = models.DateTimeField()
    until = models.DateTimeField()
    markets = ArrayField(models.CharField(max_length=2), default=list, blank=True, help_text="ISO codes; empty: everywhere")
    audience = models.CharField(max_length=10, default="everyone")
    segment_id = models.UUIDField(null=True, blank=True)
    # The goods it is about: a group, categories, or the `goods` rows; with none of them, all there are.
    group = models.ForeignKey(MarketingGroup, models.PROTECT, null=True, blank=True, related_name="+")
    categories = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    is_chosen = models.BooleanField(default=False, help_text="about the goods listed, not all there are")
    # What it gives.
    percent = models.PositiveSmallIntegerField(default=0)
    amount_minor = models.BigIntegerField(null=True, blank=True, help_text="a coupon's face value, a bundle's joint price")
    cap_minor = models.BigIntegerField(null=True, blank=True, help_text="the most a percentage takes off")
    min_spend_minor = models.BigIntegerField(null=True, blank=True)
    buy = models.PositiveSmallIntegerField(default=0)
    get = models.PositiveSmallIntegerField(default=0)
    times = models.PositiveSmallIntegerField(null=True, blank=True, help_text="at most, in one order")
    # Coupons.
    means = models.CharField(max_length=8, choices=Means.choices, blank=True)
    code = models.CharField(max_length=24, null=True, blank=True, unique=True, help_text="one code for all, in capitals")
    stackable = models.BooleanField(default=False)
    total = models.PositiveIntegerField(null=True, blank=True, help_text="coupons there are")
    per_buyer = models.PositiveSmallIntegerField(default=1)
    valid_since = models.DateTimeField(null=True, blank=True)
    valid_until = models.DateTimeField(null=True, blank=True)
    valid_days = models.PositiveSmallIntegerField(null=True, blank=True, help_text="from the day it is claimed, instead")
    # What it may cost: orders that would go beyond are priced without it.
    budget_minor = models.BigIntegerField(null=True, blank=True)
    spent_minor = models.BigIntegerField(default=0)
    exhausted_at = models.DateTimeField(null=True, blank=True, help_text="since when next to nothing is left of its budget")
    copied_from = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    external_ref = models.CharField(max_length=64, blank=True, help_text="its id in the file it came from")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True, help_text="when it was stopped, before its time")
    told = models.CharField(max_length=9, default="draft", help_text="where it stood when the market was last told")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="promotions_promotion_window"),
            models.CheckConstraint(condition=Q(percent__range=(0, 100)), name="promotions_promotion_percent"),
            models.CheckConstraint(
                condition=Q(kind__in=["limited", "store_wide", "buy_get", "spend_save", "bundle", "coupon"]),
                name="promotions_promotion_kind",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "on", "paused", "stopped"]), name="promotions_promotion_state"
            ),
            models.CheckConstraint(
                condition=Q(audience__in=["everyone", "new_buyers", "followers", "segment"])
                & (~Q(audience="segment") | Q(segment_id__isnull=False)),
                name="promotions_promotion_audience",
            ),
            models.CheckConstraint(
                condition=~Q(kind="store_wide") | Q(percent__range=(1, 99)), name="promotions_promotion_store_wide"
            ),
            models.CheckConstraint(
                condition=~Q(kind="buy_get") | Q(buy__gt=0, get__gt=0, percent__gt=0), name="promotions_promotion_buy_get"
            ),
            models.CheckConstraint(condition=~Q(kind="bundle") | Q(amount_minor__gt=0), name="promotions_promotion_bundle"),
            models.CheckConstraint(
                condition=~Q(kind="coupon")
                | (~Q(means="") & (Q(amount_minor__gt=0, percent=0) | Q(amount_minor=None, percent__gt=0))),
                name="promotions_promotion_coupon",
            ),
            models.CheckConstraint(
                condition=Q(spent_minor__gte=0) & (Q(budget_minor=None) | Q(spent_minor__lte=F("budget_minor"))),
                name="promotions_promotion_budget",
            ),
            models.UniqueConstraint(
                fields=["store", "external_ref"], condition=~Q(external_ref=""), name="promotions_promotion_import_once"
            ),
        ]
        indexes = [
            models.Index(fields=["store", "until"], name="promotions_of_store"),
            models.Index(fields=["until"], condition=Q(state="on"), name="promotions_on"),
            models.Index(fields=["since"], condition=Q(told="scheduled"), name="promotions_to_begin"),
            models.Index(fields=["until"], condition=Q(told__in=["scheduled", "live", "paused"]), name="promotions_to_end"),
        ]

    def __str__(self) -> str:
        return self.name


class Tier(models.Model):
    """A step of a spend-and-save: reached by an amount or by a number of pieces."""

    promotion = models.ForeignKey(Promotion, models.CASCADE, related_name="tiers")
    number = models.PositiveSmallIntegerField()
    min_amount_minor = models.BigIntegerField(null=True, blank=True)
    min_items = models.PositiveSmallIntegerField(default=0)
    percent = models.PositiveSmallIntegerField(default=0)
    amount_minor = models.BigIntegerField(null=True, blank=True)
    cap_minor = models.BigIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["promotion", "number"], name="promotions_tier_once"),
            models.CheckConstraint(
                condition=Q(min_amount_minor__gt=0, min_items=0) | Q(min_amount_minor=None, min_items__gt=0),
                name="promotions_tier_reached_by",
            ),
            models.CheckConstraint(
                condition=Q(amount_minor__gt=0, percent=0) | Q(amount_minor=None, percent__range=(1, 100)),
                name="promotions_tier_gives",
            ),
        ]
