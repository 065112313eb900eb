"""Who hears which event: the whole table. Each subscriber runs in its own transaction, once per event, retried alone."""

from __future__ import annotations

from collections.abc import Iterable

from caravan.kernel.events import Event
from caravan.outbox.registry import Subscriber

SUBSCRIPTIONS: dict[type[Event], Iterable[Subscriber]] = {}
