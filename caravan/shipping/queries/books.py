"""The tables in force, kept in the process for a minute: a page or checkout asks the database nothing about shipping."""

from __future__ import annotations

import threading
from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Q

from caravan.kernel.money import Money
from caravan.shipping.models import FreeShipping, LearnedRoute, Policy, Rate, Table, ZoneSet
from caravan.shipping.rules.bundled import bundled_tariff, bundled_zones
from caravan.shipping.rules.free import FreeRule
from caravan.shipping.rules.learned import LEAST_PARCELS, Learned
from caravan.shipping.rules.options import Book, Books, StoreBook
from caravan.shipping.rules.tariffs import Tariff, TariffRow
from caravan.shipping.rules.zones import Zone

_KEPT_FOR = timedelta(seconds=60)
_MOST_STORES = 5_000  # kept at once; the longest unused goes first

_lock = threading.Lock()
_book: tuple[datetime, Book] | None = None
_stores: OrderedDict[UUID, tuple[datetime, StoreBook]] = OrderedDict()


def platform_book(at: datetime) -> Book:
    """The platform's tables, those of days to come included, its zones and rules, and the routes learned."""
    global _book
    with _lock:
        if _book and abs(at - _book[0]) < _KEPT_FOR:
            return _book[1]
    learned = LearnedRoute.objects.filter(parcels__gte=LEAST_PARCELS)
    tariffs = tuple(_tariffs(Q(store=None))[None])
    made = Book(
        # Without any table of its own a market still ships: by the one that comes with the program.
        tariffs=tariffs or (bundled_tariff(),),
        zones=tuple(_zones(Q(store=None))[None]) if tariffs else bundled_zones(),
        free=tuple(_free(Q(store=None))[None]),
        learned={
            (route.origin, route.destination, route.service): Learned(
                route.origin, route.destination, route.service, route.parcels, route.p10, route.p50, route.p90
            )
            for route in learned
        },
    )
    with _lock:
        _book = (at, made)
    return made


def store_books(store_ids: Iterable[UUID], at: datetime) -> Mapping[UUID, StoreBook]:
    """What those stores say themselves; an empty book for one that says nothing."""
    wanted, found = set(store_ids), dict[UUID, StoreBook]()
    with _lock:
        for store_id in wanted:
            if (kept := _stores.get(store_id)) and abs(at - kept[0]) < _KEPT_FOR:
                found[store_id] = kept[1]
                _stores.move_to_end(store_id)
    if missing := wanted - found.keys():
        read = _read(missing)
        with _lock:
            for store_id, book in read.items():
                _stores[store_id] = (at, book)
                _stores.move_to_end(store_id)
            while len(_stores) > _MOST_STORES:
                _stores.popitem(last=False)
        found |= read
    return found


def books_of(store_ids: Iterable[UUID], at: datetime) -> Books:
    """All that parcels of those stores are priced by."""
    return Books(platform_book(at), store_books(store_ids, at))


def forget_books() -> None:
    """After a change, and between tests: the next look reads the tables. Other processes look again within a minute."""
    global _book
    with _lock:
        _book = None
        _stores.clear()


# Most stores say nothing, and learning that is one statement, whatever is in the cart.
_WHO_SAYS_ANYTHING = """
SELECT store_id FROM shipping_table WHERE store_id = ANY(%(ids)s)
UNION SELECT store_id FROM shipping_zoneset WHERE store_id = ANY(%(ids)s)
UNION SELECT store_id FROM shipping_freeshipping WHERE store_id = ANY(%(ids)s)
UNION SELECT store_id FROM shipping_policy WHERE store_id = ANY(%(ids)s)
"""


def _read(store_ids: set[UUID]) -> dict[UUID, StoreBook]:
    with connection.cursor() as cursor:
        cursor.execute(_WHO_SAYS_ANYTHING, {"ids": list(store_ids)})
        saying = {row[0] for row in cursor.fetchall()}
    return dict.fromkeys(store_ids, StoreBook()) | (_said(saying) if saying else {})


def _said(store_ids: set[UUID]) -> dict[UUID, StoreBook]:
    of_them = Q(store__in=store_ids)
    tariffs, zones, free = _tariffs(of_them), _zones(of_them), _free(of_them)
    policies = {policy.store_id: policy for policy in Policy.objects.filter(of_them)}
    made = {}
    for store_id in store_ids:
        said = {"tariffs": tuple(tariffs[store_id]), "zones": tuple(zones[store_id]), "free": tuple(free[store_id])}
        policy = policies.get(store_id)
        made[store_id] = (
            StoreBook(**said, services=tuple(policy.services), on_time_percent=policy.on_time_percent)  # type: ignore[arg-type]
            if policy
            else StoreBook(**said)  # type: ignore[arg-type]
        )
    return made


def _tariffs(which: Q) -> dict[UUID | None, list[Tariff]]:
    tables = list(Table.objects.filter(which))
    rows: dict[UUID, list[TariffRow]] = defaultdict(list)
    for rate in Rate.objects.filter(table__in=tables) if tables else ():
        rows[rate.table_id].append(
            TariffRow(rate.zone, rate.service, rate.size, rate.most_grams, rate.cost_minor, rate.days_min, rate.days_max)
        )
    found: dict[UUID | None, list[Tariff]] = defaultdict(list)
    for table in tables:
        found[table.store_id].append(Tariff(table.effective_from, table.currency, tuple(rows[table.pk]), table.source))
    return found


def _zones(which: Q) -> dict[UUID | None, list[Zone]]:
    found: dict[UUID | None, list[Zone]] = defaultdict(list)
    for zone in ZoneSet.objects.filter(which):
        found[zone.store_id].append(Zone(zone.code, zone.name, frozenset(zone.countries), frozenset(zone.origins)))
    return found


def _free(which: Q) -> dict[UUID | None, list[FreeRule]]:
    found: dict[UUID | None, list[FreeRule]] = defaultdict(list)
    for rule in FreeShipping.objects.filter(which):
        least = Money(rule.least_minor, rule.currency)
        payer = "store" if rule.payer == "store" else "platform"
        found[rule.store_id].append(FreeRule(least, payer, rule.starts_on, rule.ends_on, rule.zone, rule.service))  # type: ignore[arg-type]
    return found
