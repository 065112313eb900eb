"""What the lake holds, column by column. Amounts are minor units, instants UTC, markets ISO 3166 alpha-2.

Ids are UUIDs of 16 bytes: DuckDB groups by them in half the time it takes for text (5 million rows, 1.6 s against 2.9 s).
"""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

ID = pa.uuid()
INSTANT = pa.timestamp("us", tz="UTC")


@dataclass(frozen=True, slots=True)
class Fact:
    """A kind of row. `key` identifies what a row is about; of several rows with one key the one of highest `seq` is true.

    A dimension (`whole`) has no `seq`: it is replaced as a whole.
    """

    name: str
    key: tuple[str, ...]
    schema: pa.Schema
    whole: bool = False


def _schema(*columns: tuple[str, pa.DataType], nullable: tuple[str, ...] = ()) -> pa.Schema:
    return pa.schema([pa.field(name, kind, nullable=name in nullable) for name, kind in columns])


ORDER_LINES = Fact(
    "order_lines",
    ("order_id", "line_no"),
    _schema(
        ("seq", pa.int64()),
        ("order_id", ID),
        ("line_no", pa.int32()),
        ("placed_at", INSTANT),
        ("paid_at", INSTANT),
        ("refunded_at", INSTANT),
        ("buyer_id", ID),
        ("store_id", ID),
        ("product_id", ID),
        ("variant_id", ID),
        ("category_path", pa.string()),
        ("market", pa.string()),
        ("quantity", pa.int32()),
        ("paid_minor", pa.int64()),
        ("currency", pa.string()),
        ("paid_eur_minor", pa.int64()),
        ("trust", pa.float64()),
        nullable=("paid_at", "refunded_at"),
    ),
)

SIGNALS = Fact(
    "signals",
    ("signal_id",),
    _schema(
        ("seq", pa.int64()),
        ("signal_id", pa.int64()),
        ("at", INSTANT),
        ("kind", pa.string()),
        ("visitor_id", ID),
        ("user_id", ID),
        ("market", pa.string()),
        ("language", pa.string()),
        ("source", pa.string()),
        ("product_id", ID),
        ("store_id", ID),
        ("category_path", pa.string()),
        ("query", pa.string()),
        ("results", pa.int32()),
        ("position", pa.int16()),
        nullable=("user_id", "product_id", "store_id", "results", "position"),
    ),
)

FEEDBACK = Fact(
    "feedback",
    ("feedback_id",),
    _schema(
        ("seq", pa.int64()),
        ("feedback_id", ID),
        ("at", INSTANT),
        ("store_id", ID),
        ("product_id", ID),
        ("buyer_id", ID),
        ("stars", pa.int16()),
        ("described", pa.int16()),
        ("communication", pa.int16()),
        ("shipping", pa.int16()),
        nullable=("described", "communication", "shipping"),
    ),
)

PRODUCTS = Fact(
    "products",
    ("product_id",),
    _schema(
        ("product_id", ID),
        ("store_id", ID),
        ("category_path", pa.string()),
        ("published_at", INSTANT),
        ("listed", pa.bool_()),
        nullable=("published_at",),
    ),
    whole=True,
)

STORES = Fact(
    "stores",
    ("store_id",),
    _schema(("store_id", ID), ("opened_at", INSTANT), ("listed", pa.bool_())),
    whole=True,
)

FACTS = (ORDER_LINES, SIGNALS, FEEDBACK, PRODUCTS, STORES)
