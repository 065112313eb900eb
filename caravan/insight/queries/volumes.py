from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from caravan.insight.models import ProductSales, StoreVolume
from caravan.insight.rules import Shown, amount_shown, shown


@dataclass(frozen=True, slots=True)
class VolumeRow:
    """A store's real volume; counts as they may be shown (in bands where few buyers stand behind them), money in euro cents."""

    orders_30d: Shown
    units_30d: Shown
    buyers_30d: Shown
    orders_90d: Shown
    units_90d: Shown
    buyers_90d: Shown
    paid_eur_minor_90d: int | None
    daily_orders: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SalesRow:
    units_total: int
    buyers_total: int
    buyers_30d: int


def volumes_of(store_ids: Iterable[UUID]) -> dict[UUID, VolumeRow]:
    """Volume by store, in one statement; a store that sold nothing is absent."""
    return {row.pk: _volume(row) for row in StoreVolume.objects.filter(pk__in=list(store_ids))}


def volume_of(store_id: UUID) -> VolumeRow | None:
    return volumes_of([store_id]).get(store_id)


def sales_of(product_ids: Iterable[UUID]) -> dict[UUID, SalesRow]:
    rows = ProductSales.objects.filter(pk__in=list(product_ids))
    return {row.pk: SalesRow(row.units_total, row.buyers_total, row.buyers_30d) for row in rows}


def _volume(row: StoreVolume) -> VolumeRow:
    few = row.buyers_90d
    return VolumeRow(
        orders_30d=shown(row.orders_30d, buyers=row.buyers_30d),
        units_30d=shown(row.units_30d, buyers=row.buyers_30d),
        buyers_30d=shown(row.buyers_30d, buyers=row.buyers_30d),
        orders_90d=shown(row.orders_90d, buyers=few),
        units_90d=shown(row.units_90d, buyers=few),
        buyers_90d=shown(row.buyers_90d, buyers=few),
        paid_eur_minor_90d=amount_shown(row.paid_eur_minor_90d, buyers=few),
        # A sparkline of single orders would tell days apart that a band hides.
        daily_orders=tuple(row.daily_orders) if shown(row.orders_90d, buyers=few).exact else (),
    )
