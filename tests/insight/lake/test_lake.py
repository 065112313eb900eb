from __future__ import annotations

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import ibis
import pyarrow as pa
import pytest

from caravan.insight.lake import FEEDBACK, ORDER_LINES, PRODUCTS, STORES, Fact, Lake, LakeError, market_tables, places
from caravan.insight.lake.current import current
from caravan.insight.lake.files import Span, spans
from caravan.insight.lake.store import first_to_merge
from caravan.insight.rules import Period
from tests.insight.lake.batches import batch, reader, right
from tests.insight.world import AT, Line, Product, World, ago, name, table, told, uid


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake(tmp_path / "a lake")


def content(lake: Lake, fact: Fact = FEEDBACK) -> list[dict[str, object]]:
    con = ibis.duckdb.connect(threads=1)
    rows = current(fact, [con.read_parquet(f) for f in lake.files(fact)]).to_pyarrow().to_pylist()
    con.disconnect()
    return rows


def stars(lake: Lake) -> dict[str, int]:
    rows = content(lake)
    found = {name(r["feedback_id"]): r["stars"] for r in rows}
    assert len(found) == len(rows), "a key came twice"
    return found  # type: ignore[return-value]


def test_appending_moves_the_watermark_and_an_edit_takes_the_place_of_its_row(lake: Lake) -> None:
    assert lake.watermark(FEEDBACK) == 0
    assert lake.append(FEEDBACK, batch(0, 8), upto_seq=8) == 8
    assert lake.append(FEEDBACK, batch(8, 10), upto_seq=10) == 2
    assert lake.watermark(FEEDBACK) == 10
    assert stars(lake) == right(10)


def test_nothing_new_leaves_everything_as_it_is(lake: Lake) -> None:
    lake.append(FEEDBACK, batch(0, 10), upto_seq=10)
    files = lake.files(FEEDBACK)
    assert lake.append(FEEDBACK, batch(0, 10), upto_seq=10) == 0
    assert lake.append(FEEDBACK, batch(20, 20), upto_seq=20) == 0
    assert lake.files(FEEDBACK) == files


def test_compacting_keeps_the_rows_the_watermark_and_fewer_files(lake: Lake) -> None:
    for upto in range(10, 101, 10):
        lake.append(FEEDBACK, batch(upto - 10, upto), upto_seq=upto)
    before = stars(lake)
    assert lake.compact(FEEDBACK)
    assert [len(lake.files(FEEDBACK)), lake.watermark(FEEDBACK)] == [1, 100]
    assert stars(lake) == before == right(100)
    assert not lake.compact(FEEDBACK)


def test_a_reader_keeps_its_files_for_a_while_and_then_they_go(lake: Lake) -> None:
    for upto in (10, 20, 30):
        lake.append(FEEDBACK, batch(upto - 10, upto), upto_seq=upto)
    reading = lake.files(FEEDBACK)
    lake.compact(FEEDBACK, from_files=2)
    lake.append(FEEDBACK, batch(30, 40), upto_seq=40)
    assert all(f.exists() for f in reading)
    merged, long_ago = lake.files(FEEDBACK)[0], time.time() - 3600
    os.utime(merged, (long_ago, long_ago))
    lake.append(FEEDBACK, batch(40, 50), upto_seq=50)
    assert not any(f.exists() for f in reading)
    assert stars(lake) == right(50)


def test_merging_takes_the_newer_files_up_to_one_much_larger() -> None:
    assert first_to_merge([1000, 10, 9, 8]) == 1
    assert first_to_merge([50, 10, 9, 8]) == 0
    assert first_to_merge([7]) == 0
    assert first_to_merge([900, 300, 100]) == 2


def test_a_dimension_is_replaced_whole(lake: Lake) -> None:
    assert lake.replace(STORES, reader(World([], [Product("a", "one"), Product("b", "two")]).shops())) == 2
    assert lake.replace(STORES, reader(World([], [Product("a", "one")]).shops())) == 1
    assert lake.replace(STORES, reader(World([], []).shops())) == 0
    assert lake.replace(STORES, reader(World([], [Product("c", "new")]).shops())) == 1
    assert [name(r["store_id"]) for r in content(lake, STORES)] == ["new"]  # type: ignore[arg-type]


