from __future__ import annotations

from django.db import models
from django.utils import timezone

from caravan.kernel.ids import uuid7


class Picture(models.Model):
    """An uploaded picture, checked by content, stripped of metadata and kept once per content (`digest`, SHA-256).

    Files lie at `pictures/<aa>/<digest>-<width>.webp` for each width of `rules.pictures.widths`.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    digest = models.CharField(max_length=64, unique=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return self.digest


class PictureLink(models.Model):
    """Where an imported product's picture is said to lie on the web, and the picture once it was fetched."""

    class State(models.TextChoices):
        WAITING = "waiting"
        DONE = "done"
        FAILED = "failed"

    product = models.ForeignKey("catalog.Product", models.CASCADE, related_name="picture_links")
    position = models.PositiveSmallIntegerField()
    url = models.CharField(max_length=1000)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    picture = models.ForeignKey(Picture, models.SET_NULL, null=True, blank=True, related_name="+")
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["product", "position"], name="catalog_picturelink_once")]
