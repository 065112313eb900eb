from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from caravan.kernel.ids import uuid7
from caravan.stores.models.store import Store


class Follow(models.Model):
    """That a person follows a store: its offers to followers are open to them, and they hear of new ones."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    store = models.ForeignKey(Store, models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "store"], name="stores_follow_once")]
        indexes = [models.Index(fields=["user", "-id"], name="stores_follow_page")]


class Followers(models.Model):
    """How many follow a store; kept by the actions, so that its page counts nobody."""

    store = models.OneToOneField(Store, models.CASCADE, primary_key=True, related_name="+")
    number = models.IntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(number__gte=0), name="stores_followers_not_negative")]
