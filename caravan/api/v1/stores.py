from __future__ import annotations

from datetime import datetime
from uuid import UUID

from caravan.api.endpoint import Call, Nothing, Shape, endpoint
from caravan.insight.queries import VolumeRow, volume_of
from caravan.insight.rules import Shown
from caravan.reputation.queries import CreditRow, credit_of
from caravan.reputation.rules import Comparison
from caravan.stores.queries.stores import StoreRow, store_by_slug


class StoreShape(Shape, frozen=True):
    """`ships_to` empty: everywhere."""

    id: str
    name: str
    description: str
    country: str
    currency: str
    ships_to: list[str]
    handling_days: int
    opened_at: datetime


class DetailedShape(Shape, frozen=True):
    """A detailed rating 1-5; `against_category` is its percent above (or below, negative) the store's main category."""

    mean: float | None
    against_category: int | None


class BandShape(Shape, frozen=True):
    """A count: exact where `low` = `high`, else a band, because few buyers stand behind it; `high` null: or more."""

    low: int
    high: int | None


class VolumeShape(Shape, frozen=True):
    orders_30d: BandShape
    units_30d: BandShape
    buyers_30d: BandShape
    orders_90d: BandShape
    units_90d: BandShape
    buyers_90d: BandShape
    daily_orders: list[int]


class CreditShape(Shape, frozen=True):
    """Six months' feedback. `positive_rate_low` is the lower bound of its Wilson 95% interval; `symbol` e.g. "diamond 2"."""

    id: UUID
    name: str
    points: int
    symbol: str
    positive: int
    neutral: int
    negative: int
    positive_rate: float | None
    positive_rate_low: float | None
    described: DetailedShape
    communication: DetailedShape
    shipping: DetailedShape
    volume: VolumeShape | None
    refreshed_at: datetime | None


@endpoint("GET", "stores/{slug}", answer=StoreShape)
def get_store(call: Call[Nothing, None], slug: str) -> StoreShape:
    """A store, by its slug"""
    row = store_by_slug(slug)
    return StoreShape(
        id=row.slug,
        name=row.name,
        description=row.description,
        country=row.country,
        currency=row.currency,
        ships_to=list(row.ships_to),
        handling_days=row.handling_days,
        opened_at=row.opened_at,
    )


@endpoint("GET", "stores/{slug}/credit", answer=CreditShape)
def get_store_credit(call: Call[Nothing, None], slug: str) -> CreditShape:
    """What is known of a store: feedback, detailed ratings against its category, real volume"""
    row = store_by_slug(slug)
    return _credit(row, credit_of(row.id), volume_of(row.id))


def _credit(store: StoreRow, c: CreditRow, volume: VolumeRow | None) -> CreditShape:
    return CreditShape(
        id=store.id,
        name=store.name,
        points=c.points,
        symbol=f"{c.symbol.kind} {c.symbol.level}" if c.symbol else "",
        positive=c.positive,
        neutral=c.neutral,
        negative=c.negative,
        positive_rate=c.positive_rate,
        positive_rate_low=c.positive_rate_low,
        described=_detailed(c.described, c.described_against),
        communication=_detailed(c.communication, c.communication_against),
        shipping=_detailed(c.shipping, c.shipping_against),
        volume=_volume(volume) if volume else None,
        refreshed_at=c.refreshed_at,
    )


def _detailed(mean: float | None, against: Comparison | None) -> DetailedShape:
    if against is None:
        return DetailedShape(mean=mean, against_category=None)
    return DetailedShape(mean=mean, against_category=-against.percent if against.standing == "below" else against.percent)


def _volume(v: VolumeRow) -> VolumeShape:
    return VolumeShape(
        orders_30d=band(v.orders_30d),
        units_30d=band(v.units_30d),
        buyers_30d=band(v.buyers_30d),
        orders_90d=band(v.orders_90d),
        units_90d=band(v.units_90d),
        buyers_90d=band(v.buyers_90d),
        daily_orders=list(v.daily_orders),
    )


def band(count: Shown) -> BandShape:
    return BandShape(low=count.low, high=count.high)
