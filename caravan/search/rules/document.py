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
    `ships_to` holds ISO 3166 alpha-2 codes; empty means everywhere. `price` is what is paid, in minor units of the reference
    currency (EUR cents). `offered_in`: the markets it is on offer in, "*" for all; empty: it is not. `sold_30d` counts distinct
    paid buyers of the last 30 days, `buyers` those of all times. `standing` is the store's credit, 0 to 1.
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
    offered_in: tuple[str, ...] = ()
    rating_mean: float = 0.0
    rating_count: int = 0
    sold_30d: int = 0
    buyers: int = 0
    standing: float = 0.0
