"""Whose promotions somebody may arrange: a store's, as one of its members, or as an operator the platform's own."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from caravan.kernel.errors import NotFound
from caravan.people.queries.accounts import account
from caravan.promotions.rules.offers import PLATFORM_CURRENCY
from caravan.stores.queries import StoreRow, store_for_member

PLATFORM_ZONE = "UTC"


@dataclass(frozen=True, slots=True)
class Owner:
    """`store` None: the platform. Amounts are in `currency`, days in `zone`."""

    store: StoreRow | None
    currency: str
    zone: str

    @property
    def store_id(self) -> UUID | None:
        return self.store.id if self.store else None

    @property
    def owns(self) -> Q:
        """Which promotions are the owner's."""
        return Q(store_id=self.store.id) if self.store else Q(store=None)


def owner_for(*, user_id: UUID, slug: str | None) -> Owner:
    """The store of that slug to one of its members; with None the platform, to its operators. Raises NotFound to others."""
    if slug is not None:
        store = store_for_member(user_id=user_id, slug=slug)
        return owner_of(store)
    if not account(user_id=user_id).is_staff:
        raise NotFound("page.unknown", _("There is no such page."))
    return owner_of(None)


def owner_of(store: StoreRow | None) -> Owner:
    """For whoever has asked already who is asking."""
    return Owner(store, store.currency, store.zone) if store else Owner(None, PLATFORM_CURRENCY, PLATFORM_ZONE)
