from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from caravan.kernel.ids import uuid7
from caravan.trade.models.order import Order


class OrderNote(models.Model):
    """What those who act for the store write to each other about an order. The buyer never sees it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    order = models.ForeignKey(Order, models.CASCADE, related_name="notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    text = models.CharField(max_length=1000)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["created_at", "id"]