def test_rows_that_do_not_fit_are_refused_and_nothing_is_written(lake: Lake) -> None:
    good = table(FEEDBACK, [(1, uid("f1"), ago(1), uid("s"), uid("p"), uid("b"), 5, None, None, None)])
    with pytest.raises(LakeError, match="lack stars"):
        lake.append(FEEDBACK, reader(good.drop_columns("stars")), upto_seq=1)
    with pytest.raises(LakeError, match="do not fit"):
        lake.append(FEEDBACK, reader(good.set_column(6, "stars", pa.array(["five"]))), upto_seq=1)
    with pytest.raises(LakeError, match="do not fit"):
        lake.append(FEEDBACK, reader(good.set_column(2, "at", pa.nulls(1, good.schema.field("at").type))), upto_seq=1)
    with pytest.raises(LakeError, match="more than once"):
        lake.append(FEEDBACK, reader(pa.concat_tables([good, good])), upto_seq=1)
    assert lake.watermark(FEEDBACK) == 0
    assert [p.name for p in (lake.root / "feedback").iterdir()] == ["lock"]


def test_a_missing_file_is_noticed(lake: Lake) -> None:
    for upto in (10, 20, 30):
        lake.append(FEEDBACK, batch(upto - 10, upto), upto_seq=upto)
    (lake.root / "feedback" / Span(10, 20).name).unlink()
    with pytest.raises(LakeError, match=r"10\.\.20"):
        lake.files(FEEDBACK)


def test_exporters_at_once_neither_lose_nor_double(lake: Lake) -> None:
    def export(_: int) -> None:
        for upto in range(10, 101, 10):
            lake.append(FEEDBACK, batch(lake.watermark(FEEDBACK), upto), upto_seq=upto)
            lake.compact(FEEDBACK, from_files=3)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(export, range(4)))
    assert lake.watermark(FEEDBACK) == 100
    assert stars(lake) == right(100)


@pytest.mark.slow
def test_kill_9_at_any_instant_neither_loses_nor_doubles(tmp_path: Path) -> None:
    here = Path(__file__).parents[3]
    subprocess.run([sys.executable, "-m", "tests.insight.lake.crash", tmp_path], cwd=here, check=True, timeout=120)
    moments = sorted(tmp_path.iterdir(), key=lambda p: int(p.name))
    assert len(moments) > 20
    for folder in moments:
        assert Lake(folder).watermark(FEEDBACK) == 30
        assert stars(Lake(folder)) == right(30), f"killed at touch {folder.name}"
        assert not list(folder.rglob("*.draft"))


def test_market_information_comes_out_of_the_lake_as_typed_places(lake: Lake) -> None:
    world = World([Line("lamp", "ana", 1), Line("lamp", "bo", 2), Line("sofa", "bo", 3)], [Product("lamp"), Product("sofa")])
    lake.append(ORDER_LINES, reader(world.order_lines(), 1), upto_seq=3)
    lake.replace(PRODUCTS, reader(world.goods()))
    lake.replace(STORES, reader(world.shops()))
    found = market_tables(lake, at=AT)
    seen = list(places(found.hot_products))
    assert [p.rank for cell, p in seen if (cell.category, cell.market, cell.period) == ("home", "US", "7d")] == [1, 2]
    assert seen[0][1].subject_id == uid("lamp")
    assert (seen[0][0].period, seen[0][1].figures.buyers, seen[0][1].figures.long) == (Period.DAY, 1, 2.0)
    assert found.hot_products.to_pylist() == told(world).hot_products
    assert spans(lake.root / "order_lines") == [Span(0, 3)]


def test_an_empty_lake_tells_of_an_empty_market(lake: Lake) -> None:
    found = market_tables(lake, at=AT)
    assert found.hot_products.num_rows == found.store_volume.num_rows == 0
