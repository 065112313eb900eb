from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from caravan.kernel.ids import uuid7


class Feedback(models.Model):
    """What a buyer said of one line of a received order. It belongs to the `version` bought.

    `scored` is False where the house rules show a rating without counting it (`unscored_reason` says why).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    line = models.OneToOneField("trade.OrderLine", models.CASCADE, related_name="+")
    order = models.ForeignKey("trade.Order", models.CASCADE, related_name="+")
    store = models.ForeignKey("stores.Store", models.CASCADE, related_name="+")
    buyer = models.ForeignKey("people.Buyer", models.CASCADE, related_name="+")
    product = models.ForeignKey("catalog.Product", models.CASCADE, related_name="+")
    version = models.ForeignKey("catalog.Version", models.CASCADE, related_name="+")
    market = models.CharField(max_length=2)
    language = models.CharField(max_length=5, blank=True)
    stars = models.PositiveSmallIntegerField()
    described = models.PositiveSmallIntegerField(null=True, blank=True, help_text="detailed rating: item as described, 1-5")
    communication = models.PositiveSmallIntegerField(null=True, blank=True)
    shipping = models.PositiveSmallIntegerField(null=True, blank=True)
    text = models.TextField(blank=True)
    reply = models.TextField(blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    scored = models.BooleanField(default=True)
    unscored_reason = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    changed = models.BigIntegerField(
        default=0, editable=False, help_text="id of the transaction that wrote the row last; set by a trigger"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(stars__range=(1, 5)), name="reputation_feedback_stars"),
            models.CheckConstraint(
                condition=Q(described=None) | Q(described__range=(1, 5), communication__range=(1, 5), shipping__range=(1, 5)),
                name="reputation_feedback_detailed",
            ),
        ]
        indexes = [
            models.Index(fields=["product", "-created_at"], name="reputation_feedback_product"),
            models.Index(fields=["store", "-created_at"], name="reputation_feedback_store"),
            models.Index(fields=["changed"], name="reputation_feedback_changed"),
        ]
