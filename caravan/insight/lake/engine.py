"""DuckDB over the lake: market information as Arrow tables and typed rows, ready to be published."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

import ibis
import ibis.expr.datatypes as dt
import pyarrow as pa
from ibis.backends.duckdb import Backend
from ibis.expr.types import Table

from caravan.insight.expressions import Facts, market_information
from caravan.insight.expressions.figures import FIGURES
from caravan.insight.lake.current import current
from caravan.insight.lake.schemas import FEEDBACK, ID, ORDER_LINES, PRODUCTS, SIGNALS, STORES, Fact
from caravan.insight.lake.store import Lake
from caravan.insight.rules import DEFAULTS, Cell, InsightSettings, Period, Place, PlaceFigures


@dataclass(frozen=True, slots=True)
class MarketTables:
    """`expressions.MarketInformation`, computed. Ids are text; see there for the columns."""

    hot_products: pa.Table
    rising_products: pa.Table
    best_stores: pa.Table
    rising_stores: pa.Table
    store_volume: pa.Table
    product_sales: pa.Table
    store_funnel: pa.Table


def market_tables(
    lake: Lake, *, at: datetime, settings: InsightSettings = DEFAULTS, memory: str = "2GB", threads: int = 2
) -> MarketTables:
    """Every list and volume as of `at` (aware): what was paid before it counts, what came at that instant or later does not.

    Takes at most about `memory`, beyond it DuckDB works on disk under the lake.
    """
    spill = lake.root / "spill"
    spill.mkdir(parents=True, exist_ok=True)
    con = ibis.duckdb.connect(memory_limit=memory, threads=threads, temp_directory=str(spill))
    try:
        facts = Facts(
            order_lines=_table(con, lake, ORDER_LINES),
            feedback=_table(con, lake, FEEDBACK),
            products=_table(con, lake, PRODUCTS),
            stores=_table(con, lake, STORES),
            signals=_table(con, lake, SIGNALS),
        )
        found = market_information(facts, at, keep=partial(_kept, con), settings=settings)
        return MarketTables(
            hot_products=found.hot_products.to_pyarrow(),
            rising_products=found.rising_products.to_pyarrow(),
            best_stores=found.best_stores.to_pyarrow(),
            rising_stores=found.rising_stores.to_pyarrow(),
            store_volume=found.store_volume.to_pyarrow(),
            product_sales=found.product_sales.to_pyarrow(),
            store_funnel=found.store_funnel.to_pyarrow(),
        )
    finally:
        con.disconnect()


def _kept(con: Backend, name: str, rows: Table) -> Table:
    return con.create_table(name, rows, temp=True)


def _table(con: Backend, lake: Lake, fact: Fact) -> Table:
    files = [con.read_parquet(file) for file in lake.files(fact)]
    return current(fact, files) if files else con.create_table(fact.name, schema=_columns(fact), temp=True)


def _columns(fact: Fact) -> ibis.Schema:
    return ibis.schema({f.name: "uuid" if f.type == ID else dt.DataType.from_pyarrow(f.type) for f in fact.schema})


def places(ranking: pa.Table) -> Iterator[tuple[Cell, Place]]:
    """The rows of a list, typed, in the order of its cells and ranks."""
    heads = ranking.select(["category", "market", "period", "rank", "subject_id", "score"])
    for head, figures in zip(_rows(heads), _rows(ranking.select(FIGURES)), strict=True):
        category, market, period, rank, subject_id, score = head
        yield Cell(category, market, Period(period)), Place(rank, UUID(subject_id), score, PlaceFigures(*figures))


def _rows(table: pa.Table) -> Iterator[tuple[Any, ...]]:
    return zip(*(column.to_pylist() for column in table.columns), strict=True)
