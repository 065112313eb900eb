from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from caravan.stores.rules.legal import LegalFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class PastStore:
    """A store out of other records: `source` names them, `ref` is the id there."""

    id: UUID
    source: str
    ref: str
    slug: str
    name: str
    country: str
    currency: str
    language: str
    zone: str
    opened_at: datetime
    description: str = ""
    handling_days: int = 2
    ships_to: tuple[str, ...] = ()
    legal: LegalFacts | None = None
