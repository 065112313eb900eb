"""What tells a variant from the others of its product, in words."""

from __future__ import annotations

from typing import Protocol

from caravan.catalog.queries import attributes
from caravan.web import market


class Article(Protocol):
    """A line of a cart or an order: `options` are (code, value) pairs, `category` the path of its goods."""

    @property
    def category(self) -> str: ...

    @property
    def options(self) -> tuple[tuple[str, str], ...]: ...


def options_text(article: Article) -> str:
    """The values of its options, called as on the product's page."""
    if not article.options:
        return ""
    known = attributes(article.category, market.current.get().language)
    return " · ".join(known[code].label(value) if code in known else value for code, value in article.options)
