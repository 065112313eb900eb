"""What a whole purchase costs: through the actions and over HTTP, beside pgbench with the same writes by hand, in one run.

    python -m bench.checkout                            1,000 and 1,000,000 orders in the table, some minutes
    python -m bench.checkout --orders 1000 --seconds 5  a look at one size
    python -m bench.checkout --keep var/bench           makes the market once, and uses it again the next time

A purchase: a cart with one article, the order placed, paid through the sandbox provider, its money in escrow. pgbench runs
`bench/checkout.sql`, the writes of that purchase and the locks they need, as prepared statements without any of the thinking:
how many rows each of them wrote, by table, is printed beside it, so that nobody has to believe it. Two processes of the actions,
two clients of pgbench and two workers of `caravan serve` with 16 buyers side by side take turns on the same database.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import psycopg

from bench.load import Answered
from bench.pages import market
from bench.processes import free_port, run, serving
from bench.shoppers import shop

SIDE_BY_SIDE = 2
BUYERS = 16
TARGET = 0.4  # of pgbench's orders/s, at the action level
RIVAL, RIVAL_RATE = "Vendure", 7.2  # whole purchases/s over HTTP on a machine of two cores (docs/speed.md)
SCRIPT = Path(__file__).with_name("checkout.sql")


@dataclass(frozen=True, slots=True)
class Rates:
    """Purchases a second, with `orders` in the table before; `written`: rows inserted and updated per purchase, by table."""

    orders: int
    actions: float
    pgbench: float
    http: Answered
    written: Mapping[str, tuple[float, float]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--products", type=int, default=1_000)
    parser.add_argument("--orders", type=int, nargs="+", default=[1_000, 1_000_000], help="orders in the table")
    parser.add_argument("--seconds", type=float, default=8.0, help="how long each is run, in each round")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--keep", type=Path, help="a folder for the market, to be used again")
    options = parser.parse_args()
    with ExitStack() as stack:
        folder = options.keep or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="caravan-bench-")))
        made = stack.enter_context(market(folder.absolute(), options.products, keep=options.keep is not None))
        environment = {**made, "CARAVAN_MODE": "demo"}  # a real market takes no payment through the sandbox provider
        found = []
        for orders in sorted(options.orders):
            run("bench.filler", str(orders), environment=environment)
            found.append(measure(environment, orders, options))
            print(shown(found[-1]), flush=True)
        if len(found) > 1:
            print(growth(found[0], found[-1]))


def measure(environment: Mapping[str, str], orders: int, options: argparse.Namespace) -> Rates:
    port = free_port()
    written = _written(environment)
    variants = _variants(environment)
    actions, bare, over_http = [], [], []
    serve = ("caravan", "serve", "--port", str(port), "--workers", str(SIDE_BY_SIDE))
    with serving(*serve, port=port, environment=environment):
        shop(port, variants, at_once=BUYERS, seconds=1)  # every worker has its connection, statements and rates
        for _ in range(options.rounds):
            actions.append(_through_actions(environment, options.seconds) / options.seconds)
            bare.append(_through_pgbench(environment, options.seconds) / options.seconds)
            over_http.append(shop(port, variants, at_once=BUYERS, seconds=options.seconds))
    http = Answered(sum(one.seconds for one in over_http), [ms for one in over_http for ms in one.latencies], 0)
    return Rates(orders, statistics.median(actions), statistics.median(bare), http, written)


def _written(environment: Mapping[str, str]) -> dict[str, tuple[float, float]]:
    """Rows inserted and updated per purchase by the actions and by pgbench; nobody else writes meanwhile."""
    with psycopg.connect(environment["DATABASE_URL"], autocommit=True) as db:
        before = _rows(db)
        _through_actions(environment, 2)
        between = _rows(db)
        _through_pgbench(environment, 2)
        after = _rows(db)
    return {table: (_each(before, between)[table], _each(between, after)[table]) for table in after}


def _each(before: Mapping[str, int], after: Mapping[str, int]) -> dict[str, float]:
    """Rows per purchase, each of which is a row that is written twice: placed, and paid."""
    purchases = (after["trade_purchase"] - before["trade_purchase"]) / 2
    return {table: (rows - before.get(table, 0)) / purchases for table, rows in after.items()}


def _variants(environment: Mapping[str, str]) -> list[UUID]:
    with psycopg.connect(environment["DATABASE_URL"]) as db:
        return [id for (id,) in db.execute("SELECT id FROM catalog_variant WHERE is_active ORDER BY id LIMIT 500")]


def _through_actions(environment: Mapping[str, str], seconds: float) -> int:
    buyers = [
        subprocess.Popen(
            (sys.executable, "-m", "bench.buyers", str(seconds), str(seed)),
            env={**os.environ, **environment},
            stdout=subprocess.PIPE,
        )
        for seed in range(SIDE_BY_SIDE)
    ]
    return sum(json.loads(buyer.communicate()[0])["count"] for buyer in buyers)


def _through_pgbench(environment: Mapping[str, str], seconds: float) -> int:
    from caravan.project.postgres.binaries import find_engine

    clients, variants = str(SIDE_BY_SIDE), len(_variants(environment))
    command = (
        str(find_engine().bin / "pgbench"), "-n", "-M", "prepared", "-c", clients, "-j", clients, "-T", str(int(seconds)),
        "-D", f"variants={variants}", "-f", str(SCRIPT), environment["DATABASE_URL"],
    )  # fmt: skip
    ran = subprocess.run(command, capture_output=True, text=True)
    found = re.search(r"number of transactions actually processed: (\d+)", ran.stdout)
    if ran.returncode or found is None:
        raise RuntimeError(f"pgbench said: {ran.stderr}{ran.stdout}")
    return int(found[1])


def _rows(db: psycopg.Connection[tuple[str, int]]) -> dict[str, int]:
    """Rows inserted and updated so far, by table; a process tells of its own when it ends."""
    db.execute("SELECT pg_sleep(0.5)")
    query = "SELECT relname::text, n_tup_ins + n_tup_upd FROM pg_stat_user_tables ORDER BY relname"
    return dict(db.execute(query).fetchall())


def shown(r: Rates) -> str:
    share, per_second, ordered = r.actions / r.pgbench, r.http.count / r.http.seconds, sorted(r.http.latencies)
    written = [f"{table} {a:.1f}/{b:.1f}" for table, (a, b) in r.written.items() if max(a, b) >= 0.05]
    return "\n".join(
        [
            f"{r.orders:,} orders in the table",
            f"  actions, {SIDE_BY_SIDE} processes {r.actions:7.0f} purchases/s",
            f"  pgbench, {SIDE_BY_SIDE} clients   {r.pgbench:7.0f} purchases/s, the same writes by hand",
            f"  actions / pgbench    {share:7.2f} ({'of' if share >= TARGET else 'UNDER'} {TARGET:g})",
            f"  HTTP, {BUYERS} buyers      {per_second:7.0f} purchases/s of 4 requests;"
            f" median {ordered[len(ordered) // 2]:.0f} ms,"
            f" p95 {ordered[len(ordered) * 95 // 100]:.0f} ms; {per_second / RIVAL_RATE:.1f} x {RIVAL}",
            f"  rows written per purchase, actions/pgbench: {', '.join(written)}",
        ]
    )


def growth(small: Rates, large: Rates) -> str:
    return (
        f"Cost of a purchase at {large.orders:,} orders over that at {small.orders:,}:"
        f" actions {small.actions / large.actions:.2f}, pgbench {small.pgbench / large.pgbench:.2f},"
        f" HTTP {(small.http.count / small.http.seconds) / (large.http.count / large.http.seconds):.2f}"
    )


if __name__ == "__main__":
    main()
