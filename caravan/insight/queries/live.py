"""What a store's people ask of this very day: read from the orders themselves, not from what was published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection

from caravan.kernel.money import Money

LOW = 5  # pieces


@dataclass(frozen=True, slots=True)
class Takings:
    """Paid orders and what they came to, in euro cents at the days' rates."""

    orders: int
    paid: Money


@dataclass(frozen=True, slots=True)
class StoreDay:
    """`today` since midnight of the store's clock, and `yesterday` up to the same hour. Of the variants on sale, `low` have one
    to five pieces left, `sold_out` none."""

    today: Takings
    yesterday: Takings
    low: int
    sold_out: int


DAY = """
SELECT count(*) FILTER (WHERE paid_at >= %(midnight)s),
       coalesce(sum(total_eur_minor) FILTER (WHERE paid_at >= %(midnight)s), 0)::bigint,
       count(*) FILTER (WHERE paid_at < %(midnight)s AND paid_at < %(this_hour)s),
       coalesce(sum(total_eur_minor) FILTER (WHERE paid_at < %(midnight)s AND paid_at < %(this_hour)s), 0)::bigint
FROM trade_order
WHERE store_id = %(store)s AND payment_state = 'paid' AND placed_at >= %(placed)s
  AND paid_at >= %(day_before)s AND paid_at < %(at)s
"""
STOCK = """
SELECT count(*) FILTER (WHERE v.stock BETWEEN 1 AND %(low)s), count(*) FILTER (WHERE v.stock = 0)
FROM catalog_variant v JOIN catalog_product p ON p.id = v.product_id
WHERE p.store_id = %(store)s AND p.status = 'active' AND v.is_active AND v.stock <= %(low)s
"""


def store_day(store_id: UUID, *, zone: str, at: datetime) -> StoreDay:
    """How the day goes so far. Two statements, over the store's orders of three days and its goods."""
    local = at.astimezone(ZoneInfo(zone))
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    times: dict[str, datetime | UUID] = {
        "midnight": midnight,
        "day_before": midnight - timedelta(days=1),
        "this_hour": local - timedelta(days=1),
        "at": at,
        # Orders are found by when they were placed; the payment window is a day.
        "placed": midnight - timedelta(days=3),
        "store": store_id,
    }
    with connection.cursor() as cursor:
        cursor.execute(DAY, times)
        orders, paid, orders_before, paid_before = cursor.fetchone()
        cursor.execute(STOCK, {"store": store_id, "low": LOW})
        low, sold_out = cursor.fetchone()
    return StoreDay(Takings(orders, Money(paid, "EUR")), Takings(orders_before, Money(paid_before, "EUR")), low, sold_out)
