"""List prices that stay as they are while somebody sells beside them: a deal whose list price moved would say something else."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import connection

from caravan.catalog.models import PriceLock

# In the order in which all lock variants (docs/locking.md). Whoever saves goods holds them, too, while looking for price locks.
_LOCK = "SELECT id FROM catalog_variant WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE"


def lock_prices(*, holder_id: UUID, variant_ids: Collection[UUID], until: datetime) -> None:
    """The list prices of these variants stay as they are until `until`, or `unlock_prices`. Inside the caller's transaction,
    which afterwards holds the variants' locks: what it reads of their prices is true until it commits."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [list(variant_ids)])
    PriceLock.objects.bulk_create(
        (PriceLock(variant_id=id, holder_id=holder_id, until=until) for id in sorted(variant_ids)),
        update_conflicts=True, unique_fields=["variant", "holder_id"], update_fields=["until"],
    )  # fmt: skip


def unlock_prices(*, holder_id: UUID) -> None:
    """What this holder locked may change again, unless another one locked it, too."""
    PriceLock.objects.filter(holder_id=holder_id).delete()
