from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from caravan.kernel.ids import uuid7
from caravan.trade.models.order import Order, OrderLine


class Refund(models.Model):
    """Money of an order that goes back to its buyer, decided once per `cause`. Amounts in the order's currency.

    The ledger has it from the decision on; `state` is about the provider, who knows the refund by `id`.
    """

    class State(models.TextChoices):
        REQUESTED = "requested"
        SENT = "sent"  # the provider took it on and has not paid it out yet
        DONE = "done"
        FAILED = "failed"  # refused by the provider: an operator has to look

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    order = models.ForeignKey(Order, models.PROTECT, related_name="refunds")
    cause = models.UUIDField(unique=True, help_text="what it was decided for: an event, a dispute, a form")
    reason = models.CharField(max_length=40)
    state = models.CharField(max_length=10, choices=State.choices, default=State.REQUESTED)
    items_minor = models.BigIntegerField()
    shipping_minor = models.BigIntegerField()
    tax_minor = models.BigIntegerField()
    total_minor = models.BigIntegerField()
    problem = models.CharField(max_length=200, blank=True, help_text="why it failed, as the provider says")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    paid_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(total_minor=F("items_minor") + F("shipping_minor") + F("tax_minor"), total_minor__gt=0),
                name="trade_refund_adds_up",
            ),
            models.CheckConstraint(
                condition=Q(items_minor__gte=0, shipping_minor__gte=0, tax_minor__gte=0), name="trade_refund_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["requested", "sent", "done", "failed"]), name="trade_refund_state_words"
            ),
        ]
        indexes = [
            models.Index(fields=["order", "created_at"], name="trade_refund_order"),
            models.Index(fields=["created_at"], condition=Q(state__in=["requested", "sent"]), name="trade_refund_open"),
        ]


class RefundPart(models.Model):
    """What one line gave back in a refund: so many pieces, so much of its total, so much of its tax."""

    refund = models.ForeignKey(Refund, models.CASCADE, related_name="parts")
    line = models.ForeignKey(OrderLine, models.PROTECT, related_name="+")
    quantity = models.PositiveIntegerField()
    minor = models.BigIntegerField()
    tax_minor = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["refund", "line"], name="trade_refundpart_once")]
