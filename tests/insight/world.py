"""A market small enough to count by hand: order lines written as who bought what, how long ago."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import ibis
import pyarrow as pa

from caravan.insight.expressions import Facts, MarketInformation, market_information
from caravan.insight.lake import FEEDBACK, ORDER_LINES, PRODUCTS, SIGNALS, STORES, Fact

AT = datetime(2026, 6, 1, tzinfo=UTC)


def uid(name: str) -> UUID:
    """The id of whatever the test calls so: ids sort as their names do (up to eight letters)."""
    return UUID(bytes=name.encode().ljust(16, b"\0")[:16])


def name(id: str | UUID) -> str:
    return UUID(str(id)).bytes.rstrip(b"\0").decode()


@dataclass(frozen=True, slots=True)
class Line:
    product: str
    buyer: str
    days: float  # ago
    quantity: int = 1
    market: str = "US"
    eur: int = 1000
    refunded: float | None = None  # days ago
    trust: float = 1.0
    order: str = ""


@dataclass(frozen=True, slots=True)
class Product:
    name: str
    store: str = "shop"
    category: str = "home/lamps"
    days: float = 100.0  # on sale for so long
    listed: bool = True


@dataclass(frozen=True, slots=True)
class Stars:
    product: str
    stars: int
    days: float = 1.0


@dataclass(frozen=True, slots=True)
class Seen:
    """A signal: `visitor` did `kind` in a store."""

    kind: str
    visitor: str
    days: float
    store: str = "shop"


@dataclass(frozen=True, slots=True)
class World:
    lines: Sequence[Line]
    products: Sequence[Product]
    stars: Sequence[Stars] = field(default=())
    seen: Sequence[Seen] = field(default=())

    def order_lines(self) -> pa.Table:
        store = {p.name: p.store for p in self.products}
        rows = [
            (
                n, uid(x.order or f"order{n}"), n, ago(x.days), ago(x.days), None if x.refunded is None else ago(x.refunded),
                uid(x.buyer), uid(store[x.product]), uid(x.product), uid(x.product), "", x.market, x.quantity,
                x.eur, "EUR", x.eur, x.trust,
            )
            for n, x in enumerate(self.lines, start=1)
        ]  # fmt: skip
        return table(ORDER_LINES, rows)

    def feedback(self) -> pa.Table:
        store = {p.name: p.store for p in self.products}
        rows = [
            (n, uid(f"f{n}"), ago(s.days), uid(store[s.product]), uid(s.product), uid(f"rater{n}"), s.stars, None, None, None)
            for n, s in enumerate(self.stars, start=1)
        ]
        return table(FEEDBACK, rows)

    def signals(self) -> pa.Table:
        rows = [
            (
                n,
                n,
                ago(s.days),
                s.kind,
                uid(s.visitor),
                None,
                "US",
                "en",
                "",
                None,
                uid(s.store) if s.store else None,
                "",
                "",
                None,
                None,
            )
            for n, s in enumerate(self.seen, start=1)
        ]
        return table(SIGNALS, rows)

    def goods(self) -> pa.Table:
        return table(PRODUCTS, [(uid(p.name), uid(p.store), p.category, ago(p.days), p.listed) for p in self.products])

    def shops(self) -> pa.Table:
        return table(STORES, [(uid(s), ago(400), True) for s in sorted({p.store for p in self.products})])


def ago(days: float) -> datetime:
    return AT - timedelta(days=days)


def table(fact: Fact, rows: Iterable[Sequence[object]]) -> pa.Table:
    columns = list(zip(*rows, strict=True)) or [()] * len(fact.schema)
    arrays = [
        pa.array([v.bytes if isinstance(v, UUID) else v for v in column], _storage(f.type)).cast(f.type)
        for column, f in zip(columns, fact.schema, strict=True)
    ]
    return pa.Table.from_arrays(arrays, schema=fact.schema)


def _storage(kind: pa.DataType) -> pa.DataType:
    return pa.binary(16) if kind == pa.uuid() else kind


class Told:
    """The market information of a world; each part is computed when first asked for, as plain rows."""

    def __init__(self, information: MarketInformation) -> None:
        self._information = information

    def __getattr__(self, part: str) -> list[dict[str, Any]]:
        rows = getattr(self._information, part).to_pyarrow().to_pylist()
        setattr(self, part, rows)
        return rows


def told(world: World, at: datetime = AT) -> Told:
    """What is known of that world, on a database of its own."""
    con = ibis.duckdb.connect(threads=1)
    tables = (world.order_lines(), world.feedback(), world.goods(), world.shops(), world.signals())
    names = ("order_lines", "feedback", "products", "stores", "signals")
    for title, rows in zip(names, tables, strict=True):
        con.con.register(title, rows)
    facts = Facts(*(con.table(title) for title in names))
    return Told(market_information(facts, at, keep=lambda _, rows: rows))


@dataclass(frozen=True, slots=True)
class Listed:
    """A place as the tests speak of it."""

    rank: int
    name: str
    score: float
    figures: dict[str, float]


def cell(ranking: list[dict[str, Any]], *, category: str = "", market: str = "", period: str = "7d") -> list[Listed]:
    return [
        Listed(r["rank"], name(r["subject_id"]), r["score"], r)
        for r in ranking
        if (r["category"], r["market"], r["period"]) == (category, market, period)
    ]
