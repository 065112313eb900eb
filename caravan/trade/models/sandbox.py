"""The books of the built-in sandbox provider, as a real one keeps them in its own house. Ids are the ones we gave."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class SandboxCharge(models.Model):
    """Money asked of a card. It is ours in state "paid" and in no other; `refunded_minor` is kept by a trigger over refunds."""

    class State(models.TextChoices):
        CONFIRMING = "confirming"
        PENDING = "pending"
        AUTHORISED = "authorised"
        PAID = "paid"
        DECLINED = "declined"

    id = models.UUIDField(primary_key=True, editable=False)
    scenario = models.CharField(max_length=20)
    state = models.CharField(max_length=10, choices=State.choices)
    reason = models.CharField(max_length=40, blank=True)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    refunded_minor = models.BigIntegerField(default=0, editable=False)
    return_url = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(refunded_minor=0) | Q(state="paid", refunded_minor__range=(0, F("amount_minor"))),
                name="trade_sandboxcharge_never_refunds_more_than_it_took",
            )
        ]


class SandboxRefund(models.Model):
    """Money going back to a card; one that failed counts for nothing."""

    class State(models.TextChoices):
        PENDING = "pending"
        DONE = "done"
        FAILED = "failed"

    id = models.UUIDField(primary_key=True, editable=False)
    charge = models.ForeignKey(SandboxCharge, models.PROTECT, related_name="refunds")
    state = models.CharField(max_length=10, choices=State.choices)
    reason = models.CharField(max_length=40, blank=True)
    amount_minor = models.BigIntegerField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(amount_minor__gt=0), name="trade_sandboxrefund_amount")]


class SandboxPayout(models.Model):
    """Money going to a store's account."""

    class State(models.TextChoices):
        PENDING = "pending"
        PAID = "paid"
        FAILED = "failed"

    id = models.UUIDField(primary_key=True, editable=False)
    destination = models.CharField(max_length=80)
    scenario = models.CharField(max_length=20)
    state = models.CharField(max_length=10, choices=State.choices)
    reason = models.CharField(max_length=40, blank=True)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(amount_minor__gt=0), name="trade_sandboxpayout_amount")]
