"""What a store's page about shipping shows: its tables by day, its zones and its rules, as they are stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from caravan.kernel.money import Money
from caravan.shipping.models import FreeShipping, Rate, Table, ZoneSet
from caravan.shipping.rules.services import SIZES, Service, Size
from caravan.shipping.rules.tariffs import Tariff, TariffRow
from caravan.shipping.rules.zones import DISTANCES


@dataclass(frozen=True, slots=True)
class ZoneRow:
    """`used`: a table or a rule names it, so it cannot go."""

    id: UUID
    code: str
    name: str
    countries: tuple[str, ...]
    used: bool


@dataclass(frozen=True, slots=True)
class FreeRow:
    id: UUID
    least: Money
    zone: str
    service: str
    starts_on: date
    ends_on: date | None


def table_days(store_id: UUID) -> list[date]:
    """The days the store's tables come into force, newest first."""
    return list(Table.objects.filter(store_id=store_id).order_by("-effective_from").values_list("effective_from", flat=True)[:50])


def table_of(store_id: UUID, day: date) -> Tariff | None:
    """The store's table in force on that day, by zone, service, size and weight; None without one."""
    table = Table.objects.filter(store_id=store_id, effective_from__lte=day).order_by("-effective_from").first()
    if table is None:
        return None
    rows = [
        TariffRow(r.zone, r.service, r.size, r.most_grams, r.cost_minor, r.days_min, r.days_max)
        for r in Rate.objects.filter(table=table)
    ]
    return Tariff(table.effective_from, table.currency, tuple(sorted(rows, key=_order)), table.source)


def platform_zones() -> list[ZoneRow]:
    """The platform's sets of countries."""
    return [ZoneRow(z.pk, z.code, z.name, tuple(z.countries), True) for z in ZoneSet.objects.filter(store=None)]


def zones_of(store_id: UUID) -> list[ZoneRow]:
    """The store's own sets of countries."""
    used = set(Rate.objects.filter(table__store_id=store_id).values_list("zone", flat=True).distinct())
    used |= set(FreeShipping.objects.filter(store_id=store_id).values_list("zone", flat=True))
    return [
        ZoneRow(z.pk, z.code, z.name, tuple(z.countries), z.code in used) for z in ZoneSet.objects.filter(store_id=store_id)[:100]
    ]


def free_of(store_id: UUID) -> list[FreeRow]:
    """The store's rules of free shipping, the smallest amount first."""
    return [
        FreeRow(r.pk, Money(r.least_minor, r.currency), r.zone, r.service, r.starts_on, r.ends_on)
        for r in FreeShipping.objects.filter(store_id=store_id)[:100]
    ]


def zone_codes(store_id: UUID) -> tuple[str, ...]:
    """Every code a table of that store may name: the distances, the platform's zones, its own."""
    sets = ZoneSet.objects.filter(store=None) | ZoneSet.objects.filter(store_id=store_id)
    return (*DISTANCES, *dict.fromkeys(sets.order_by("code").values_list("code", flat=True)))


def _order(row: TariffRow) -> tuple[int, str, int, int, int]:
    far = DISTANCES.index(row.zone) if row.zone in DISTANCES else len(DISTANCES)
    return far, row.zone, list(Service).index(Service(row.service)), SIZES.index(Size(row.size)), row.most_grams
