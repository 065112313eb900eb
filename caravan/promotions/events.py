"""What happens to promotions. Search, alerts and insight listen."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from caravan.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class PromotionChanged(Event, name="promotions.promotion_changed"):
    """A promotion is now `status`: started, went live by the clock, was paused, resumed, stopped or ended, or its goods changed.

    `store_id` None: the platform's. `product_ids` are the goods it is about (a thousand at most); `is_whole_store`: all of them.
    """

    promotion_id: UUID
    store_id: UUID | None
    kind: str
    status: str
    product_ids: tuple[UUID, ...] = ()
    is_whole_store: bool = False
