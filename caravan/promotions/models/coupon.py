from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from caravan.kernel.ids import uuid7
from caravan.promotions.models.promotion import Promotion


class Coupon(models.Model):
    """A coupon in a buyer's wallet: `issued`, `locked` by a purchase that waits for its money, `used`; given back it is
    `released`, which is issued again, as long as it is valid.

    `nth` of that buyer's coupons of the promotion: unique, so that nobody gets more than the limit however often they press.
    """

    class State(models.TextChoices):
        ISSUED = "issued"
        LOCKED = "locked"
        USED = "used"
        RELEASED = "released"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    promotion = models.ForeignKey(Promotion, models.PROTECT, related_name="coupons")
    buyer = models.ForeignKey("people.Buyer", models.CASCADE, related_name="+")
    nth = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=8, choices=State.choices, default=State.ISSUED)
    issued_at = models.DateTimeField()
    valid_since = models.DateTimeField()
    valid_until = models.DateTimeField()
    purchase_id = models.UUIDField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True, help_text="when its buyer was told that it runs out")
    cause = models.CharField(max_length=80, blank=True, default="", help_text="what a granted one was given for: once for each")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["promotion", "buyer", "nth"], name="promotions_coupon_limit"),
            models.UniqueConstraint(
                fields=["promotion", "buyer", "cause"], condition=~Q(cause=""), name="promotions_coupon_granted_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["issued", "released"], purchase_id=None)
                | Q(state__in=["locked", "used"], purchase_id__isnull=False),
                name="promotions_coupon_state",
            ),
            models.CheckConstraint(condition=Q(valid_until__gt=F("valid_since")), name="promotions_coupon_window"),
        ]
        indexes = [
            models.Index(fields=["buyer", "valid_until"], name="promotions_coupon_wallet"),
            models.Index(fields=["purchase_id"], condition=Q(purchase_id__isnull=False), name="promotions_coupon_purchase"),
            models.Index(
                fields=["valid_until"], condition=Q(state__in=["issued", "released"]), name="promotions_coupon_running_out"
            ),
        ]


class CouponCode(models.Model):
    """A code that is good for one coupon, once. Codes for all are `Promotion.code`."""

    code = models.CharField(max_length=24, primary_key=True)
    promotion = models.ForeignKey(Promotion, models.CASCADE, related_name="codes")
    coupon = models.OneToOneField(Coupon, models.SET_NULL, null=True, blank=True, related_name="+")
