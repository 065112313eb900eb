"""The base of everything that happened. An event is a fact: past tense, frozen, small, carrying ids and figures, no objects."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

import msgspec

from caravan.kernel.ids import uuid7


@dataclass(frozen=True, kw_only=True)
class Event:
    """Subclass with `name="room.thing_happened"`: `class OrderPaid(Event, name="trade.order_paid")`.

    `at` is when it happened; `event_id` makes each delivery recognisable. The name is stored, so it never changes.
    """

    at: datetime
    event_id: UUID = field(default_factory=uuid7)

    name: ClassVar[str]
    registry: ClassVar[dict[str, type[Event]]] = {}

    def __init_subclass__(cls, *, name: str, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if name in Event.registry:
            raise TypeError(f"two events are named {name}")
        cls.name = name
        Event.registry[name] = cls

    def encode(self) -> bytes:
        """This event as JSON."""
        return msgspec.json.encode(self)


def decode(name: str, payload: bytes | str) -> Event:
    """The event of that name from its JSON. Raises KeyError for an undeclared name, msgspec.ValidationError for a bad payload."""
    return msgspec.json.decode(payload, type=Event.registry[name])
