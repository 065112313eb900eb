from __future__ import annotations

from dataclasses import dataclass, fields
from uuid import UUID

from django.utils.translation import gettext as _

from caravan.kernel.errors import NotFound
from caravan.people.models import Address
from caravan.people.rules import PostalAddress

MOST = 30  # entries of one address book; so it is never paged


@dataclass(frozen=True, slots=True)
class AddressRow:
    id: UUID
    address: PostalAddress
    is_default: bool


def addresses_of(*, user_id: UUID) -> list[AddressRow]:
    """The person's address book, the default first, then the newest."""
    return [row(entry) for entry in Address.objects.filter(user_id=user_id)[:MOST]]


def address_of(*, user_id: UUID, address_id: UUID) -> AddressRow:
    """Raises NotFound, also for somebody else's."""
    entry = Address.objects.filter(user_id=user_id, pk=address_id).first()
    if entry is None:
        raise NotFound("address.unknown", _("This address is not in your address book any more."))
    return row(entry)


def row(entry: Address) -> AddressRow:
    return AddressRow(
        entry.pk, PostalAddress(**{f.name: getattr(entry, f.name) for f in fields(PostalAddress)}), entry.is_default
    )
