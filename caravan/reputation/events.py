from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from caravan.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class FeedbackLeft(Event, name="reputation.feedback_left"):
    feedback_id: UUID
    store_id: UUID
    product_id: UUID


@dataclass(frozen=True, kw_only=True)
class StandingChanged(Event, name="reputation.standing_changed"):
    """The read models of a store and of products were recomputed; search ranks by them."""

    store_id: UUID
    product_ids: tuple[UUID, ...]
