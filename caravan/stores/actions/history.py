from __future__ import annotations

from collections.abc import Sequence

from caravan.stores.models import Store
from caravan.stores.rules.history import PastStore


def record_stores(*, stores: Sequence[PastStore]) -> int:
    """Store stores of other records. Those already here are left alone. Returns how many were sent."""
    Store.objects.bulk_create(
        (
            Store(
                id=s.id,
                slug=s.slug,
                name=s.name,
                description=s.description,
                country=s.country,
                currency=s.currency,
                language=s.language,
                zone=s.zone,
                ships_to=list(s.ships_to),
                handling_days=s.handling_days,
                source=s.source,
                external_ref=s.ref,
                opened_at=s.opened_at,
            )
            for s in stores
        ),
        batch_size=1000,
        ignore_conflicts=True,
    )
    return len(stores)
