from __future__ import annotations

from django.db import models
from django.db.models import Q

from caravan.kernel.ids import uuid7
from caravan.trade.models.order import OrderLine


class OrderCut(models.Model):
    """What a promotion took off a line, as it was sold. `minor` is in the order's currency.

    A deal makes the price on the card (`is_price`: it is not part of the line's `cut_minor`): `pieces` of them, `minor` under
    the list price in all. Everything else is taken off after it. `deal_id`: the goods of a limited deal; `coupon_id`: the coupon.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    line = models.ForeignKey(OrderLine, models.CASCADE, related_name="cuts")
    code = models.CharField(max_length=18, help_text="limited, store_wide, campaign, or a stage of promotions.rules.Stage")
    is_price = models.BooleanField(default=False)
    promotion_id = models.UUIDField()
    deal_id = models.UUIDField(null=True, blank=True)
    coupon_id = models.UUIDField(null=True, blank=True)
    name = models.CharField(max_length=60)
    payer = models.CharField(max_length=9)
    pieces = models.PositiveIntegerField()
    minor = models.BigIntegerField()
    owner_minor = models.BigIntegerField(
        default=0, db_default=0, help_text="the same in the currency of whose promotion it is, as charged to its cap"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(minor__gte=0, owner_minor__gte=0, pieces__gt=0), name="trade_ordercut_amounts"),
            models.CheckConstraint(condition=Q(payer__in=["store", "platform", "affiliate"]), name="trade_ordercut_payer"),
        ]
        indexes = [models.Index(fields=["promotion_id"], name="trade_ordercut_promotion")]
