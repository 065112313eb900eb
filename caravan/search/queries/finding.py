"""The index as pages and API ask it. Outside it, a category is its path; a process opens it once."""

from __future__ import annotations

import logging
import threading
from dataclasses import replace
from pathlib import Path

from django.conf import settings

from caravan.search.engine.generations import IndexMissing
from caravan.search.engine.index import Index
from caravan.search.rules import categories
from caravan.search.rules.page import Facet, Help, SearchPage, Suggestion
from caravan.search.rules.query import SearchQuery

log = logging.getLogger(__name__)
_NOTHING = SearchPage(hits=(), next=None, total=0, facets=(), help=Help(), took=0.0, ready=False)
_open: dict[Path, Index] = {}
_lock = threading.Lock()


def find(query: SearchQuery, *, facets: bool = True) -> SearchPage:
    """One page; `query.category` and the categories in the answer are paths ("home/lamps").

    Before there is an index: an empty page that is not `ready`. Raises Invalid for a cursor of another search.
    """
    index = _index()
    if index is None:
        return _NOTHING
    page = index.search(replace(query, category=categories.code(query.category or "") or None), facets)
    helped = replace(page.help, categories=tuple(categories.path(one) for one in page.help.categories))
    return replace(page, facets=tuple(_spoken(facet) for facet in page.facets), help=helped)


def suggest(prefix: str, *, language: str, limit: int = 8) -> tuple[Suggestion, ...]:
    """What someone typing `prefix` may want; a category's `target` is its path."""
    index = _index()
    found = index.suggest(prefix, language, limit) if index else ()
    return tuple(replace(one, target=categories.path(one.target)) if one.kind == "category" else one for one in found)


def _spoken(facet: Facet) -> Facet:
    if facet.code != "category":
        return facet
    return replace(facet, values=tuple(replace(value, value=categories.path(value.value)) for value in facet.values))


def _index() -> Index | None:
    path: Path = settings.SEARCH_ROOT
    if path not in _open:
        with _lock:
            if path not in _open and (index := _opened(path)):
                _open[path] = index
    return _open.get(path)


def _opened(path: Path) -> Index | None:
    try:
        index = Index.open(path)
    except IndexMissing:
        return None
    except (OSError, ValueError):
        log.exception("search: the index at %s cannot be read; `caravan search rebuild` makes a new one", path)
        return None
    # The first misspelt word would wait for the dictionaries.
    threading.Thread(target=index.warm, name="search-warm", daemon=True).start()
    return index
