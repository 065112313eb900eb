from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class PastFeedback:
    """Feedback out of other records, on a line that stands."""

    id: UUID
    line_id: UUID
    order_id: UUID
    store_id: UUID
    buyer_id: UUID
    product_id: UUID
    version_id: UUID
    market: str
    stars: int
    created_at: datetime
    language: str = ""
    text: str = ""
    described: int | None = None
    communication: int | None = None
    shipping: int | None = None
    reply: str = ""
    replied_at: datetime | None = None
    order_usd_minor: int
