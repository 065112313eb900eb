from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from caravan.kernel.ids import uuid7
from caravan.trade.models.order import Purchase


class Payment(models.Model):
    """One attempt to pay a purchase through a provider, which knows it by `id`. What it was paid with is never kept."""

    class State(models.TextChoices):
        STARTED = "started"
        CONFIRMING = "confirming"  # the buyer has to confirm at the provider
        PENDING = "pending"  # the provider will tell by webhook
        AUTHORISED = "authorised"  # set aside on the card, not taken yet
        PAID = "paid"
        DECLINED = "declined"
        LAPSED = "lapsed"
        REFUNDING = "refunding"  # money came for a purchase that does not take it any more; it goes back
        REFUNDED = "refunded"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    purchase = models.ForeignKey(Purchase, models.PROTECT, related_name="payments")
    provider = models.CharField(max_length=32)
    provider_ref = models.CharField(max_length=255)
    state = models.CharField(max_length=10, choices=State.choices, default=State.STARTED)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    reason = models.CharField(max_length=200, blank=True, help_text="why it was declined, as the provider says")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["provider", "provider_ref"], name="trade_payment_ref_once"),
            models.UniqueConstraint(fields=["purchase"], condition=Q(state="paid"), name="trade_payment_paid_once"),
        ]
        indexes = [
            models.Index(
                fields=["created_at"],
                condition=Q(state__in=["started", "confirming", "pending", "authorised", "refunding"]),
                name="trade_payment_open",
            ),
        ]


class PaymentEvent(models.Model):
    """A provider's webhook, kept as it came; its id makes the second delivery of it a repetition."""

    provider = models.CharField(max_length=32)
    event_id = models.CharField(max_length=80)
    payload = models.JSONField()
    received_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["provider", "event_id"], name="trade_paymentevent_once")]
