from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Lower

from caravan.people.models import Buyer, User


def buyer_of_user(*, user_id: UUID, at: datetime) -> UUID:
    """The buyer an account is, made at its first purchase."""
    found = Buyer.objects.filter(user_id=user_id).values_list("id", flat=True).first()
    if found:
        return found
    user = User.objects.get(pk=user_id)
    # Two first purchases at once: the loser's row is ignored and both read the winner's.
    made = Buyer(user=user, email=user.email, name=user.name, country=user.country, created_at=at)
    Buyer.objects.bulk_create([made], ignore_conflicts=True)
    return Buyer.objects.values_list("id", flat=True).get(user_id=user_id)


def guest_buyer(*, email: str, name: str, country: str, at: datetime) -> UUID:
    """The buyer known by an e-mail address alone; capitals do not make another. `country` is an ISO code."""
    found = _guests(email).values_list("id", flat=True).first()
    if found:
        return found
    Buyer.objects.bulk_create([Buyer(email=email, name=name, country=country, created_at=at)], ignore_conflicts=True)
    return _guests(email).values_list("id", flat=True).get()


def claim_guest(*, user_id: UUID, email: str) -> tuple[UUID, UUID] | None:
    """Whoever proved that `email` is theirs is the guest who bought with it.

    Without a buyer of its own the account becomes that buyer, and nothing is left to do. Otherwise returns (guest buyer,
    the account's buyer): what the first bought belongs to the second, and whoever keeps purchases moves them.
    """
    with transaction.atomic():
        guest = _guests(email).select_for_update(no_key=True).first()
        if guest is None:
            return None
        own = Buyer.objects.filter(user_id=user_id).values_list("id", flat=True).first()
        if own:
            return guest.pk, own
        guest.user_id = user_id
        guest.save(update_fields=["user"])
        return None


def _guests(email: str) -> QuerySet[Buyer]:
    return Buyer.objects.alias(lowered=Lower("email")).filter(lowered=email.lower(), user=None, source="")
