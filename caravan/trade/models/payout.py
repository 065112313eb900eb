from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from caravan.kernel.ids import uuid7
from caravan.trade.rules.payouts import LONGEST_RESERVE_DAYS, MOST_RESERVE_PERCENT


class PayoutAccount(models.Model):
    """How a store is paid out: when and where to is its own choice, reserve and hold are the operator's.

    Its lock is held while a payout of the store is made; `paid_through` is the last day of payouts that was looked at.
    """

    class Schedule(models.TextChoices):
        WEEKLY = "weekly"
        BIWEEKLY = "biweekly"
        MONTHLY = "monthly"

    store = models.OneToOneField("stores.Store", models.CASCADE, primary_key=True, related_name="+")
    schedule = models.CharField(max_length=10, choices=Schedule.choices, default=Schedule.WEEKLY)
    destination = models.CharField(max_length=80, blank=True, help_text="the account's name with the payment provider")
    reserve_percent = models.PositiveSmallIntegerField(default=0, help_text="of what each order earns")
    reserve_days = models.PositiveSmallIntegerField(default=30, help_text="for so long it is kept back")
    hold_reason = models.CharField(
        max_length=200, blank=True, help_text="while it is written here nothing is paid out; the store reads it"
    )
    paid_through = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(schedule__in=["weekly", "biweekly", "monthly"]), name="trade_payoutaccount_schedule"
            ),
            models.CheckConstraint(
                condition=Q(reserve_percent__lte=MOST_RESERVE_PERCENT, reserve_days__range=(1, LONGEST_RESERVE_DAYS)),
                name="trade_payoutaccount_reserve",
            ),
        ]

    def __str__(self) -> str:
        return str(self.store_id)


class Payout(models.Model):
    """Money of a store sent to its bank: one a store, currency and day of payouts. The provider knows it by `id`."""

    class State(models.TextChoices):
        WAITING = "waiting"  # taken from the balance; the provider has not answered yet
        SENT = "sent"
        PAID = "paid"
        FAILED = "failed"  # the money is back in the balance

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    store = models.ForeignKey("stores.Store", models.PROTECT, related_name="+")
    day = models.DateField()
    minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    provider = models.CharField(max_length=32)
    provider_ref = models.CharField(max_length=80, blank=True)
    destination = models.CharField(max_length=80)
    reason = models.CharField(max_length=200, blank=True, help_text="why it failed, as the provider says")
    created_at = models.DateTimeField(default=timezone.now)
    asked_at = models.DateTimeField(null=True, blank=True, help_text="when the provider was asked last")
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["store", "currency", "day"], name="trade_payout_once"),
            models.CheckConstraint(condition=Q(minor__gt=0), name="trade_payout_something"),
            models.CheckConstraint(condition=Q(state__in=["waiting", "sent", "paid", "failed"]), name="trade_payout_state"),
        ]
        indexes = [
            models.Index(fields=["store", "-id"], name="trade_payout_store"),
            models.Index(fields=["created_at"], condition=Q(state__in=["waiting", "sent"]), name="trade_payout_open"),
        ]


class ReservePart(models.Model):
    """What of an order's earnings is kept back until `until`."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    order = models.OneToOneField("trade.Order", models.PROTECT, related_name="+")
    store = models.ForeignKey("stores.Store", models.PROTECT, related_name="+")
    minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    until = models.DateTimeField()
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(minor__gt=0), name="trade_reservepart_something")]
        indexes = [models.Index(fields=["until"], condition=Q(released_at=None), name="trade_reservepart_kept")]
