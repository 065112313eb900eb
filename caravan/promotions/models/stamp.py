from __future__ import annotations

from django.db import models


class Stamp(models.Model):
    """Which state of a store's offers is the newest: a number that is another one after every change of them.

    Lists read it with each product; what a process keeps of a store's offers is good as long as it has the same stamp
    (`queries/offers.py`). The platform's own has the id of no store, all zeros.
    """

    store_id = models.UUIDField(primary_key=True)
    number = models.BigIntegerField()
