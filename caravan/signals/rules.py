"""What counts as a signal, and whose."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

Kind = Literal["view", "search", "click", "cart_add", "cart_remove"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """One thing somebody did at an instant in a market. `source` is where the visit came from, `query` what was searched,
    `results` how many were found, `position` the 1-based place of what was clicked."""

    at: datetime
    kind: Kind
    visitor_id: UUID
    market: str
    language: str
    user_id: UUID | None = None
    source: str = ""
    product_id: UUID | None = None
    store_id: UUID | None = None
    category_path: str = ""
    query: str = ""
    results: int | None = None
    position: int | None = None


# Crawlers and scripts that say so. They read pages as they like; market figures are about people.
_BOT = re.compile(r"bot|crawl|spider|slurp|preview|monitor|headless|python|curl|wget|httpx|okhttp|java/|go-http", re.IGNORECASE)


def is_person(user_agent: str) -> bool:
    """Whether a user agent claims to be a browser with a person in front of it."""
    return bool(user_agent) and not _BOT.search(user_agent)
