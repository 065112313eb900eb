from __future__ import annotations

from django.db import models

from caravan.stores.models.store import Store


class Legal(models.Model):
    """Who the store is before the law, as its owner stated it; papers issued from then on say it."""

    store = models.OneToOneField(Store, models.CASCADE, primary_key=True, related_name="+")
    name = models.CharField(max_length=120, blank=True)
    address = models.TextField(max_length=400, blank=True, help_text="one line each, without the country")
    tax_number = models.CharField(max_length=40, blank=True)
