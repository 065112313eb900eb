from __future__ import annotations

from django.db import models


class Dirty(models.Model):
    """A product the index has yet to look at again. `mark` is the id of the transaction that last said so: the indexer forgets
    a row only while it still bears the mark that was read, so a change during the indexing is never lost."""

    product_id = models.UUIDField(primary_key=True)
    mark = models.BigIntegerField()

    class Meta:
        db_table = "search_dirty"
        indexes = [models.Index(fields=["mark", "product_id"], name="search_dirty_oldest")]


class Indexed(models.Model):
    """What the index was last told of figures that others recompute for many products at once: only those that moved are
    brought in again. `standing` is the store's credit in twentieths."""

    product_id = models.UUIDField(primary_key=True)
    store_id = models.UUIDField()
    sold_30d = models.IntegerField()
    buyers = models.IntegerField(default=0)
    standing = models.SmallIntegerField()

    class Meta:
        db_table = "search_indexed"
        indexes = [models.Index(fields=["store_id", "standing"], name="search_indexed_store")]
