from __future__ import annotations

from caravan.hooks.actions import deliveries
from caravan.hooks.rules import TOPICS
from caravan.kernel.events import Event
from caravan.trade.events import OrderEvent, PayoutFailed, PayoutSent

# Every event that a store can be told of; `project/wiring.py` adds `announce` to each.
HEARD = tuple(Event.registry[f"trade.{topic}"] for topic in TOPICS)


def announce(event: OrderEvent | PayoutSent | PayoutFailed) -> None:
    """Let the store's own systems know."""
    deliveries.announce(event, store_id=event.store_id)
