"""Caravan beside Vendure, the fastest of the shops we know, and django-oscar, which answers HTML as we do: in one run on one
machine with one PostgreSQL server.

    python -m bench.rivals                       5,000 products, some ten minutes; installs both under var/bench the first time
    python -m bench.rivals --keep var/rivals     makes all markets once, and uses them again the next time
    python -m bench.rivals --only list           the lists alone
    python -m bench.rivals --without vendure     beside django-oscar alone

Vendure needs node and npm. A rival that cannot be installed is left out. All have the same products (`bench/goods.py`) in
databases of one server, and are served by two processes in production mode (`bench/vendure/shop.cjs`, `bench/oscar/shop.py`).
All are asked by 16 kept connections on loopback, warmed up, in turns of a second, for as many different addresses: a list of 48,
a product, a search with counts of filters.

Vendure answers GraphQL in JSON, and is asked for what a page shows and no more (`bench/vendure/asked.py`); ours answers JSON that
holds more than that, and whole pages of HTML, which are held against Vendure's JSON as well. django-oscar answers the pages it
comes with, and only our pages are held against them. Its products have one price and no variants (`bench/oscar/fill.py`), and it
is spared the search engine that its lists want, and reading their products one by one (`bench/oscar/services.py`). Where a rival
can be asked in two ways, the one with more answers a second is held against ours.

CPU is what all processes of a server and of PostgreSQL used, divided by answers. PostgreSQL's are all counted, not the backends
alone, since Vendure's searches use parallel workers: with DATABASE_URL it has to be a server that nobody else uses meanwhile.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from dataclasses import dataclass
from functools import reduce
from http.client import HTTPConnection
from itertools import groupby
from pathlib import Path

import msgspec
import psycopg

from bench import oscar, vendure
from bench.costs import CONNECTIONS, WORKERS, Cost, cost_of, leave_them_the_cores, warm
from bench.goods import Good, write
from bench.load import Post
from bench.pages import market
from bench.processes import run
from bench.shops import LIST, PRODUCT, SEARCH, Given, Shop, Way, looked_at, oscars, our_shop, vendures
from bench.shown import Everything

EXACT = (LIST, PRODUCT)  # which products a word finds is another matter


@dataclass(frozen=True, slots=True)
class Rival:
    install: Callable[[], None]
    about: Callable[[], str]
    serve: Callable[[Given], AbstractContextManager[Shop]]


RIVALS = {
    "vendure": Rival(vendure.install, lambda: f"Vendure {vendure.VERSION} on node {vendure.node_version()}", vendures),
    "oscar": Rival(oscar.install, lambda: oscar.RELEASE.replace("==", " "), oscars),
}


@dataclass(frozen=True, slots=True)
class Measured:
    """A way of a shop, what it cost, and the mean number of products in an answer."""

    shop: str
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


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--products", type=int, default=5_000, help="size of the market")
    parser.add_argument("--seconds", type=float, default=1.0, help="how long each is asked, in each round")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--connections", type=int, default=CONNECTIONS)
    parser.add_argument("--only", default="", help="what of its name holds this")
    parser.add_argument("--without", action="append", default=[], choices=list(RIVALS), help="leave this one out")
    parser.add_argument("--keep", type=Path, help="a folder for all markets, to be used again")
    options = parser.parse_args()
    rivals = installed(options.without)
    if not rivals:
        print("There is nobody to be held against.", file=sys.stderr)
        return 1
    with _shops(rivals, options) as (ours, *theirs):
        for subject in (LIST, PRODUCT, SEARCH):
            if options.only in subject and any(subject in shop.ways for shop in theirs):
                print(table(subject, _rows(subject, ours, theirs, options)), flush=True)
        print("Memory: " + ", ".join(f"{shop.name} {shop.server.cpu.memory():.0f} MB" for shop in (ours, *theirs)))
    return 0


def installed(without: Collection[str]) -> list[Rival]:
    """Those that are wanted and can be had; says why where one cannot."""
    found = []
    for name, rival in RIVALS.items():
        if name in without:
            continue
        try:
            rival.install()
        except (vendure.NotInstalled, oscar.NotInstalled) as why:
            print(f"Without {name}: {why}", file=sys.stderr)
        else:
            found.append(rival)
    return found


@contextmanager
def _shops(rivals: Sequence[Rival], options: argparse.Namespace) -> Iterator[list[Shop]]:
    """Ours and theirs while they run."""
    keep = options.keep is not None
    with ExitStack() as stack:
        folder = options.keep or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="caravan-bench-")))
        environment = stack.enter_context(market(folder.absolute(), options.products, keep=keep))
        file, shown_file = Path(environment["CARAVAN_VAR"]) / "goods.jsonl", Path(environment["BENCH_SHOWN"])
        write(file, options.products)
        run("bench.shown", str(shown_file), environment=environment)
        shown = msgspec.json.decode(shown_file.read_bytes(), type=Everything)
        goods = msgspec.json.Decoder(Good).decode_lines(file.read_bytes())
        given = Given(environment["DATABASE_URL"], file, goods, looked_at(shown), keep)
        shops = [stack.enter_context(our_shop(environment, shown))]
        shops += [stack.enter_context(rival.serve(given)) for rival in rivals]
        print(about(options.products, [rival.about() for rival in rivals], _postgres(given.server)), flush=True)
        leave_them_the_cores()
        yield shops


def _postgres(url: str) -> str:
    with psycopg.connect(url) as connection:
        return connection.info.parameter_status("server_version") or "?"


def about(products: int, rivals: Sequence[str], postgres: str) -> str:
    return (
        f"{products:,} products, {WORKERS} processes each; {', '.join(rivals)}, PostgreSQL {postgres}; "
        "CPU in ms (application + database) an answer"
    )


def _rows(subject: str, ours: Shop, theirs: Sequence[Shop], options: argparse.Namespace) -> list[Row]:
    """Each of our ways beside each of theirs that it can be held against."""
    turns = [(shop, way) for shop in (ours, *theirs) for way in shop.ways.get(subject, ())]
    counts = [_counts(shop, way) for shop, way in turns]
    for (shop, way), count in zip(turns, counts, strict=True):
        if shop is not ours:
            compare(subject, f"{shop.name}, {way.name}", counts[0], count)
    for shop, way in turns:
        warm(shop.server, way.requests, connections=options.connections)
    costs: list[list[Cost]] = [[] for _ in turns]
    for n in range(options.rounds):
        for cost, (shop, way) in zip(costs, turns, strict=True):
            # A turn may be over before all have been asked: the next one begins elsewhere.
            start = len(way.requests) * n // options.rounds
            requests = (*way.requests[start:], *way.requests[:start])
            cost.append(cost_of(shop.server, requests, connections=options.connections, seconds=options.seconds))
    measured = [
        Measured(shop.name, way, reduce(Cost.plus, cost), sum(count) / len(count))
        for (shop, way), cost, count in zip(turns, costs, counts, strict=True)
    ]
    own = len(ours.ways[subject])
    return rows(measured[:own], measured[own:])


def _counts(shop: Shop, way: Way) -> list[int]:
    """How many products each answer holds. Raises RuntimeError where one is not an answer."""
    counts = []
    for one in way.requests:
        with closing(HTTPConnection("127.0.0.1", shop.server.port)) as connection:
            if isinstance(one, Post):
                connection.request("POST", one.path, one.body, {"Content-Type": "application/json"})
            else:
                connection.request("GET", one)
            answer = connection.getresponse()
            body = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{shop.name} answers {answer.status} to {one}")
        counts.append(len(shop.items(body, way.kind)))
    return counts


def compare(subject: str, way: str, ours: Sequence[int], theirs: Sequence[int]) -> None:
    """Raises RuntimeError where they are spared what we do: where it is exact, no answer of theirs may hold fewer products than
    ours. A list of all products has fewer pages in a small market."""
    fewer = any(their < our for our, their in zip(ours, theirs, strict=False))
    if not any(theirs) or (subject in EXACT and fewer):
        raise RuntimeError(f"{subject}: answers of {way} hold {theirs} products, ours {ours}")


def rows(ours: Sequence[Measured], theirs: Sequence[Measured]) -> list[Row]:
    """Our JSON is not held against pages, which take more to make. Rival after rival."""
    return [Row(own, one) for one in theirs for own in ours if (own.way.kind, one.way.kind) != ("JSON", "HTML")]


OURS, THEIRS = 22, 36
FIGURES = f"{'CPU ms':>8}{'app':>8}{'db':>8}{'req/s':>8}{'items':>7} "
HEAD = f"{'':{OURS}}|{FIGURES}|{'':{THEIRS}}|{FIGURES}|{'by CPU':>8}{'by req/s':>9}"


def table(name: str, rows: Sequence[Row]) -> str:
    """A line for each; those beside the fastest way of a rival say how many times as fast ours is."""
    fastest = [
        max((row.theirs for row in of), key=lambda theirs: theirs.cost.per_second)
        for _shop, of in groupby(rows, lambda row: row.theirs.shop)
    ]
    return "\n".join([name, HEAD, *(_line(row, counts=row.theirs in fastest) for row in rows), ""])


def _line(row: Row, *, counts: bool) -> str:
    ours, theirs = row.ours, row.theirs
    return (
        f"{ours.way.name + ', ' + ours.way.kind:{OURS}}|{_figures(ours)}"
        f"|{theirs.shop + ' ' + theirs.way.name + ', ' + theirs.way.kind:{THEIRS}}|{_figures(theirs)}"
        f"|{row.by_cpu:7.1f}x{row.by_rate:8.1f}x" + ("" if counts else "  its slower way")
    )


def _figures(m: Measured) -> str:
    c = m.cost
    return f"{c.milliseconds:8.2f}{c.app_milliseconds:8.2f}{c.database_milliseconds:8.2f}{c.per_second:8.1f}{m.items:7.1f} "


if __name__ == "__main__":
    sys.exit(main())
