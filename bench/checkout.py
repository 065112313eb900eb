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
import resource
import statistics
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import psycopg

from bench.pages import market
from bench.processes import TRANSACTIONS, WholeDatabase, between, free_port, pgbench, processes, run, run_at_once, serving
from bench.shoppers import shop

SIDE_BY_SIDE = 2
BUYERS = 16
TARGET = 0.4  # of pgbench's orders/s, at the action level
RIVAL, RIVAL_RATE = "Vendure", 7.2  # whole purchases/s over HTTP on a machine of two cores (docs/speed.md)
SCRIPT = Path(__file__).with_name("checkout.sql")


@dataclass(frozen=True, slots=True)
class Bought:
    """Purchases of one way of buying, the seconds they took, and those of processor time of the program and of the database.

    `program` is what calls the database: two processes of the actions, pgbench, or the workers of the web server.
    """

    count: int
    seconds: float
    program: float
    database: float
    latencies: Sequence[float] = ()

    @property
    def per_second(self) -> float:
        return self.count / self.seconds


@dataclass(frozen=True, slots=True)
class Way:
    """All rounds of one way of buying."""

    rounds: Sequence[Bought]

    @property
    def per_second(self) -> float:
        return statistics.median(one.per_second for one in self.rounds)

    @property
    def program_ms(self) -> float:
        return 1000 * sum(one.program for one in self.rounds) / sum(one.count for one in self.rounds)

    @property
    def database_ms(self) -> float:
        return 1000 * sum(one.database for one in self.rounds) / sum(one.count for one in self.rounds)

    @property
    def cpu_ms(self) -> float:
        return self.program_ms + self.database_ms


@dataclass(frozen=True, slots=True)
class Rates:
    """What was found with `orders` in the table before; `written`: rows inserted and updated per purchase, by table."""

    orders: int
    actions: Way
    pgbench: Way
    http: Way
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
    variants = _articles(environment)
    written = _written(environment, len(variants))
    database = WholeDatabase(environment["DATABASE_URL"])
    actions, bare, over_http = [], [], []
    serve = ("caravan", "serve", "--port", str(port), "--workers", str(SIDE_BY_SIDE))
    with serving(*serve, port=port, environment=environment) as server:
        shop(port, variants, at_once=BUYERS, seconds=1)  # every worker has its connection, statements and rates
        for _ in range(options.rounds):
            actions.append(_through_actions(environment, options.seconds, database))
            bare.append(_through_pgbench(environment, options.seconds, len(variants), database))
            over_http.append(_over_http(port, variants, options.seconds, server, database))
    return Rates(orders, Way(actions), Way(bare), Way(over_http), written)


def _written(environment: Mapping[str, str], articles: int) -> dict[str, tuple[float, float]]:
    """Rows inserted and updated per purchase by the actions and by pgbench; nobody else writes meanwhile."""
    with psycopg.connect(environment["DATABASE_URL"], autocommit=True) as db:
        database = WholeDatabase(environment["DATABASE_URL"])
        before = _rows(db)
        _through_actions(environment, 2, database)
        between = _rows(db)
        _through_pgbench(environment, 2, articles, database)
        after = _rows(db)
    return {table: (_each(before, between)[table], _each(between, after)[table]) for table in after}


def _each(before: Mapping[str, int], after: Mapping[str, int]) -> dict[str, float]:
    """Rows per purchase, each of which is a row that is written twice: placed, and paid."""
    purchases = (after["trade_purchase"] - before["trade_purchase"]) / 2
    return {table: (rows - before.get(table, 0)) / purchases for table, rows in after.items()}


# What pgbench chooses from, with all that its rows need, so that it has to look for nothing.
_ARTICLES = """
DROP TABLE IF EXISTS bench_article;
CREATE TABLE bench_article AS
SELECT row_number() OVER (ORDER BY v.id)::int - 1 AS n, v.id AS variant, v.product_id AS product, p.version_id AS version,
       p.store_id AS store, v.price_minor AS price
FROM catalog_variant v JOIN catalog_product p ON p.id = v.product_id WHERE v.is_active ORDER BY v.id LIMIT 500;
ALTER TABLE bench_article ADD PRIMARY KEY (n);
ANALYZE bench_article;
"""


