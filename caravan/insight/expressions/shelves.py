"""Where each product stands in the category tree. Categories and stores get small numbers: grouping by those is several times
faster than by paths and ids."""

from __future__ import annotations

import ibis
from ibis import _
from ibis.expr.types import Table


def shelves(products: Table) -> Table:
    """The products, with `leaf` and `store` numbered within this table and `top`, the first word of the category path."""
    return products.mutate(
        leaf=ibis.dense_rank().over(order_by=_.category_path).cast("int32"),
        store=ibis.dense_rank().over(order_by=_.store_id).cast("int32"),
        top=_.category_path.split("/")[0],
    )


def nodes(shelves: Table) -> Table:
    """Each `leaf` under every category it belongs to: `category` is the path, "" for all goods, and `node` its number."""
    leaves = shelves.select("leaf", "category_path").distinct()
    words = leaves.category_path.split("/")
    ancestors = ibis.range(0, words.length() + 1).map(lambda depth: words[:depth].join("/"))
    placed = leaves.select("leaf", category=ancestors.unnest()).distinct()
    return placed.mutate(node=ibis.dense_rank().over(order_by=_.category).cast("int32"))
