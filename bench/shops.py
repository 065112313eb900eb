"""The shops of `bench.rivals` as they are served and asked: ours, Vendure, django-oscar; all with the same products."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from bench import oscar, vendure
from bench.costs import WORKERS, Server
from bench.goods import Good
from bench.load import Asked
from bench.market import LEAVES
from bench.oscar import pages
from bench.pages import database
from bench.processes import CpuAndWholeDatabase, free_port, serving
from bench.shown import COUNTRY, LANGUAGE, Everything, goods, words
from bench.vendure import asked

TAKE = 48
LIST, PRODUCT, SEARCH = f"list of {TAKE}", "product", "search"


@dataclass(frozen=True, slots=True)
class Way:
    """How a shop is asked for something, and whether it answers JSON or HTML."""

    name: str
    kind: str
    requests: Sequence[Asked]


Ways = Mapping[str, Sequence[Way]]  # by subject; what a shop cannot be asked for is not there


@dataclass(frozen=True, slots=True)
class Shop:
    """One of them while it runs. `items` are the products that an answer of a kind holds."""

    name: str
    server: Server
    ways: Ways
    items: Callable[[bytes, str], Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Given:
    """What a rival is filled from and asked for: the address of a database server, the goods and the file that holds them,
    the ids of those whose pages are looked at."""

    server: str
    file: Path
    goods: Sequence[Good]
    looked_at: Sequence[str]
    keep: bool

    @contextmanager
    def database(self, rival: str, made: Path) -> Iterator[str]:
        """The address of a database of the rival's own; an empty one unless `made` is there."""
        name = f"{rival}_bench_{len(self.goods)}"
        with database(self.server, name, keep=self.keep, anew=not made.exists()) as url:
            yield url


@contextmanager
def our_shop(environment: Mapping[str, str], shown: Everything) -> Iterator[Shop]:
    port, url = free_port(), environment["DATABASE_URL"]
    command = ("caravan", "serve", "--port", str(port), "--workers", str(WORKERS))
    with serving(*command, port=port, environment=environment) as pid, _measured(pid, port, url) as server:
        yield Shop("Caravan", server, our_ways(shown), goods)


@contextmanager
def vendures(given: Given) -> Iterator[Shop]:
    port, made = free_port(), given.file.with_name("vendure-made")
    with given.database("vendure", made) as url:
        if not made.exists():
            vendure.fill(url, given.file)
            made.touch()
        with vendure.vendure(url, port, WORKERS) as pid, _measured(pid, port, url) as server:
            yield Shop(vendure.NAME, server, vendures_ways(given), lambda body, _kind: asked.items(body))


@contextmanager
def oscars(given: Given) -> Iterator[Shop]:
    port, addresses = free_port(), given.file.with_name("oscar.json")
    with given.database("oscar", addresses) as url:
        if not addresses.exists():
            pages.fill(url, given.file, addresses)
        ways = oscars_ways(pages.read(addresses), given)
        with pages.oscar(url, port, WORKERS) as pid, _measured(pid, port, url) as server:
            yield Shop(oscar.NAME, server, ways, lambda body, _kind: pages.items(body))


@contextmanager
def _measured(pid: int, port: int, database_url: str) -> Iterator[Server]:
    cpu = CpuAndWholeDatabase(pid, database_url)
    try:
        yield Server(port, cpu)
    finally:
        cpu.close()


def looked_at(shown: Everything) -> list[str]:
    """The ids of the products whose pages are looked at: the API's addresses of products end with them."""
    (paths,) = (page.paths for page in shown.pages if page.name == "product API")
    return [path.partition("?")[0].rpartition("/")[2] for path in paths]


def our_ways(shown: Everything) -> Ways:
    paths = {page.name: page.paths for page in shown.pages}
    here = {"market": COUNTRY, "lang": LANGUAGE, "limit": TAKE}
    searches = [f"/api/v1/search?{urlencode({**here, 'q': one})}" for one in words()]
    return {
        LIST: [Way("products API", "JSON", paths["products API, 48"]), Way("category page", "HTML", paths["category page, 48"])],
        PRODUCT: [Way("product API", "JSON", paths["product API"]), Way("product page", "HTML", paths["product page"])],
        SEARCH: [Way("search API", "JSON", searches), Way("search page", "HTML", paths["search page, 48"])],
    }


def vendures_ways(given: Given) -> Ways:
    slugs = {good.id: good.slug for good in given.goods}
    lists = min(len(LEAVES), max(1, len(given.goods) // TAKE))
    return {
        LIST: [
            Way("search(collectionSlug)", "JSON", asked.by_search(LEAVES, TAKE)),
            Way("products, any category", "JSON", asked.by_products(lists, TAKE)),
        ],
        PRODUCT: [Way("product(slug)", "JSON", asked.product([slugs[id] for id in given.looked_at]))],
        SEARCH: [Way("search(term)", "JSON", asked.search(words(), TAKE))],
    }


def oscars_ways(addresses: pages.Addresses, given: Given) -> Ways:
    """No search: without an engine such as Solr it has none."""
    return {
        LIST: [Way("category page", "HTML", [addresses.categories[path] for path in LEAVES if path in addresses.categories])],
        PRODUCT: [Way("product page", "HTML", [addresses.products[id] for id in given.looked_at])],
    }
