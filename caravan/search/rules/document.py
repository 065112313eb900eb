"""A product as the search index sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """Everything about one product that can be searched, filtered, counted or ranked by.

    `titles`, `descriptions` and `category_names` are keyed by language tag ("en", "ru", "es", "pt", or any other).
    `category_path` holds slugs from the root to the leaf; `category_names` the names along the same path.
    `ships_to` holds ISO 3166 alpha-2 codes; empty means everywhere. `price` is in minor units of the reference currency
    (EUR cents). `sold_30d` counts distinct paid buyers of the last 30 days. `standing` is the store's credit, 0 to 1.
    """

    id: str
    store_id: str
    store_slug: str
    titles: Mapping[str, str]
    category_path: tuple[str, ...]
    price: int
    published_at: datetime
    brand: str = ""
    category_names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    descriptions: Mapping[str, str] = field(default_factory=dict)
    attributes: tuple[tuple[str, str], ...] = ()
    ships_to: tuple[str, ...] = ()
    rating_mean: float = 0.0
    rating_count: int = 0
    sold_30d: int = 0
    standing: float = 0.0
