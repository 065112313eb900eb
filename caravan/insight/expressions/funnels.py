"""From looking to buying, store by store: where visitors are lost on the way."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import reduce

import ibis
from ibis import _
from ibis.expr.types import Table

from caravan.insight.expressions.facts import Facts

WEEK = timedelta(days=7)
STEPS = ("views", "visitors", "clicks", "carts", "orders", "buyers")


def store_funnel(facts: Facts, lines: Table, at: datetime) -> Table:
    """One row per store looked at or bought from in the 14 days up to `at`.

    `store_id` and, of the last 7 days: `views` of product pages, distinct `visitors` behind them, `clicks` from our own lists,
    visitors who put something into their `carts`, paid `orders` and their distinct `buyers`; of the 7 days before, `..._before`.

    `lines` are `buyers.trusted_lines`; visitors are counted by browser, buyers by person.
    """
    weeks = [(at - WEEK, at, ""), (at - 2 * WEEK, at - WEEK, "_before")]
    parts = [
        part
        for since, until, suffix in weeks
        for part in (_seen(facts, since, until, suffix), _bought(lines, since, until, suffix))
    ]
    stores = reduce(lambda a, b: a.union(b), (p.select("store_id") for p in parts)).distinct()
    joined = reduce(lambda t, part: t.left_join(part, "store_id").drop("store_id_right"), parts, stores)
    named = [name + suffix for _, _, suffix in weeks for name in STEPS]
    return joined.select("store_id", **{name: joined[name].fill_null(0) for name in named}).order_by("store_id")


def _seen(facts: Facts, since: datetime, until: datetime, suffix: str) -> Table:
    seen = facts.signals.filter(_.at >= ibis.literal(since), _.at < ibis.literal(until), _.store_id.notnull())
    viewed = seen.kind == "view"
    steps = {
        "views": viewed.sum(),
        "visitors": seen.visitor_id.nunique(where=viewed),
        "clicks": (seen.kind == "click").sum(),
        "carts": seen.visitor_id.nunique(where=seen.kind == "cart_add"),
    }
    return seen.group_by("store_id").agg(**{name + suffix: value.cast("int64") for name, value in steps.items()})


def _bought(lines: Table, since: datetime, until: datetime, suffix: str) -> Table:
    kept = lines.filter(_.kept, _.paid_at >= ibis.literal(since), _.paid_at < ibis.literal(until))
    return kept.group_by("store_id").agg(
        **{f"orders{suffix}": kept.order_id.nunique(), f"buyers{suffix}": kept.buyer_id.nunique()}
    )
