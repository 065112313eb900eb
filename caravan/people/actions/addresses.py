from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from caravan.kernel.errors import Conflict, Invalid, NotFound
from caravan.people.models import Address, User
from caravan.people.queries.addresses import MOST, AddressRow, row
from caravan.people.rules import PostalAddress, addresses, fields_for


def check_address(*, typed: Mapping[str, str]) -> PostalAddress:
    """What was typed into an address form, checked by its country's rules. Raises `Invalid` worded per field."""
    try:
        return addresses.check(typed)
    except Invalid as refused:
        worded = {name: _reason(name, code, typed) for name, code in refused.fields.items()}
        raise Invalid(refused.code, _("Some fields of the address need another look."), **worded) from refused


def add_address(*, user_id: UUID, typed: Mapping[str, str], default: bool, at: datetime) -> AddressRow:
    """The first address of a book is its default in any case. Raises Invalid, or Conflict when the book is full."""
    address = check_address(typed=typed)
    with _book(user_id):
        held = Address.objects.filter(user_id=user_id).count()
        if held >= MOST:
            raise Conflict("address.full", _("Your address book is full. Remove an address you no longer need first."))
        made = Address.objects.create(user_id=user_id, created_at=at, **asdict(address))
        if default or not held:
            _make_default(made)
    return row(made)


def edit_address(*, user_id: UUID, address_id: UUID, typed: Mapping[str, str], default: bool) -> AddressRow:
    """Raises Invalid, NotFound. Orders keep the address they were placed with."""
    address = check_address(typed=typed)
    with _book(user_id):
        entry = _entry(user_id, address_id)
        for name, value in asdict(address).items():
            setattr(entry, name, value)
        entry.save()
        if default:
            _make_default(entry)
    return row(entry)


def make_default_address(*, user_id: UUID, address_id: UUID) -> None:
    """The address a checkout begins with from now on. Raises NotFound."""
    with _book(user_id):
        _make_default(_entry(user_id, address_id))


def remove_address(*, user_id: UUID, address_id: UUID) -> None:
    """The newest of the others becomes the default when the default goes."""
    with _book(user_id):
        entry = _entry(user_id, address_id)
        entry.delete()
        heir = Address.objects.filter(user_id=user_id).first() if entry.is_default else None
        if heir:
            _make_default(heir)


@contextmanager
def _book(user_id: UUID) -> Iterator[None]:
    """One writer of an address book at a time, by the lock of its owner's row: so there is always one default."""
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).only("pk").get(pk=user_id)
        yield


def _entry(user_id: UUID, address_id: UUID) -> Address:
    entry = Address.objects.filter(user_id=user_id, pk=address_id).first()
    if entry is None:
        raise NotFound("address.unknown", _("This address is not in your address book any more."))
    return entry


def _make_default(entry: Address) -> None:
    Address.objects.filter(user_id=entry.user_id, is_default=True).exclude(pk=entry.pk).update(is_default=False)
    Address.objects.filter(pk=entry.pk).update(is_default=True)
    entry.is_default = True


def _reason(name: str, code: str, typed: Mapping[str, str]) -> str:
    if code == "required":
        return _("The parcel cannot be delivered without this.")
    if code == "too_long":
        return _("Shorten this to %(length)d characters.") % {"length": addresses.LENGTHS[name]}
    if name == "postal_code" and addresses.is_of_country(typed[name], typed["country_code"].upper()):
        return _("This postal code belongs to another region. Look at both again.")
    if name == "postal_code" and (example := _example(typed)):
        return _("This is not a postal code of the place. Write it like %(example)s.") % {"example": example}
    if name == "phone":
        return _("This is not a phone number of the country. Start with + for a foreign one.")
    if name == "country_code":
        return _("Choose a country from the list.")
    return _("Choose one from the list.")


def _example(typed: Mapping[str, str]) -> str:
    country, area = typed["country_code"].upper(), typed.get("country_area", "")
    return next((field.example for line in fields_for(country, "en", area) for field in line if field.example), "")
