"""Caravan beside Vendure, the fastest of the shops we know, in one run on one machine with one PostgreSQL server.

    python -m bench.rivals                       5,000 products, some ten minutes; installs Vendure under var/bench the first time
    python -m bench.rivals --keep var/rivals     makes both markets once, and uses them again the next time
    python -m bench.rivals --only list           the lists alone

Needs node and npm. Both have the same products (`bench/vendure/goods.py`) in databases of the same server, and are served by two
processes in production mode (`bench/vendure/shop.cjs`). Both are asked by 16 kept connections on loopback, warmed up, in turns of
a second, for as many different addresses: a list of 48, a product, a search with counts of filters. Vendure answers GraphQL in
JSON, and is asked for what a page shows and no more (`bench/vendure/asked.py`); ours answers JSON that holds more than that, and
whole pages of HTML. A list can be had from Vendure in two ways; the one with more answers a second is held against ours.

CPU is what all processes of a server and of PostgreSQL used, divided by answers. PostgreSQL's are all counted, not the backends
alone, since Vendure's searches use parallel workers: with DATABASE_URL it has to be a server that nobody else uses meanwhile.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from functools import reduce
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

import msgspec
import psycopg

from bench import vendure
from bench.costs import CONNECTIONS, WORKERS, Cost, Server, cost_of, leave_them_the_cores, warm
from bench.load import Asked, Post
from bench.market import LEAVES
from bench.pages import database, market
from bench.processes import CpuAndWholeDatabase, free_port, run, serving
from bench.shown import COUNTRY, LANGUAGE, Everything, goods, words
from bench.vendure import asked
from bench.vendure.goods import Good

TAKE = 48
THEIRS = "Vendure"


@dataclass(frozen=True, slots=True)
class Way:
    """How something is asked for: of Vendure or of us, as JSON or HTML."""

    name: str
    kind: str
    requests: Sequence[Asked]


@dataclass(frozen=True, slots=True)
class Subject:
    """What both are asked for, and in which ways. Where it is `exact`, no answer of theirs may hold fewer products than ours."""

    name: str
    exact: bool
    ours: Sequence[Way]
    theirs: Sequence[Way]


@dataclass(frozen=True, slots=True)
class Measured:
    """A way, what it cost, and the mean number of products in an answer."""

    way: Way
    cost: Cost
    items: float


@dataclass(frozen=True, slots=True)
class Row:
    ours: Measured
    theirs: Measured

    @property
    def by_cpu(self) -> float:
        return self.theirs.cost.milliseconds / self.ours.cost.milliseconds

    @property
    def by_rate(self) -> float:
        return self.ours.cost.per_second / self.theirs.cost.per_second


@dataclass(frozen=True, slots=True)
class Sides:
    ours: Server
    theirs: Server


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--products", type=int, default=5_000, help="size of the market")
    parser.add_argument("--seconds", type=float, default=1.0, help="how long each is asked, in each round")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--connections", type=int, default=CONNECTIONS)
    parser.add_argument("--only", default="", help="what of its name holds this")
    parser.add_argument("--keep", type=Path, help="a folder for both markets, to be used again")
    options = parser.parse_args()
    try:
        vendure.install()
    except vendure.NotInstalled as why:
        print(why, file=sys.stderr)
        return 1
    with ExitStack() as stack:
        folder = options.keep or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="caravan-bench-")))
        environment = stack.enter_context(market(folder.absolute(), options.products, keep=options.keep is not None))
        file = Path(environment["CARAVAN_VAR"]) / "goods.jsonl"
        url = stack.enter_context(_their_market(environment["DATABASE_URL"], file, options))
        run("bench.shown", environment["BENCH_SHOWN"], environment=environment)
        shown = msgspec.json.decode(Path(environment["BENCH_SHOWN"]).read_bytes(), type=Everything)
        sides = stack.enter_context(_sides(environment, url))
        print(about(options.products, _postgres(url)), flush=True)
        leave_them_the_cores()
        for subject in subjects(shown, msgspec.json.Decoder(Good).decode_lines(file.read_bytes())):
            if options.only in subject.name:
                print(table(subject.name, _rows(subject, sides, options)), flush=True)
        print(f"Memory: Caravan {sides.ours.cpu.memory():.0f} MB, {THEIRS} {sides.theirs.cpu.memory():.0f} MB")
    return 0


@contextmanager
def _their_market(server: str, file: Path, options: argparse.Namespace) -> Iterator[str]:
    """The address of Vendure's database, filled unless it is."""
    made = file.with_name("vendure-made")
    name = f"vendure_bench_{options.products}"
    with database(server, name, keep=options.keep is not None, anew=not made.exists()) as url:
        if not made.exists():
            vendure.fill(url, options.products, file)
            made.touch()
        yield url


@contextmanager
def _sides(environment: Mapping[str, str], url: str) -> Iterator[Sides]:
    """Both servers while they run."""
    ours, theirs = free_port(), free_port()
    command = ("caravan", "serve", "--port", str(ours), "--workers", str(WORKERS))
    with ExitStack() as stack:
        our_cpu = CpuAndWholeDatabase(
            stack.enter_context(serving(*command, port=ours, environment=environment)), environment["DATABASE_URL"]
        )
        stack.callback(our_cpu.close)
        their_cpu = CpuAndWholeDatabase(stack.enter_context(vendure.vendure(url, theirs, WORKERS)), url)
        stack.callback(their_cpu.close)
        yield Sides(Server(ours, our_cpu), Server(theirs, their_cpu))


