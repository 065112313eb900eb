from __future__ import annotations

from collections.abc import Sequence

from caravan.people.models import Buyer
from caravan.people.rules.history import PastBuyer


def record_buyers(*, buyers: Sequence[PastBuyer]) -> int:
    """Store buyers of other records. Those already here are left alone. Returns how many were sent."""
    Buyer.objects.bulk_create(
        (
            Buyer(id=b.id, name=b.name, source=b.source, external_ref=b.ref, country=b.country, created_at=b.created_at)
            for b in buyers
        ),
        batch_size=2000,
        ignore_conflicts=True,
    )
    return len(buyers)
