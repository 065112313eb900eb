from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import NamedTuple
from uuid import UUID

from django.db import connection
from msgspec import json

from caravan.insight.models import StoreFunnel
from caravan.insight.rules import DEFAULTS, Shown, amount_shown, shown


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
class Funnel:
    """From looking to buying within a week: product pages opened, visitors behind them, clicks in our own lists, visitors who put
    something into the cart, paid orders and their buyers."""

    views: int = 0
    visitors: int = 0
    clicks: int = 0
    carts: int = 0
    orders: int = 0
    buyers: int = 0


@dataclass(frozen=True, slots=True)
class FunnelRow:
    """The last 7 days, and the 7 before."""

    recent: Funnel
    before: Funnel


class _Stored(NamedTuple):
    store_id: UUID
    orders_30d: int
    units_30d: int
    buyers_30d: int
    orders_90d: int
    units_90d: int
    buyers_90d: int
    paid_eur_minor_90d: int
    daily_orders: str  # JSON


_VOLUMES = f"SELECT {', '.join(_Stored._fields)} FROM insight_storevolume WHERE store_id = ANY(%s)"  # noqa: S608 - our own names
_BEST_SELLERS = """
SELECT product_id FROM insight_productsales
WHERE store_id = %s AND buyers_30d > 0 ORDER BY buyers_30d DESC, units_total DESC, product_id LIMIT %s
"""


def volumes_of(store_ids: Iterable[UUID]) -> dict[UUID, VolumeRow]:
    """Volume by store, in one statement; a store that sold nothing is absent."""
    return {row.store_id: _volume(row, row.buyers_30d, row.buyers_90d) for row in _stored(store_ids)}


def volume_of(store_id: UUID) -> VolumeRow | None:
    return volumes_of([store_id]).get(store_id)


def own_volume(store_id: UUID) -> VolumeRow | None:
    """The same for those who act for the store: their own figures, exactly."""
    return next((_volume(row, DEFAULTS.few_buyers, DEFAULTS.few_buyers) for row in _stored([store_id])), None)


def _stored(store_ids: Iterable[UUID]) -> list[_Stored]:
    with connection.cursor() as cursor:
        cursor.execute(_VOLUMES, [list(store_ids)])
        return [_Stored(*row) for row in cursor.fetchall()]


def funnel_of(store_id: UUID) -> FunnelRow:
    """For those who act for the store; zeros where nobody looked."""
    row = StoreFunnel.objects.filter(pk=store_id).first()
    if row is None:
        return FunnelRow(Funnel(), Funnel())
    recent, before = (Funnel(*(getattr(row, f.name + suffix) for f in fields(Funnel))) for suffix in ("", "_before"))
    return FunnelRow(recent, before)


def best_sellers(store_id: UUID, *, limit: int = 12) -> list[UUID]:
    """The store's goods that most people bought in 30 days, whatever their state now, best first."""
    with connection.cursor() as cursor:
        cursor.execute(_BEST_SELLERS, [store_id, limit])
        return [id for (id,) in cursor.fetchall()]


def _volume(row: _Stored, month: int, quarter: int) -> VolumeRow:
    """`month` and `quarter` are the buyers taken to stand behind the figures of 30 and of 90 days."""
    return VolumeRow(
        orders_30d=shown(row.orders_30d, buyers=month),
        units_30d=shown(row.units_30d, buyers=month),
        buyers_30d=shown(row.buyers_30d, buyers=month),
        orders_90d=shown(row.orders_90d, buyers=quarter),
        units_90d=shown(row.units_90d, buyers=quarter),
        buyers_90d=shown(row.buyers_90d, buyers=quarter),
        paid_eur_minor_90d=amount_shown(row.paid_eur_minor_90d, buyers=quarter),
        # A sparkline of single orders would tell days apart that a band hides.
        daily_orders=json.decode(row.daily_orders, type=tuple[int, ...]) if shown(row.orders_90d, buyers=quarter).exact else (),
    )
