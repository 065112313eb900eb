from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from caravan.kernel.ids import uuid7
from caravan.trade.models.order import Order


class Series(models.Model):
    """The last number a store gave to a kind of paper. Its row is locked while the next is given: no number is left out."""

    store = models.ForeignKey("stores.Store", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["store", "kind"], name="trade_series_once")]


class Paper(models.Model):
    """An invoice or credit note as it was issued, once per `cause`: the order's id or the refund's. Never changed nor deleted.

    `content` is `rules.papers.Paper`, whole: names and addresses may change later, this does not.
    """

    class Kind(models.TextChoices):
        INVOICE = "invoice"
        CREDIT_NOTE = "credit_note"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    store = models.ForeignKey("stores.Store", models.PROTECT, related_name="+")
    order = models.ForeignKey(Order, models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    number = models.PositiveIntegerField()
    cause = models.UUIDField(unique=True)
    content = models.JSONField()
    issued_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["issued_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["store", "kind", "number"], name="trade_paper_number_once"),
            models.CheckConstraint(condition=Q(kind__in=["invoice", "credit_note"]), name="trade_paper_kind"),
            models.CheckConstraint(condition=Q(number__gt=0), name="trade_paper_number"),
        ]
