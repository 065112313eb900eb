"""Reading a real PostgreSQL by ADBC."""

from __future__ import annotations

import os
from pathlib import Path

import pyarrow as pa

from caravan.insight.lake import STORES, Lake, stream

URL = os.environ["DATABASE_URL"]


def test_uuid_instant_and_money_arrive_as_the_lake_holds_them() -> None:
    sql = "SELECT uuidv7() id, now() at, 1::bigint minor, 1::smallint stars, 1.5::float8 trust, 'x'::varchar(3) market"
    with stream(URL, sql) as rows:
        assert rows.schema.types == [pa.uuid(), pa.timestamp("us", tz="UTC"), pa.int64(), pa.int16(), pa.float64(), pa.string()]
        assert rows.read_all().num_rows == 1


def test_a_table_goes_to_the_lake_as_it_is_read(tmp_path: Path) -> None:
    sql = "SELECT uuidv7() store_id, now() opened_at, true listed FROM generate_series(1, 70000)"
    with stream(URL, sql) as rows:
        assert Lake(tmp_path).replace(STORES, rows) == 70_000
