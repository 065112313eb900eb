"""Buyers added up: rows of single buyers become counts of a product, or of a store in a category."""

from __future__ import annotations

from ibis import _
from ibis.expr.types import Table

from caravan.insight.expressions.buyers import combined

_CELL = ("period", "market", "store")
_COUNTS = ("buyers", "recent", "before", "long", "units", "paid_eur_minor", "refunded_units", "kept", "paid")


def tallied(buyers: Table, *keys: str) -> Table:
    """Counts by `keys` of rows that are one buyer each; `recent`, `before` and `long` stay in thousandths."""
    return buyers.group_by(*keys).agg(
        buyers=(_.recent > 0).sum().cast("int64"),
        recent=_.recent.sum().cast("int64"),
        before=_.before.sum().cast("int64"),
        long=_.long.sum().cast("int64"),
        units=_.units.sum().cast("int64"),
        paid_eur_minor=_.paid_eur_minor.sum().cast("int64"),
        refunded_units=_.refunded_units.sum().cast("int64"),
        kept=(_.long > 0).sum().cast("int64"),
        paid=_.count(),
    )


def store_tallies(buyers: Table, shelves: Table, nodes: Table) -> Table:
    """Counts by period, market, store and category node, a buyer once in each.

    A buyer who stayed within one leaf counts alike in all its ancestors, so those are added up before they are spread over the
    tree. Only who bought from several leaves of a store is spread alone: half the time and memory of spreading everyone.
    """
    shelved = buyers.join(shelves.select("product_id", "store", "leaf"), "product_id")
    per_store = combined(shelved, *_CELL, "buyer_id", first=_.leaf.min(), last=_.leaf.max())
    settled = tallied(per_store.filter(_.first == _.last), *_CELL, "first").rename(leaf="first")
    settled = _added(settled.join(nodes.select("leaf", "node"), "leaf"))
    roaming = per_store.filter(_.first != _.last).select(*_CELL, "buyer_id")
    alone = shelved.semi_join(roaming, [*_CELL, "buyer_id"]).join(nodes.select("leaf", "node"), "leaf")
    spread = tallied(combined(alone, *_CELL, "node", "buyer_id"), *_CELL, "node")
    return _added(settled.union(spread.select(settled.columns)))


def _added(tallies: Table) -> Table:
    return tallies.group_by(*_CELL, "node").agg([tallies[count].sum().cast("int64").name(count) for count in _COUNTS])
