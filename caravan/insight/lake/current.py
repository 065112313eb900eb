"""Of all rows with one key, the newest: as an expression, for readers and for the merging of files."""

from __future__ import annotations

from collections.abc import Sequence

import ibis
from ibis import _
from ibis.expr.types import Table

from caravan.insight.lake.schemas import Fact


def current(fact: Fact, files: Sequence[Table]) -> Table:
    """One row per key out of `files`, oldest first, each of which holds a key at most once.

    The oldest file is much the largest: it is scanned without sorting, less the keys that came again later.
    """
    base, *later = files
    if not later:
        return base
    newest = ibis.row_number().over(group_by=fact.key, order_by=_.seq.desc())
    changed = ibis.union(*later).mutate(newest=newest).filter(_.newest == 0).drop("newest")
    return base.anti_join(changed, list(fact.key)).union(changed)
