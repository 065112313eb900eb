"""What market information costs: every list and volume of a market with so many order lines, computed once.

    python -m bench.insight                                26,000 and 1,000,000 lines, a minute or two
    python -m bench.insight --lines 5000000 --days 365     some minutes, 2.5 GB of memory

They are spread evenly over the days, and unevenly over products: some sell much, most little. Half of them are rated, and each
has a signal beside it. Seconds are the processor's, of both threads together, so that they hardly depend on who else computes.
Each size has a process of its own, so that its memory is told apart; DuckDB has two threads and 2 GB, as the market gives it.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from bench.processes import run
from caravan.insight.lake import FEEDBACK, ORDER_LINES, PRODUCTS, SIGNALS, STORES, Fact, Lake
from caravan.insight.lake.engine import market_tables

AT = datetime(2026, 6, 1, tzinfo=UTC)
LINES_A_PRODUCT, PRODUCTS_A_STORE, LINES_A_BUYER = 50, 40, 6
CATEGORIES, MARKETS = 40, ("US", "BR", "RU", "ES", "PL", "KZ", "AR", "CN")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lines", type=int, nargs="+", default=[26_000, 1_000_000])
    parser.add_argument("--days", type=int, default=90, help="over which they are spread; the last 90 count for rankings")
    parser.add_argument("--one", action="store_true", help="in this process")
    options = parser.parse_args()
    if options.one:
        print(measured(options.lines[0], options.days))
        return 0
    print(f"{'order lines':>12}{'days':>6}{'writing s':>11}{'computing s':>13}{'memory GB':>11}")
    for lines in options.lines:
        print(
            run("bench.insight", "--one", "--lines", str(lines), "--days", str(options.days), environment={}), end="", flush=True
        )
    return 0


def measured(lines: int, days: int) -> str:
    with tempfile.TemporaryDirectory(prefix="caravan-bench-") as folder:
        lake = Lake(Path(folder))
        began = time.process_time()
        _write(lake, lines, days)
        written = time.process_time()
        market_tables(lake, at=AT)
        done = time.process_time()
    gigabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1_024) / 1e9
    return f"{lines:12,}{days:6}{written - began:11.1f}{done - written:13.1f}{gigabytes:11.1f}"


def _write(lake: Lake, lines: int, days: int) -> None:
    products = max(40, lines // LINES_A_PRODUCT)
    stores, buyers = max(2, products // PRODUCTS_A_STORE), max(40, lines // LINES_A_BUYER)
    con = duckdb.connect(config={"threads": 2, "memory_limit": "1GB"})
    con.execute("SET arrow_lossless_conversion = true")
    con.execute("SELECT setseed(0.5)")
    con.execute("CREATE MACRO id(kind, n) AS (printf('%08x-0000-0000-0000-%012x', kind, n::bigint))::uuid")
    con.execute(f"CREATE MACRO shelf(n) AS 'department-' || (n % 8) || '/shelf-' || (n % {CATEGORIES})")
    con.execute(f"CREATE MACRO before(days) AS TIMESTAMPTZ '{AT.isoformat()}' - to_seconds(days * 86400)")
    con.execute(f"CREATE MACRO some_product() AS floor({products} * random() * random())::bigint")
    con.execute(f"CREATE MACRO store_of(product) AS id(3, product % {stores})")
    con.execute(f"CREATE MACRO market_of(buyer) AS {list(MARKETS)}[1 + buyer % {len(MARKETS)}]")
    bought = f"""
        WITH drawn AS (
            SELECT n, before({days} * random()) AS moment, some_product() AS product, floor({buyers} * random())::bigint AS buyer,
                random() < 0.03 AS went_back
            FROM range(1, {lines} + 1) AS r (n)
        )
        SELECT n AS seq, id(1, n) AS order_id, 1 AS line_no, moment AS placed_at, moment AS paid_at,
            CASE WHEN went_back THEN moment + INTERVAL 1 HOUR END AS refunded_at, id(2, buyer) AS buyer_id,
            store_of(product) AS store_id, id(4, product) AS product_id, id(5, product) AS variant_id,
            shelf(product) AS category_path, market_of(buyer) AS market, 1 AS quantity, 1000 AS paid_minor, 'EUR' AS currency,
            1000 AS paid_eur_minor, 1.0::double AS trust
        FROM drawn"""
    rated = f"""
        WITH drawn AS (SELECT n, some_product() AS product FROM range(1, {lines // 2} + 1) AS r (n))
        SELECT n AS seq, id(6, n) AS feedback_id, before({days} * random()) AS at, store_of(product) AS store_id,
            id(4, product) AS product_id, id(2, n) AS buyer_id, 3 + n % 3 AS stars, NULL AS described, NULL AS communication,
            NULL AS shipping
        FROM drawn"""
    seen = f"""
        SELECT n AS seq, n AS signal_id, before({days} * random()) AS at, 'view' AS kind, id(7, n // 5) AS visitor_id,
            NULL::uuid AS user_id, 'US' AS market, 'en' AS language, '' AS source, id(4, n % {products}) AS product_id,
            store_of(n % {products}) AS store_id, '' AS category_path, '' AS query, NULL AS results, NULL AS position
        FROM range(1, {lines} + 1) AS r (n)"""
    goods = f"""
        SELECT id(4, n) AS product_id, store_of(n) AS store_id, shelf(n) AS category_path, before(400) AS published_at,
            true AS listed
        FROM range({products}) AS r (n)"""
    shops = f"SELECT id(3, n) AS store_id, before(400) AS opened_at, true AS listed FROM range({stores}) AS r (n)"
    for fact, sql, upto in (
        (ORDER_LINES, bought, lines), (FEEDBACK, rated, lines // 2), (SIGNALS, seen, lines), (PRODUCTS, goods, 0),
        (STORES, shops, 0),
    ):  # fmt: skip
        _put(lake, con, fact, upto, sql)


def _put(lake: Lake, con: duckdb.DuckDBPyConnection, fact: Fact, upto: int, sql: str) -> None:
    rows = con.sql(sql).to_arrow_reader(100_000)
    if fact.whole:
        lake.replace(fact, rows)
    else:
        lake.append(fact, rows, upto_seq=upto)


if __name__ == "__main__":
    sys.exit(main())
