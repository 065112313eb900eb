from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from caravan.kernel.ids import uuid7
from caravan.trade.models.order import Order, OrderLine
from caravan.trade.models.refund import Refund
from caravan.trade.rules.disputes import OUTCOMES, Party, Reason, Remedy, State

UNSETTLED = ~Q(state="settled")  # also the condition of the queries that read the index


class Dispute(models.Model):
    """A buyer's complaint about an order, from its opening to how it ended. It changes under the lock of its order only.

    `state` and `due_at` are whose turn it is and until when; `remedy` and `minor` what was agreed or decided, empty before.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    order = models.ForeignKey(Order, models.PROTECT, related_name="disputes")
    reason = models.CharField(max_length=20)
    text = models.TextField(blank=True)
    state = models.CharField(max_length=12, default=State.OPEN)
    round = models.PositiveSmallIntegerField(default=1, help_text="each contested parcel begins another")
    opened_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(null=True, blank=True, help_text="when the clock moves on; the platform's to decide by")
    answered_at = models.DateTimeField(null=True, blank=True)
    escalated_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True, help_text="by the platform")
    remedy = models.CharField(max_length=10, blank=True)
    minor = models.BigIntegerField(default=0)
    return_address = models.TextField(blank=True)
    return_carrier = models.CharField(max_length=40, blank=True)
    return_tracking = models.CharField(max_length=80, blank=True)
    resend_carrier = models.CharField(max_length=40, blank=True)
    resend_tracking = models.CharField(max_length=80, blank=True)
    contested = models.TextField(blank=True, help_text="what was wrong with the parcel that came back or came again")
    liable = models.CharField(max_length=10, blank=True, help_text="who is held to have failed; empty: nobody")
    outcome = models.CharField(max_length=10, blank=True)
    settled_by = models.CharField(max_length=10, blank=True, help_text="whose move ended it")
    settled_at = models.DateTimeField(null=True, blank=True)
    refund = models.OneToOneField(Refund, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order"], condition=UNSETTLED, name="trade_dispute_one_open"),
            models.CheckConstraint(condition=Q(reason__in=list(Reason)), name="trade_dispute_reason"),
            models.CheckConstraint(condition=Q(state__in=list(State)), name="trade_dispute_state"),
            models.CheckConstraint(condition=Q(remedy="") | Q(remedy__in=list(Remedy)), name="trade_dispute_remedy"),
            models.CheckConstraint(condition=Q(liable__in=["", "buyer", "store"]), name="trade_dispute_liable"),
            models.CheckConstraint(condition=Q(minor__gte=0), name="trade_dispute_minor"),
            models.CheckConstraint(
                condition=Q(state="settled", outcome__in=OUTCOMES, settled_at__isnull=False, due_at=None)
                | (UNSETTLED & Q(outcome="", settled_at=None, refund=None, due_at__isnull=False)),
                name="trade_dispute_settled_when",
            ),
        ]
        indexes = [
            models.Index(fields=["order", "-opened_at"], name="trade_dispute_order"),
            models.Index(fields=["due_at"], condition=UNSETTLED, name="trade_dispute_due"),
        ]


class DisputeLine(models.Model):
    """How many pieces of a line a dispute is about."""

    dispute = models.ForeignKey(Dispute, models.CASCADE, related_name="lines")
    line = models.ForeignKey(OrderLine, models.PROTECT, related_name="+")
    quantity = models.PositiveIntegerField()

    class Meta:
        ordering = ["line__number"]
        constraints = [
            models.UniqueConstraint(fields=["dispute", "line"], name="trade_disputeline_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="trade_disputeline_quantity"),
        ]


class DisputeProposal(models.Model):
    """What a party asked for, offered, suggested or (`binding`) decided. Never changed nor removed: a trigger refuses it.

    `author_id` is the account that wrote it; none for a guest. No foreign key, so that closing an account changes no row.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="proposals")
    party = models.CharField(max_length=10)
    author_id = models.UUIDField(null=True, blank=True)
    remedy = models.CharField(max_length=10)
    minor = models.BigIntegerField(default=0)
    round = models.PositiveSmallIntegerField(default=1)
    note = models.TextField(blank=True)
    binding = models.BooleanField(default=False)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(party__in=[Party.BUYER, Party.STORE, Party.PLATFORM], remedy__in=list(Remedy)),
                name="trade_disputeproposal_words",
            ),
            models.CheckConstraint(
                condition=Q(remedy__in=[Remedy.REFUND, Remedy.RETURN], minor__gt=0)
                | Q(remedy__in=[Remedy.RESEND, Remedy.NOTHING], minor=0),
                name="trade_disputeproposal_minor",
            ),
            models.CheckConstraint(condition=Q(binding=False) | Q(party=Party.PLATFORM), name="trade_disputeproposal_binding"),
        ]


class DisputeEvidence(models.Model):
    """A file a party shows. Kept privately, as we drew or checked it, never as it came; `sha256` is of what is kept."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="evidence")
    party = models.CharField(max_length=10)
    name = models.CharField(max_length=120, help_text="as its sender called it")
    kind = models.CharField(max_length=20, help_text="image/webp, application/pdf or text/plain")
    size = models.PositiveIntegerField(help_text="bytes")
    path = models.CharField(max_length=200, help_text="in the private storage")
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["dispute", "party", "sha256"], name="trade_disputeevidence_once"),
            models.CheckConstraint(
                condition=Q(kind__in=["image/webp", "application/pdf", "text/plain"], party__in=["buyer", "store"]),
                name="trade_disputeevidence_words",
            ),
        ]
