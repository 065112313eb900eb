"""Who bought what in which window: the one pass over the order lines that every list rests on.

Trust counts in thousandths, as integers, so that sums do not depend on the order of the rows and ties are really ties.
"""

from __future__ import annotations

from datetime import datetime

import ibis
import pyarrow as pa
from ibis import Deferred, _
from ibis.expr.types import BooleanValue, IntegerValue, Table

from caravan.insight.rules import InsightSettings, Period, windows
from caravan.insight.rules.windows import LONGEST

TRUST = 1000


def trusted_lines(order_lines: Table, at: datetime) -> Table:
    """The lines paid in the longest window up to `at` and not flagged as false. `kept`: not refunded, as far as `at` can know."""
    lines = order_lines.filter(_.paid_at >= ibis.literal(at - LONGEST), _.paid_at < ibis.literal(at), _.trust > 0)
    return lines.select(
        "order_id", "store_id", "product_id", "buyer_id", "market", "paid_at", "quantity", "paid_eur_minor",
        trust=(_.trust * TRUST).round().cast("int64"),
        kept=_.refunded_at.isnull() | (_.refunded_at >= ibis.literal(at)),
    )  # fmt: skip


def product_buyers(lines: Table, at: datetime, settings: InsightSettings) -> Table:
    """One row per period, market ("" is all of them), product and buyer.

    `recent`, `before` and `long` are the buyer's trust (thousandths) if they kept something bought in that window, else 0.
    """
    by_market = _in_windows(lines, at)
    everywhere = combined(by_market, "period", "product_id", "buyer_id").mutate(market=ibis.literal(""))
    both = by_market.union(everywhere.select(by_market.columns))
    return both.mutate(units=ibis.least(_.units, settings.units_per_buyer))


def combined(buyers: Table, *keys: str, **more: Deferred) -> Table:
    """The rows of each buyer that share `keys` as one (and `more`): a buyer counts once, with the trust of their best order."""
    return buyers.group_by(*keys).agg(
        recent=_.recent.max(),
        before=_.before.max(),
        long=_.long.max(),
        units=_.units.sum().cast("int64"),
        paid_eur_minor=_.paid_eur_minor.sum().cast("int64"),
        refunded_units=_.refunded_units.sum().cast("int64"),
        **more,
    )


def _in_windows(lines: Table, at: datetime) -> Table:
    spans = ibis.memtable(_spans(at))
    t = lines.join(spans, lines.paid_at >= spans.long_from)
    recent = t.paid_at >= t.recent_from
    before = (t.paid_at >= t.before_from) & ~recent
    return t.group_by("period", "market", "product_id", "buyer_id").agg(
        recent=_where(recent & t.kept, t.trust).max(),
        before=_where(before & t.kept, t.trust).max(),
        long=_where(t.kept, t.trust).max(),
        units=_where(recent & t.kept, t.quantity).sum().cast("int64"),
        paid_eur_minor=_where(recent & t.kept, t.paid_eur_minor).sum().cast("int64"),
        refunded_units=_where(recent & ~t.kept, t.quantity).sum().cast("int64"),
    )


def _spans(at: datetime) -> pa.Table:
    spans = [windows(period, at) for period in Period]
    instant = pa.timestamp("us", tz="UTC")
    return pa.table(
        {
            "period": [w.period.value for w in spans],
            "long_from": pa.array([w.long_from for w in spans], instant),
            "before_from": pa.array([w.before_from for w in spans], instant),
            "recent_from": pa.array([w.recent_from for w in spans], instant),
        }
    )


def _where(condition: BooleanValue, value: IntegerValue) -> IntegerValue:
    return ibis.ifelse(condition, value, 0)