def _postgres(url: str) -> str:
    with psycopg.connect(url) as connection:
        return connection.info.parameter_status("server_version") or "?"


def subjects(shown: Everything, products: Sequence[Good]) -> list[Subject]:
    """Both sides of a subject have as many addresses, of the same categories, products and words."""
    paths = {page.name: page.paths for page in shown.pages}
    slugs = {good.id: good.slug for good in products}
    # The API's addresses of products end with their ids.
    asked_for = [slugs[path.partition("?")[0].rpartition("/")[2]] for path in paths["product API"]]
    here = {"market": COUNTRY, "lang": LANGUAGE, "limit": TAKE}
    searches = [f"/api/v1/search?{urlencode({**here, 'q': one})}" for one in words()]
    return [
        Subject(
            f"list of {TAKE}",
            True,
            (Way("products API", "JSON", paths["products API, 48"]), Way("category page", "HTML", paths["category page, 48"])),
            (
                Way("search(collectionSlug)", THEIRS, asked.by_search(LEAVES, TAKE)),
                Way("products, any category", THEIRS, asked.by_products(min(len(LEAVES), max(1, len(products) // TAKE)), TAKE)),
            ),
        ),
        Subject(
            "product",
            True,
            (Way("product API", "JSON", paths["product API"]), Way("product page", "HTML", paths["product page"])),
            (Way("product(slug)", THEIRS, asked.product(asked_for)),),
        ),
        Subject(
            "search",
            False,  # which products a word finds is another matter
            (Way("search API", "JSON", searches), Way("search page", "HTML", paths["search page, 48"])),
            (Way("search(term)", THEIRS, asked.search(words(), TAKE)),),
        ),
    ]


def _rows(subject: Subject, sides: Sides, options: argparse.Namespace) -> list[Row]:
    """Each of ours beside each of theirs."""
    turns = [(sides.ours, way) for way in subject.ours] + [(sides.theirs, way) for way in subject.theirs]
    counts = [_counts(server, way) for server, way in turns]
    for way, count in zip(subject.theirs, counts[len(subject.ours) :], strict=True):
        compare(subject, way, counts[0], count)
    for server, way in turns:
        warm(server, way.requests, connections=options.connections)
    costs: list[list[Cost]] = [[] for _ in turns]
    for n in range(options.rounds):
        for cost, (server, way) in zip(costs, turns, strict=True):
            # A turn may be over before all have been asked: the next one begins elsewhere.
            start = len(way.requests) * n // options.rounds
            requests = (*way.requests[start:], *way.requests[:start])
            cost.append(cost_of(server, requests, connections=options.connections, seconds=options.seconds))
    measured = [
        Measured(way, reduce(Cost.plus, cost), sum(count) / len(count))
        for (_, way), cost, count in zip(turns, costs, counts, strict=True)
    ]
    ours, theirs = measured[: len(subject.ours)], measured[len(subject.ours) :]
    return [Row(one, other) for one in ours for other in theirs]


def _counts(server: Server, way: Way) -> list[int]:
    """How many products each answer holds. Raises RuntimeError where Vendure says it failed."""
    counts = []
    for one in way.requests:
        with closing(HTTPConnection("127.0.0.1", server.port)) as connection:
            if isinstance(one, Post):
                connection.request("POST", one.path, one.body, {"Content-Type": "application/json"})
            else:
                connection.request("GET", one)
            body = connection.getresponse().read()
        counts.append(len(asked.items(body) if way.kind == THEIRS else goods(body, way.kind)))
    return counts


def compare(subject: Subject, way: Way, ours: Sequence[int], theirs: Sequence[int]) -> None:
    """Raises RuntimeError where they are spared what we do. An `exact` list of all products has fewer pages in a small market."""
    fewer = any(their < our for our, their in zip(ours, theirs, strict=False))
    if not any(theirs) or (subject.exact and fewer):
        raise RuntimeError(f"{subject.name}, {way.name}: Vendure's answers hold {theirs} products, ours {ours}")


def about(products: int, postgres: str) -> str:
    return (
        f"{products:,} products, {WORKERS} processes each; {THEIRS} {vendure.VERSION} on node {vendure.node_version()}, "
        f"PostgreSQL {postgres}; CPU in ms (application + database) an answer"
    )


SIDE = f"{'':26}|{'CPU ms':>8}{'app':>8}{'db':>8}{'req/s':>8}{'items':>7} "
HEAD = f"{SIDE}|{SIDE}|{'by CPU':>8}{'by req/s':>9}"


def table(name: str, rows: Sequence[Row]) -> str:
    """A line for each; those beside the faster of Vendure's ways say how many times as fast ours is."""
    fastest = max((row.theirs for row in rows), key=lambda theirs: theirs.cost.per_second)
    return "\n".join([name, HEAD, *(_line(row, counts=row.theirs is fastest) for row in rows), ""])


def _line(row: Row, *, counts: bool) -> str:
    ratio = f"{row.by_cpu:7.1f}x{row.by_rate:8.1f}x"
    return f"{_side(row.ours)}|{_side(row.theirs)}|{ratio}" + ("" if counts else "  its slower way")


def _side(m: Measured) -> str:
    c = m.cost
    figures = f"{c.milliseconds:8.2f}{c.app_milliseconds:8.2f}{c.database_milliseconds:8.2f}{c.per_second:8.1f}{m.items:7.1f}"
    return f"{m.way.name + ('' if m.way.kind == THEIRS else ', ' + m.way.kind):26}|{figures} "


if __name__ == "__main__":
    sys.exit(main())
