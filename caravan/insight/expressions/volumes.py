"""How much stores and products sell: trusted orders, net of refunds."""

from __future__ import annotations

from datetime import datetime, timedelta

import ibis
from ibis import _
from ibis.expr.types import Table

DAYS = 90
_DAY_SECONDS = 86_400


def store_volume(lines: Table, at: datetime) -> Table:
    """One row per store that sold in the last 90 days: `store_id`, `orders_30d`, `units_30d`, `buyers_30d`, `paid_eur_minor_30d`,
    the same of 90 days, and `daily_orders`: 90 counts, oldest first, each of 24 hours counted back from `at`.

    `lines` are `buyers.trusted_lines`.
    """
    orders = lines.filter(_.kept).group_by("store_id", "order_id", "buyer_id").agg(
        paid_at=_.paid_at.min(), units=_.quantity.sum().cast("int64"), minor=_.paid_eur_minor.sum().cast("int64")
    )  # fmt: skip
    month = orders.paid_at >= ibis.literal(at - timedelta(days=30))
    sums = orders.group_by("store_id").agg(
        orders_30d=month.sum().cast("int64"),
        units_30d=ibis.ifelse(month, _.units, 0).sum().cast("int64"),
        buyers_30d=_.buyer_id.nunique(where=month),
        paid_eur_minor_30d=ibis.ifelse(month, _.minor, 0).sum().cast("int64"),
        orders_90d=_.count(),
        units_90d=_.units.sum().cast("int64"),
        buyers_90d=_.buyer_id.nunique(),
        paid_eur_minor_90d=_.minor.sum().cast("int64"),
    )
    return sums.join(_daily(orders, at), "store_id").order_by("store_id")


def _daily(orders: Table, at: datetime) -> Table:
    start = int((at - timedelta(days=DAYS)).timestamp())
    dated = orders.mutate(day=((_.paid_at.epoch_seconds() - start) // _DAY_SECONDS).clip(0, DAYS - 1).cast("int64"))
    counted = dated.group_by("store_id", "day").agg(orders=_.count())
    spine = orders.select("store_id").distinct().mutate(day=ibis.range(0, DAYS).unnest().cast("int64"))
    filled = spine.left_join(counted, ["store_id", "day"]).select("store_id", "day", orders=_.orders.fill_null(0))
    return filled.group_by("store_id").agg(daily_orders=_.orders.collect(order_by=_.day))


def product_sales(order_lines: Table, at: datetime) -> Table:
    """One row per product ever sold: `product_id`, its `store_id`, `units_total`, `buyers_total` and `buyers_30d`."""
    sold = order_lines.filter(
        _.paid_at < ibis.literal(at),
        _.trust > 0,
        _.refunded_at.isnull() | (_.refunded_at >= ibis.literal(at)),
    )
    bought = sold.group_by("product_id", "store_id", "buyer_id").agg(units=_.quantity.sum().cast("int64"), last=_.paid_at.max())
    return bought.group_by("product_id", "store_id").agg(
        units_total=_.units.sum().cast("int64"),
        buyers_total=_.count(),
        buyers_30d=(_.last >= ibis.literal(at - timedelta(days=30))).sum().cast("int64"),
    ).order_by("product_id")  # fmt: skip
