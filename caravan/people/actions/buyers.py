from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet
from django.db.models.functions import Lower

from caravan.kernel.ids import uuid7
from caravan.people.models import Buyer, User

# The words of the index `people_buyer_guest_once`, all of them: with one missing it could not be used.
_GUEST = """
WITH found AS (
    SELECT id FROM people_buyer WHERE lower(email) = lower(%(email)s) AND source = '' AND user_id IS NULL AND email <> ''
), made AS (
    INSERT INTO people_buyer (id, email, name, country, source, external_ref, created_at)
    SELECT %(id)s, %(email)s, %(name)s, %(country)s, '', '', %(at)s WHERE NOT EXISTS (SELECT FROM found)
    ON CONFLICT DO NOTHING
    RETURNING id
)
SELECT id FROM found UNION ALL SELECT id FROM made
"""


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
    given: dict[str, UUID | str | datetime] = {"id": uuid7(), "email": email, "name": name, "country": country, "at": at}
    with connection.cursor() as cursor:
        cursor.execute(_GUEST, given)
        found = cursor.fetchone()
        if found is None:  # somebody else's first purchase made it meanwhile: the next statement sees it
            cursor.execute(_GUEST, given)
            found = cursor.fetchone()
    buyer_id: UUID = found[0]
    return buyer_id


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
    guests = Buyer.objects.exclude(email="").filter(user=None, source="")  # as the index says it
    return guests.alias(lowered=Lower("email")).filter(lowered=email.lower())
