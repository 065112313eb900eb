"""How much a store really sells, as it may be shown."""

from __future__ import annotations

from dataclasses import dataclass

from caravan.insight.queries import VolumeRow
from caravan.web.rankings.words import band
from caravan.web.wording import said as _


@dataclass(frozen=True, slots=True)
class VolumeView:
    """(label, 30 days, 90 days) rows; `daily` are the orders of 90 days, empty where few buyers stand behind them."""

    rows: tuple[tuple[str, str, str], ...]
    orders_text: str
    daily: tuple[int, ...]


def volume_view(volume: VolumeRow | None) -> VolumeView | None:
    if volume is None:
        return None
    return VolumeView(
        rows=(
            (_("Orders"), band(volume.orders_30d), band(volume.orders_90d)),
            (_("Pieces"), band(volume.units_30d), band(volume.units_90d)),
            (_("Buyers"), band(volume.buyers_30d), band(volume.buyers_90d)),
        ),
        orders_text=band(volume.orders_90d),
        daily=volume.daily_orders,
    )
