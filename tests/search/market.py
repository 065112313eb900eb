"""Products for the search tests, and a place to put them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from caravan.search.engine.index import Index
from caravan.search.engine.indexer import Indexer
from caravan.search.rules.document import SearchDocument
from caravan.search.rules.page import Facet, SearchPage
from caravan.search.rules.query import SearchQuery

_FIRST_DAY = datetime(2024, 1, 1, tzinfo=UTC)
_numbers = count()


def product(title: str = "Lamp", id: str = "", *, language: str = "en", **known: Any) -> SearchDocument:
    """A product with that title in one language; each is published an hour after the one before."""
    number = next(_numbers)
    facts: dict[str, Any] = {
        "id": id or f"p{number}",
        "store_id": "s1",
        "store_slug": "north",
        "titles": {language: title},
        "category_path": ("home",),
        "price": 1_000,
        "published_at": _FIRST_DAY + timedelta(hours=number),
    }
    return SearchDocument(**facts | known)


def index_of(path: Path, *products: SearchDocument, **more: Any) -> Index:
    """An index of those products, open for reading; its writer has gone."""
    with Indexer(path) as indexer:
        indexer.rebuild(products, **more)
    return Index.open(path)


def ask(index: Index, text: str = "", **more: Any) -> SearchPage:
    return index.search(SearchQuery(text=text, **more))


def found(index: Index, text: str = "", **more: Any) -> list[str]:
    """The ids found, best first."""
    return [hit.id for hit in ask(index, text, **more).hits]


def facet(page: SearchPage, code: str) -> dict[str, int]:
    return {value.value: value.count for value in _facet(page, code).values}


def selected(page: SearchPage, code: str) -> set[str]:
    return {value.value for value in _facet(page, code).values if value.selected}


def _facet(page: SearchPage, code: str) -> Facet:
    return next((facet for facet in page.facets if facet.code == code), Facet(code, ()))
