"""What tells a variant from the others of its product, in words."""

from __future__ import annotations

from typing import Protocol

from caravan.catalog import queries as catalog
from caravan.web import market


class Article(Protocol):
    """A line of a cart or an order: `options` are (code, value) pairs, `category` the path of its goods."""

    @property
    def category(self) -> str: ...

    @property
    def options(self) -> tuple[tuple[str, str], ...]: ...


def options_text(article: Article) -> str:
    """In the visitor's language."""
    return catalog.options_text(article.category, article.options, market.current.get().language)
