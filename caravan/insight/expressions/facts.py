"""The tables the expressions read, on whatever backend they live."""

from __future__ import annotations

from dataclasses import dataclass

from ibis.expr.types import Table


@dataclass(frozen=True, slots=True)
class Facts:
    """One row per order line, rating, product, store and signal, each the newest known; columns as in `insight.lake.schemas`."""

    order_lines: Table
    feedback: Table
    products: Table
    stores: Table
    signals: Table
