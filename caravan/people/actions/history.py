from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from caravan.people.models import Buyer, User
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


def record_account(
    *, email: str, encoded: str, name: str, country: str, language: str, at: datetime, buyer_id: UUID | None = None
) -> UUID:
    """An account set up for somebody, its address taken as proven; `buyer_id` is who they have been as a buyer. Returns its id.

    `encoded` is the password as Django stores it; the account that is there already takes it.
    """
    with transaction.atomic():
        user = User.objects.select_for_update().filter(email__iexact=email).first()
        if user is None:
            user = User(email=email, name=name, country=country, language=language, created_at=at)
        user.password = encoded
        user.save()
        addresses = user.emailaddress_set  # type: ignore[attr-defined] # the sign-in library's
        addresses.get_or_create(email=user.email, defaults={"verified": True, "primary": True})
        if buyer_id is not None:
            Buyer.objects.filter(pk=buyer_id, user=None).update(user=user)
    return user.pk
