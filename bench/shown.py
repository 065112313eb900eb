"""Which addresses are measured, what each of them shows, and how many SQL statements that takes, written as JSON.

    python -m bench.shown FILE        of the market that the environment names (DATABASE_URL, CARAVAN_VAR)

Every address is asked for in this process. Statements are counted when the same address is asked for the second time, since the
first fills what a process keeps for a minute (categories, rates). The ids of goods are read out of the answer itself, so that the
bare server cannot be given others.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import django
import msgspec
from django.test import Client

from bench.market import LEAVES, PER_STORE, title

COUNTRY, LANGUAGE = "BR", "pt"
MANY = 24  # addresses of a kind, so that it is not one row that is measured
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Measured:
    """A page: its addresses at the market's server and, one for one, at the bare one. `statements` are the least and the most."""

    name: str
    kind: str
    paths: tuple[str, ...]
    bare: tuple[str, ...]
    statements: tuple[int, int]
    size: int


@dataclass(frozen=True, slots=True)
class Everything:
    """`shown`: by kind of page and key of the bare server, the ids of goods in the order of the page."""

    pages: list[Measured] = field(default_factory=list)
    shown: dict[str, dict[str, list[str]]] = field(default_factory=dict)


def everything() -> Everything:
    from caravan.kernel import markets
    from caravan.search.queries import find
    from caravan.search.rules.query import SearchQuery
    from caravan.web.market import entered

    found = find(SearchQuery(text="", language=LANGUAGE, limit=MANY), facets=False)
    products = [hit.id for hit in found.hits]
    stores = [f"store-{n}" for n in range(min(MANY, -(-found.total // PER_STORE)))]
    everything = Everything()
    # One for all: each client has the middleware made anew, and WhiteNoise look at all static files.
    visitor = Client(HTTP_HOST="127.0.0.1", HTTP_USER_AGENT="Mozilla/5.0 Firefox/140.0")
    with entered(markets.market(COUNTRY, LANGUAGE)):
        pages = _pages(products, stores, words())
    for name, kind, asked in pages:
        everything.pages.append(_look(visitor, name, kind, list(asked), everything.shown.setdefault(_kind(name), {})))
    return everything


def words() -> list[str]:
    """What is searched for."""
    return [" ".join(title(n * 7).split()[: 1 + n % 3]) for n in range(MANY)]


Asked = Iterable[tuple[str, str, str]]  # the market's address, the bare server's, the key there


def _pages(products: list[str], stores: list[str], words: list[str]) -> list[tuple[str, str, Asked]]:
    from django.urls import reverse

    here = {"market": COUNTRY, "lang": LANGUAGE}
    category = [(reverse("category", kwargs={"path": p}), f"/category/{p}", p) for p in LEAVES]
    search = [(f"{reverse('search')}?{urlencode({'q': w})}", f"/search/{quote(w)}", w) for w in words]
    product = [(_product(one), f"/product-page/{one}", one) for one in products]
    store = [(reverse("store", kwargs={"slug": s}), f"/store-page/{s}", s) for s in stores]
    ranking = [(f"{reverse('rankings')}?{urlencode({'category': p})}", f"/ranking-page/{p}", p) for p in LEAVES]
    lists = [(f"/api/v1/products?{urlencode({**here, 'category': p, 'limit': 48})}", f"/products/{p}", p) for p in LEAVES]
    items = [(f"/api/v1/products/{one}?{urlencode(here)}", f"/product/{one}", one) for one in products]
    places = [(f"/api/v1/rankings/products?{urlencode({'lang': LANGUAGE, 'category': p})}", f"/ranking/{p}", p) for p in LEAVES]
    return [
        ("category page, 48", "HTML", category),
        ("search page, 48", "HTML", search),
        ("product page", "HTML", product),
        ("store page", "HTML", store),
        ("ranking page", "HTML", ranking),
        ("products API, 48", "JSON", lists),
        ("product API", "JSON", items),
        ("ranking API", "JSON", places),
    ]


def _product(id: str) -> str:
    from uuid import UUID

    from django.urls import reverse

    from caravan.catalog.queries import product_page

    return reverse("product", kwargs={"slug": product_page(UUID(id), LANGUAGE).slug, "id": id})


def _kind(name: str) -> str:
    return name.split()[0].rstrip(",")


def _look(visitor: Client, name: str, kind: str, asked: list[tuple[str, str, str]], shown: dict[str, list[str]]) -> Measured:
    counts, sizes = [], []
    for path, _bare, key in asked:
        _statements_of(visitor, path)
        count, body = _statements_of(visitor, path)
        counts.append(count)
        sizes.append(len(body))
        shown.setdefault(key, goods(body, kind))
    return Measured(
        name, kind, tuple(a[0] for a in asked), tuple(a[1] for a in asked), (min(counts), max(counts)), sum(sizes) // len(sizes)
    )


def _statements_of(visitor: Client, path: str) -> tuple[int, bytes]:
    from django.db import connection

    count = 0

    def counting(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        nonlocal count
        count += 1
        return execute(sql, params, many, context)

    visitor.cookies.clear()
    with connection.execute_wrapper(counting):
        response = visitor.get(path)
    if response.status_code != 200:
        raise RuntimeError(f"{path} answers {response.status_code}")
    return count, response.content


def goods(body: bytes, kind: str) -> list[str]:
    """The products in the answer, once each. In HTML they are what links lead to; in JSON, the ids of items."""
    if kind == "JSON":
        answer = msgspec.json.decode(body)
        return [item["id"] for item in answer.get("items", [answer])]
    links = re.findall(r'href="(/[^"]*)"', body.decode())
    return list(dict.fromkeys(id for link in links if "/p/" in link for id in UUID.findall(link)))


if __name__ == "__main__":
    django.setup()
    Path(sys.argv[1]).write_bytes(msgspec.json.encode(everything()))
