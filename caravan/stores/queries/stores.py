from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from caravan.kernel.errors import NotFound
from caravan.stores.models import Store
from caravan.stores.queries.vacations import VACATION, vacation_on
from caravan.stores.rules.vacation import Vacation


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


_COLUMNS = """
s.id, s.slug, s.name, s.description, s.country, s.currency, s.language, s.zone, s.ships_to, s.handling_days, s.status,
s.status_reason, s.logo, s.opened_at
"""
_STORES = f"SELECT {_COLUMNS} FROM stores_store s "  # noqa: S608 - constants
_VISITED = (
    _STORES.replace("SELECT", f"SELECT {VACATION}, COALESCE(f.number, 0),")
    + "LEFT JOIN stores_vacation away ON away.store_id = s.id LEFT JOIN stores_followers f ON f.store_id = s.id "
)
_BY_SLUG = "WHERE s.slug = %s AND s.status = 'open'"
_BY_ID = "WHERE s.id = %s"
_BY_IDS = "WHERE s.id = ANY(%s)"


def store_by_slug(slug: str) -> StoreRow:
    """A store as shoppers may see it. Raises NotFound, also while it is suspended or closed."""
    found = _select(_STORES + _BY_SLUG, slug)
    if not found:
        raise NotFound("store.unknown", _("There is no such store, or it is not open at the moment."))
    return found[0]


def visited_store(slug: str, at: datetime) -> tuple[StoreRow, Vacation | None, int]:
    """The same, the vacation it is on at `at`, and how many follow it."""
    found = _visited(_BY_SLUG, slug, at)
    if found is None:
        raise NotFound("store.unknown", _("There is no such store, or it is not open at the moment."))
    return found


def store_of_product(store_id: UUID, at: datetime) -> tuple[StoreRow, Vacation | None]:
    """A store in any state, and the vacation it is on at `at`. Raises NotFound."""
    found = _visited(_BY_ID, store_id, at)
    if found is None:
        raise NotFound("store.unknown", _("There is no such store."))
    return found[:2]


def store_in_any_state(slug: str) -> StoreRow:
    """For those who run the market. Raises NotFound."""
    found = _select(_STORES + "WHERE s.slug = %s", slug)
    if not found:
        raise NotFound("store.unknown", _("There is no such store."))
    return found[0]


def stores_by_ids(ids: Iterable[UUID]) -> Mapping[UUID, StoreRow]:
    """In any state: an order stays the order of a store that has closed."""
    return {store.id: store for store in _select(_STORES + _BY_IDS, list(set(ids)))}


def _select(query: str, value: str | list[UUID]) -> list[StoreRow]:
    with connection.cursor() as cursor:
        cursor.execute(query, [value])
        return [_row(found) for found in cursor.fetchall()]


def _visited(which: str, value: str | UUID, at: datetime) -> tuple[StoreRow, Vacation | None, int] | None:
    with connection.cursor() as cursor:
        cursor.execute(_VISITED + which, [value])
        found = cursor.fetchone()
    return (_row(found[7:]), vacation_on(at, *found[:6]), found[6]) if found else None


def _row(columns: tuple[Any, ...]) -> StoreRow:
    return StoreRow(*(*columns[:8], tuple(columns[8]), *columns[9:]))


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
