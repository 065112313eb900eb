from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from caravan.stores.models import Legal, Membership, Store
from caravan.stores.queries.members import Role
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
    stated = (
        Legal(store_id=s.id, name=s.legal.name, address=s.legal.address, tax_number=s.legal.tax_number) for s in stores if s.legal
    )
    Legal.objects.bulk_create(stated, batch_size=1000, ignore_conflicts=True)
    return len(stores)


def record_members(*, store_ids: Iterable[UUID], user_id: UUID, role: Role, at: datetime) -> None:
    """Let somebody act for stores of other records, which came without people. Again it changes nothing."""
    members = (Membership(store_id=store_id, user_id=user_id, role=role, created_at=at) for store_id in store_ids)
    Membership.objects.bulk_create(members, ignore_conflicts=True)
