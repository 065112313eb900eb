from __future__ import annotations

from django.db import models
from django.utils import timezone

from caravan.kernel.ids import uuid7


class Picture(models.Model):
    """An uploaded picture, checked by content, stripped of metadata and kept once per content (`digest`, SHA-256).

    Files lie at `pictures/<aa>/<digest>-<width>.<avif|webp>` for each width in `widths`.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    digest = models.CharField(max_length=64, unique=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return self.digest
