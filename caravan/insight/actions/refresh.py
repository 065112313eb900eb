"""From facts to published figures: export, compute on DuckDB, write what changed in one transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

import msgspec
import pyarrow as pa
from django.db import connection, transaction

from caravan.insight.actions.export import export, the_lake
from caravan.insight.events import MarketRefreshed
from caravan.insight.expressions.figures import FIGURES
from caravan.insight.expressions.funnels import STEPS
from caravan.insight.lake import MarketTables, market_tables
from caravan.insight.models import Ranking, Refresh
from caravan.outbox.actions import record

Key = tuple[str, str, str, str]

VOLUMES = (
    "orders_30d", "units_30d", "buyers_30d", "paid_eur_minor_30d", "orders_90d", "units_90d", "buyers_90d", "paid_eur_minor_90d",
)  # fmt: skip
SALES = ("store_id", "units_total", "buyers_total", "buyers_30d")
FUNNEL = tuple(step + span for span in ("", "_before") for step in STEPS)


@dataclass(frozen=True, slots=True)
class Refreshed:
    lists: int
    written: int


def refresh(*, as_of: datetime, at: datetime) -> Refreshed:
    """Publish the market as of `as_of`; `at` is the present. Readers see the old figures until all new ones are in."""
    lake = the_lake()
    export(lake=lake)
    tables = market_tables(lake, at=as_of)
    with transaction.atomic():
        state = Refresh.objects.select_for_update().get(pk=1)
        written, lists = _publish(tables)
        _upsert("insight_storevolume", "store_id", (*VOLUMES, "daily_orders"), tables.store_volume)
        _upsert("insight_productsales", "product_id", SALES, tables.product_sales)
        _upsert("insight_storefunnel", "store_id", FUNNEL, tables.store_funnel)
        state.as_of, state.refreshed_at = as_of, at
        state.save()
        record(MarketRefreshed(at=at, as_of=as_of))
    return Refreshed(lists, written)


def _publish(tables: MarketTables) -> tuple[int, int]:
    known: dict[Key, tuple[int, bytes]] = {
        (r[0], r[1], r[2], r[3]): (r[4], bytes(r[5]))
        for r in Ranking.objects.values_list("kind", "category_path", "market", "period", "pk", "digest")
    }
    changed, seen = [], set()
    for key, places in _lists(tables):
        seen.add(key)
        digest = hashlib.blake2b(places, digest_size=16).digest()
        if key not in known or known[key][1] != digest:
            changed.append(
                Ranking(kind=key[0], category_path=key[1], market=key[2], period=key[3], places=places.decode(), digest=digest)
            )
    Ranking.objects.bulk_create(
        changed,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["kind", "category_path", "market", "period"],
        update_fields=["places", "digest"],
    )
    gone = [pk for key, (pk, _) in known.items() if key not in seen]
    Ranking.objects.filter(pk__in=gone).delete()
    return len(changed) + len(gone), len(seen)


def _lists(tables: MarketTables) -> Iterator[tuple[Key, bytes]]:
    by_kind = {
        "products": tables.hot_products,
        "stores": tables.best_stores,
        "rising_products": tables.rising_products,
        "rising_stores": tables.rising_stores,
    }
    for kind, table in by_kind.items():
        rows = zip(
            *(table[c].to_pylist() for c in ("category", "market", "period", "subject_id", "score", *FIGURES)), strict=True
        )
        for (category, market, period), places in groupby(rows, key=lambda row: row[:3]):
            yield (kind, category, market, period), msgspec.json.encode([(p[3], p[4], p[5:]) for p in places])


def _upsert(table: str, key: str, columns: tuple[str, ...], rows: pa.Table) -> None:
    """Write the rows that differ; forget those that are no more. Names are ours, never input."""
    names = (key, *columns)
    values: list[tuple[Any, ...]] = list(zip(*(_plain(rows[name].to_pylist()) for name in names), strict=True))
    listed = ", ".join(names)
    draft = f"draft_{table}"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE {draft} (LIKE {table}) ON COMMIT DROP")
        with cursor.copy(f"COPY {draft} ({listed}) FROM STDIN") as copy:
            for row in values:
                copy.write_row(row)
        cursor.execute(
            f"INSERT INTO {table} AS t ({listed}) SELECT {listed} FROM {draft} d "  # noqa: S608
            f"WHERE EXISTS (SELECT 1 FROM {_OWNER[table]} o WHERE o.id = d.{key}) "
            f"ON CONFLICT ({key}) DO UPDATE SET {', '.join(f'{c} = excluded.{c}' for c in columns)} "
            f"WHERE ({', '.join(f't.{c}' for c in columns)}) IS DISTINCT FROM ({', '.join(f'excluded.{c}' for c in columns)})"
        )
        cursor.execute(f"DELETE FROM {table} t WHERE NOT EXISTS (SELECT 1 FROM {draft} d WHERE d.{key} = t.{key})")  # noqa: S608


_OWNER = {"insight_storevolume": "stores_store", "insight_storefunnel": "stores_store", "insight_productsales": "catalog_product"}


def _plain(values: list[Any]) -> list[Any]:
    """Lists become JSON; the rest PostgreSQL reads as it is."""
    return [msgspec.json.encode(v).decode() if isinstance(v, list) else v for v in values]
