"""What a page costs: each hot page and hot JSON beside a bare Starlette + asyncpg endpoint that serves the same rows.

    python -m bench.pages                                  1,000 and 100,000 products, some minutes
    python -m bench.pages --products 1000 --seconds 2      a look at one size
    python -m bench.pages --keep var/bench                 makes the markets once, and uses them again the next time

Two synthetic markets are written by the shop's own actions and indexed by its own indexer into a PostgreSQL of their own, in a
temporary folder (or, with DATABASE_URL, into databases of their own on that server, dropped afterwards). For each size `caravan
serve` with two workers of one thread stands beside `bench.bare` with two workers. 16 keep-alive connections on loopback ask all
of them turn by turn, page after page: a machine that is slower for a while is so for both sizes. CPU is what the server's
processes and their database backends used, divided by the answers: it does not depend on who else computes on the machine, as
requests per second and latencies do.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import reduce
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit
from urllib.request import urlopen

import msgspec
import psycopg
from psycopg import sql

from bench.costs import CONNECTIONS, WORKERS, Cost, Server, cost_of, leave_them_the_cores, warm
from bench.processes import Cpu, free_port, run, serving
from bench.shown import Everything, Measured
from caravan.project.postgres import cluster

TARGETS = {"HTML": 4.0, "JSON": 1.5}  # times the CPU of the bare server, at most


@dataclass(frozen=True, slots=True)
class Side:
    """The servers of a market of one size, and the pages they are asked for."""

    ours: Server
    bare: Server
    pages: list[Measured]


@dataclass(frozen=True, slots=True)
class Row:
    """A page at one size of the market: ours and the bare server's, turn by turn."""

    page: Measured
    our_turns: Sequence[Cost]
    bare_turns: Sequence[Cost]
    bare_statements: int

    @property
    def ours(self) -> Cost:
        return reduce(Cost.plus, self.our_turns)

    @property
    def bare(self) -> Cost:
        return reduce(Cost.plus, self.bare_turns)

    @property
    def ratio(self) -> float:
        return self.ours.milliseconds / self.bare.milliseconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--products", type=int, nargs="+", default=[1_000, 100_000], help="sizes of the market")
    parser.add_argument("--seconds", type=float, default=1.0, help="how long each page is asked for, in each round")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--connections", type=int, default=CONNECTIONS)
    parser.add_argument("--only", default="", help="pages whose name holds this")
    parser.add_argument("--keep", type=Path, help="a folder for the markets, to be used again")
    options = parser.parse_args()
    with ExitStack() as stack:
        folder = options.keep or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="caravan-bench-")))
        tables = measure(
            {
                products: stack.enter_context(market(folder.absolute(), products, keep=options.keep is not None))
                for products in sorted(options.products)
            },
            options,
        )
        for products, rows in tables.items():
            print(table(products, rows), flush=True)
        if len(tables) > 1:
            print(growth(tables))


@contextmanager
def market(folder: Path, products: int, *, keep: bool) -> Iterator[dict[str, str]]:
    """The environment of a market with that many products, made unless it is there."""
    var, name = folder / str(products), f"caravan_bench_{products}"
    # Whoever has a database with all tables and nothing in it may name it: to make them takes longer than a small market.
    template = os.environ.get("BENCH_TEMPLATE", "template1")
    with ExitStack() as stack:
        server = os.environ.get("DATABASE_URL") or stack.enter_context(cluster(folder / "postgres")).url("postgres")
        url = stack.enter_context(database(server, name, template, keep=keep, anew=not (var / "made").exists()))
        environment = {
            "DATABASE_URL": url, "CARAVAN_VAR": str(var), "CARAVAN_MODE": "production", "CARAVAN_SSL_REDIRECT": "0",
            "CARAVAN_SECRET_KEY": "only for measuring", "CARAVAN_HOSTS": "127.0.0.1",
            "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "caravan.project.settings"),
            "BENCH_SHOWN": str(var / "shown.json"), "CARAVAN_API_READS_PER_MINUTE": "1000000000",
            "CARAVAN_SEARCHES_PER_MINUTE": "1000000000",
        }  # fmt: skip
        if not (var / "made").exists():
            run("bench.market", str(products), environment=environment)
            (var / "made").touch()
        yield environment


@contextmanager
def database(server: str, name: str, template: str = "template1", *, keep: bool, anew: bool) -> Iterator[str]:
    """The address of a database of that name on that server; `anew` puts an empty one in place of what a kill left half made."""
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    with psycopg.connect(server, autocommit=True) as connection:
        if anew:
            connection.execute(drop)
            make = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
            connection.execute(make)
        yield urlsplit(server)._replace(path=f"/{name}").geturl()
        if not keep:
            connection.execute(drop)


