"""Who hears which event. `project/wiring.py` fills this once at start-up; nothing changes it afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from caravan.kernel.events import Event

Subscriber = Callable[[Any], None]

_by_event: dict[type[Event], tuple[Subscriber, ...]] = {}
_by_name: dict[str, Subscriber] = {}


def wire(table: Mapping[type[Event], Iterable[Subscriber]]) -> None:
    """Replace the table of subscriptions. Subscribers are module-level functions; deliveries store their dotted names."""
    _by_event.clear()
    _by_name.clear()
    for event, subscribers in table.items():
        _by_event[event] = tuple(subscribers)
        _by_name.update({name_of(s): s for s in subscribers})


def subscribers_of(event: Event) -> tuple[Subscriber, ...]:
    return _by_event.get(type(event), ())


def subscriber(name: str) -> Subscriber:
    """Raises KeyError when nobody of that name is wired (it was renamed while its deliveries waited)."""
    return _by_name[name]


def name_of(subscriber: Subscriber) -> str:
    return f"{subscriber.__module__}.{subscriber.__qualname__}".removeprefix("caravan.")
