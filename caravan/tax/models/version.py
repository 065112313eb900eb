from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from caravan.kernel.ids import uuid7


class TableVersion(models.Model):
    """A table file an operator loaded, as it was read: its rows lie over the bundled ones from their first day on.

    Never changed and never taken away (a trigger refuses both): a mistake is corrected by a later version.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    table = models.CharField(max_length=12)
    effective_from = models.DateField(help_text="the first day any of its rows rules")
    text = models.TextField(help_text="the file, CSV")
    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of table, text and day")
    row_count = models.PositiveIntegerField()
    filename = models.CharField(max_length=200, blank=True)
    loaded_by = models.CharField(max_length=200, blank=True, help_text="who loaded it: an e-mail address, or empty for a command")
    loaded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["loaded_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(table__in=["regimes", "vat", "duties"]), name="tax_tableversion_table"),
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.effective_from}"