def measure(markets: Mapping[int, Mapping[str, str]], options: argparse.Namespace) -> dict[int, list[Row]]:
    """By size of the market, what each page costs there."""
    tables: dict[int, list[Row]] = {products: [] for products in markets}
    with ExitStack() as stack:
        sides = {products: stack.enter_context(_side(environment, options)) for products, environment in markets.items()}
        if not all(side.ours.cpu.sees_database for side in sides.values()):
            print("The database runs on another machine: CPU is the application's alone.")
        leave_them_the_cores()
        for pages in zip(*(side.pages for side in sides.values()), strict=True):
            asked = dict(zip(sides, pages, strict=True))
            for products, row in _rows(asked, sides, options).items():
                tables[products].append(row)
        for products, side in sides.items():
            mb = f"{side.ours.cpu.memory():.0f} MB, bare {side.bare.cpu.memory():.0f} MB"
            print(f"{products:,} products, {WORKERS} workers and their parent: {mb}")
    return tables


@contextmanager
def _side(environment: Mapping[str, str], options: argparse.Namespace) -> Iterator[Side]:
    """The servers of one market, while they run."""
    shown = Path(environment["BENCH_SHOWN"])
    run("bench.shown", str(shown), environment=environment)
    pages = [p for p in msgspec.json.decode(shown.read_bytes(), type=Everything).pages if options.only in p.name]
    ports = free_port(), free_port()
    ours = ("caravan", "serve", "--port", str(ports[0]), "--workers", str(WORKERS))
    bare = ("granian", "bench.bare:app", "--interface", "asgi", "--port", str(ports[1]), "--workers", str(WORKERS), "--no-log")
    with ExitStack() as stack:
        servers = []
        for port, command in zip(ports, (ours, bare), strict=True):
            pid = stack.enter_context(serving(*command, port=port, environment=environment))
            servers.append(Server(port, Cpu(pid, environment["DATABASE_URL"])))
            stack.callback(servers[-1].cpu.close)
        yield Side(*servers, pages)


def _rows(asked: Mapping[int, Measured], sides: Mapping[int, Side], options: argparse.Namespace) -> dict[int, Row]:
    turns = [
        turn for products, page in asked.items()
        for turn in ((sides[products].ours, page.paths), (sides[products].bare, page.bare))
    ]  # fmt: skip
    for server, paths in turns:
        warm(server, paths, connections=options.connections)
    costs: list[list[Cost]] = [[] for _ in turns]
    for _ in range(options.rounds):
        for cost, (server, paths) in zip(costs, turns, strict=True):
            cost.append(cost_of(server, paths, connections=options.connections, seconds=options.seconds))
    rows = {}
    for n, (products, page) in enumerate(asked.items()):
        with urlopen(f"http://127.0.0.1:{sides[products].bare.port}{page.bare[0]}") as answer:
            rows[products] = Row(page, costs[2 * n], costs[2 * n + 1], int(answer.headers["X-Statements"]))
    return rows


HEAD = f"""\
{"":18}|{"CPU ms":>7}{"app":>7}{"db":>6}{"req/s":>7}{"p50":>7}{"p95":>7}{"SQL":>5}{"KB":>4}  \
|{"bare ms":>8}{"app":>6}{"db":>6}{"req/s":>7}{"p50":>6}{"p95":>7}{"SQL":>4}  |{"ratio":>6}
"""


def table(products: int, rows: Sequence[Row]) -> str:
    title = f"{products:,} products, {WORKERS} workers of one thread; times in ms, CPU (application + database) a request\n"
    return title + HEAD + "\n".join(_line(row) for row in rows) + "\n"


def _line(row: Row) -> str:
    o, b, least, most = row.ours, row.bare, *row.page.statements
    statements = str(most) if least == most else f"{least}-{most}"
    target = TARGETS[row.page.kind]
    return (
        f"{row.page.name:18}|{o.milliseconds:7.2f}{o.app_milliseconds:7.2f}{o.database_milliseconds:6.2f}{o.per_second:7.0f}"
        f"{o.percentile(50):7.1f}{o.percentile(95):7.1f}{statements:>5}{row.page.size / 1000:4.0f}  "
        f"|{b.milliseconds:8.2f}{b.app_milliseconds:6.2f}{b.database_milliseconds:6.2f}{b.per_second:7.0f}"
        f"{b.percentile(50):6.1f}{b.percentile(95):7.1f}{row.bare_statements:4}  "
        f"|{row.ratio:6.2f} {'of' if row.ratio <= target else 'OVER'} {target:g}"
    )


def growth(tables: Mapping[int, Sequence[Row]]) -> str:
    small, large = min(tables), max(tables)
    lines = [f"CPU a request at {large:,} products over that at {small:,}, the middle one of the rounds (target: 1.2 at most)"]
    for before, after in zip(tables[small], tables[large], strict=True):
        ours, bare = _growth(before.our_turns, after.our_turns), _growth(before.bare_turns, after.bare_turns)
        lines.append(f"{before.page.name:20}{ours:6.2f}   bare {bare:5.2f}")
    return "\n".join(lines)


def _growth(small: Sequence[Cost], large: Sequence[Cost]) -> float:
    """Of turns that followed one another at once."""
    return median(after.milliseconds / before.milliseconds for before, after in zip(small, large, strict=True))


if __name__ == "__main__":
    main()