def _articles(environment: Mapping[str, str]) -> list[UUID]:
    with psycopg.connect(environment["DATABASE_URL"]) as db:
        db.execute(_ARTICLES)
        return [id for (id,) in db.execute("SELECT variant FROM bench_article ORDER BY n")]


def _through_actions(environment: Mapping[str, str], seconds: float, database: WholeDatabase) -> Bought:
    before = database.seconds()
    buyers = [(str(seconds), str(seed)) for seed in range(SIDE_BY_SIDE)]
    told = run_at_once("bench.buyers", buyers, environment=environment)
    count, cpu = sum(one["count"] for one in told), sum(one["cpu"] for one in told)
    return Bought(count, seconds, cpu, database.seconds() - before)


def _through_pgbench(environment: Mapping[str, str], seconds: float, articles: int, database: WholeDatabase) -> Bought:
    before, own = database.seconds(), _children()
    done = pgbench(
        SCRIPT, environment["DATABASE_URL"], "-T", str(int(seconds)), "-D", f"articles={articles}",
        clients=SIDE_BY_SIDE, threads=SIDE_BY_SIDE, figure=TRANSACTIONS,
    )  # fmt: skip
    return Bought(int(done), int(seconds), _children() - own, database.seconds() - before)


def _children() -> float:
    """Seconds of processor time of the child processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _over_http(port: int, variants: Sequence[UUID], seconds: float, server: int, database: WholeDatabase) -> Bought:
    before, own = database.seconds(), processes(server)
    done = shop(port, variants, at_once=BUYERS, seconds=seconds)
    return Bought(done.count, done.seconds, between(own, processes(server)), database.seconds() - before, done.latencies)


def _rows(db: psycopg.Connection[tuple[str, int]]) -> dict[str, int]:
    """Rows inserted and updated so far, by table; a process tells of its own when it ends."""
    db.execute("SELECT pg_sleep(0.5)")
    query = "SELECT relname::text, n_tup_ins + n_tup_upd FROM pg_stat_user_tables ORDER BY relname"
    return dict(db.execute(query).fetchall())


def shown(r: Rates) -> str:
    share, times, took = r.actions.per_second / r.pgbench.per_second, r.http.per_second / RIVAL_RATE, _latencies(r.http)
    written = [f"{table} {a:.1f}/{b:.1f}" for table, (a, b) in r.written.items() if max(a, b) >= 0.05]
    return "\n".join(
        [
            f"{r.orders:,} orders in the table      purchases/s   CPU ms a purchase: program + database",
            _line(f"actions, {SIDE_BY_SIDE} processes", r.actions),
            _line(f"pgbench, {SIDE_BY_SIDE} clients", r.pgbench) + "   the same writes by hand",
            f"  actions / pgbench    {share:7.2f} {'of' if share >= TARGET else 'UNDER'} {TARGET:g};"
            f" by CPU {r.pgbench.cpu_ms / r.actions.cpu_ms:.2f}",
            _line(f"HTTP, {BUYERS} buyers", r.http) + f"   4 requests each; median {took[len(took) // 2]:.0f} ms,"
            f" p95 {took[len(took) * 95 // 100]:.0f} ms; {times:.1f} x {RIVAL}, by CPU on two free cores"
            f" {2000 / r.http.cpu_ms / RIVAL_RATE:.1f} x",
            f"  rows written per purchase, actions/pgbench: {', '.join(written)}",
        ]
    )


def _line(name: str, way: Way) -> str:
    return f"  {name:20} {way.per_second:7.0f}           {way.cpu_ms:6.2f}: {way.program_ms:.2f} + {way.database_ms:.2f}"


def _latencies(way: Way) -> list[float]:
    return sorted(ms for one in way.rounds for ms in one.latencies)


def growth(small: Rates, large: Rates) -> str:
    return (
        f"CPU of a purchase at {large.orders:,} orders over that at {small.orders:,}:"
        f" actions {large.actions.cpu_ms / small.actions.cpu_ms:.2f}, pgbench {large.pgbench.cpu_ms / small.pgbench.cpu_ms:.2f},"
        f" HTTP {large.http.cpu_ms / small.http.cpu_ms:.2f}; seconds a purchase:"
        f" actions {small.actions.per_second / large.actions.per_second:.2f},"
        f" pgbench {small.pgbench.per_second / large.pgbench.per_second:.2f},"
        f" HTTP {small.http.per_second / large.http.per_second:.2f}"
    )


if __name__ == "__main__":
    main()
