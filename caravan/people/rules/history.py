from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class PastBuyer:
    """A buyer out of other records: `source` names them, `ref` is the id there."""

    id: UUID
    source: str
    ref: str
    name: str
    country: str
    created_at: datetime
