from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from caravan.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class StoreChanged(Event, name="stores.store_changed"):
    """A store opened, changed what it says or where it ships, was suspended or closed."""

    store_id: UUID


@dataclass(frozen=True, kw_only=True)
class StoreFollowed(Event, name="stores.store_followed"):
    """Somebody began to follow a store."""

    store_id: UUID
    user_id: UUID
