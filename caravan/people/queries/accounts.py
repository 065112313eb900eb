from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from caravan.kernel.errors import NotFound
from caravan.people.models import User


@dataclass(frozen=True, slots=True)
class Account:
    """`country`, `language`, `currency`: the market chosen, each empty while it is guessed. `is_staff`: an operator."""

    id: UUID
    email: str
    name: str
    is_staff: bool
    country: str
    language: str
    currency: str


_COLUMNS = ("id", "email", "name", "is_staff", "country", "language", "currency")


def account(*, user_id: UUID) -> Account:
    """Raises NotFound."""
    return _one(id=user_id)


def account_by_email(email: str) -> Account:
    """Raises NotFound. Capitals do not matter."""
    return _one(email__iexact=email.strip())


def account_by_proven_email(email: str) -> Account:
    """Raises NotFound, also where somebody signed up with the address and never showed that it is theirs."""
    return _one(emailaddress__email__iexact=email.strip(), emailaddress__verified=True)


def accounts_by_ids(ids: Iterable[UUID]) -> Mapping[UUID, Account]:
    found = User.objects.filter(pk__in=set(ids), is_active=True).values_list(*_COLUMNS)
    return {row[0]: Account(*row) for row in found}


def _one(**where: object) -> Account:
    found = User.objects.filter(is_active=True, **where).values_list(*_COLUMNS).first()
    if found is None:
        raise NotFound("account.unknown", _("There is no account with this e-mail address."))
    return Account(*found)
