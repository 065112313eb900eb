from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.utils.translation import gettext as _

from caravan.kernel.errors import Forbidden, NotFound
from caravan.people.queries.accounts import accounts_by_ids
from caravan.stores.models import Membership
from caravan.stores.queries.stores import StoreRow, row

Role = Literal["owner", "staff"]


@dataclass(frozen=True, slots=True)
class MemberStore:
    """A store, and what the person is in it."""

    store: StoreRow
    role: str


@dataclass(frozen=True, slots=True)
class Member:
    user_id: UUID
    email: str
    name: str
    role: str
    since: datetime


def store_for_member(*, user_id: UUID, slug: str, role: Role | None = None) -> StoreRow:
    """The store, in any state, if the person acts for it; with `role="owner"`, if it is theirs.

    Raises NotFound to strangers, Forbidden to staff where only an owner may.
    """
    held = Membership.objects.select_related("store").filter(user_id=user_id, store__slug=slug).first()
    if held is None:
        raise NotFound("store.unknown", _("There is no such store among yours."))
    if role == "owner" and held.role != "owner":
        raise Forbidden("store.owner_only", _("Only an owner of the store may do this. Ask one."))
    return row(held.store)


def stores_of(user_id: UUID) -> list[MemberStore]:
    """The stores a person acts for, by name."""
    held = Membership.objects.select_related("store").filter(user_id=user_id).order_by("store__name", "store_id")
    return [MemberStore(row(m.store), m.role) for m in held[:200]]


def members_of(store_id: UUID) -> list[Member]:
    """Who acts for the store: owners first, then staff, by when they joined. Closed accounts are left out."""
    held = list(Membership.objects.filter(store_id=store_id).order_by("role", "created_at")[:200])
    people = accounts_by_ids(m.user_id for m in held)
    return [
        Member(m.user_id, person.email, person.name, m.role, m.created_at)
        for m in held
        if (person := people.get(m.user_id)) is not None
    ]
