from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone


class Signal(models.Model):
    """One thing somebody did on the way to buying or not buying. Written in batches by COPY; read by the export only.

    No foreign keys: a signal outlives what it points at, and a batch is never refused for one of its rows.
    """

    class Kind(models.TextChoices):
        VIEW = "view"
        SEARCH = "search"
        CLICK = "click"
        CART_ADD = "cart_add"
        CART_REMOVE = "cart_remove"

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(default=timezone.now)
    kind = models.CharField(max_length=12)
    visitor_id = models.UUIDField()
    user_id = models.UUIDField(null=True)
    market = models.CharField(max_length=2)
    language = models.CharField(max_length=5)
    source = models.CharField(max_length=40, blank=True, help_text="where the visit came from: utm_source or the referring host")
    product_id = models.UUIDField(null=True)
    store_id = models.UUIDField(null=True)
    category_path = models.CharField(max_length=400, blank=True)
    query = models.CharField(max_length=200, blank=True)
    results = models.IntegerField(null=True)
    position = models.SmallIntegerField(null=True)
    changed = models.BigIntegerField(default=0, editable=False, help_text="id of the writing transaction; set by a trigger")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["view", "search", "click", "cart_add", "cart_remove"]), name="signals_signal_kind"
            ),
        ]
        indexes = [models.Index(fields=["changed"], name="signals_signal_changed")]
