"""Goods in lists, one statement each. What a card shows of them is in `search.queries`, which may look into every room."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from caravan.catalog.queries.rows import select

_NAMES = """
SELECT p.id, p.slug, COALESCE(p.titles->>%s, p.title) FROM catalog_product p WHERE p.id = ANY(%s) AND p.version_id IS NOT NULL
"""


@dataclass(frozen=True, slots=True)
class Named:
    """What a product's address and its title say."""

    slug: str
    title: str


def titles(ids: Iterable[UUID], language: str) -> dict[UUID, str]:
    """What those products are called, in `language` where they are translated, by id; unknown ones are left out."""
    return {id: one.title for id, one in names(ids, language).items()}


def names(ids: Iterable[UUID], language: str) -> dict[UUID, Named]:
    """The same with the slugs of their addresses."""
    return {id: Named(slug, title) for id, slug, title in select(_NAMES, language, list(ids))}
