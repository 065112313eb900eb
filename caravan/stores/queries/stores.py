from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from caravan.kernel.errors import NotFound
from caravan.stores.models import Store


@dataclass(frozen=True, slots=True)
class StoreRow:
    """`status` is open, suspended or closed; `logo` a media path or empty; `ships_to` ISO codes, empty for everywhere."""

    id: UUID
    slug: str
    name: str
    description: str
    country: str
    currency: str
    language: str
    zone: str
    ships_to: tuple[str, ...]
    handling_days: int
    status: str
    status_reason: str
    logo: str
    opened_at: datetime

    @property
    def is_open(self) -> bool:
        return self.status == "open"

    def ships_to_country(self, code: str) -> bool:
        return not self.ships_to or code in self.ships_to


_STORES = """
SELECT id, slug, name, description, country, currency, language, zone, ships_to, handling_days, status, status_reason, logo,
       opened_at
FROM stores_store
"""
_BY_SLUG = _STORES + "WHERE slug = %s AND status = 'open'"
_BY_IDS = _STORES + "WHERE id = ANY(%s)"


def store_by_slug(slug: str) -> StoreRow:
    """A store as shoppers may see it. Raises NotFound, also while it is suspended or closed."""
    found = _select(_BY_SLUG, slug)
    if not found:
        raise NotFound("store.unknown", _("There is no such store, or it is not open at the moment."))
    return found[0]


def store_in_any_state(slug: str) -> StoreRow:
    """For those who run the market. Raises NotFound."""
    found = _select(_STORES + "WHERE slug = %s", slug)
    if not found:
        raise NotFound("store.unknown", _("There is no such store."))
    return found[0]


def stores_by_ids(ids: Iterable[UUID]) -> Mapping[UUID, StoreRow]:
    """In any state: an order stays the order of a store that has closed."""
    return {store.id: store for store in _select(_BY_IDS, list(set(ids)))}


def _select(query: str, value: str | list[UUID]) -> list[StoreRow]:
    with connection.cursor() as cursor:
        cursor.execute(query, [value])
        return [StoreRow(*(*found[:8], tuple(found[8]), *found[9:])) for found in cursor.fetchall()]


def open_stores(*, after: UUID | None = None, limit: int = 48) -> list[StoreRow]:
    """The open stores in order of their ids, from the one behind `after`; `limit` of them at most."""
    stores = Store.objects.filter(status=Store.Status.OPEN).order_by("pk")
    return [row(store) for store in (stores.filter(pk__gt=after) if after else stores)[:limit]]


def row(store: Store) -> StoreRow:
    return StoreRow(
        id=store.pk,
        slug=store.slug,
        name=store.name,
        description=store.description,
        country=store.country,
        currency=store.currency,
        language=store.language,
        zone=store.zone,
        ships_to=tuple(store.ships_to),
        handling_days=store.handling_days,
        status=store.status,
        status_reason=store.status_reason,
        logo=store.logo,
        opened_at=store.opened_at,
    )
