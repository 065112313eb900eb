"""What happens to goods. Search, alerts and insight listen."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from caravan.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class ProductChanged(Event, name="catalog.product_changed"):
    """A product was published, edited, repriced, withdrawn, blocked or restored: whoever keeps a copy looks again."""

    product_id: UUID
    store_id: UUID


@dataclass(frozen=True, kw_only=True)
class ProductsImported(Event, name="catalog.products_imported"):
    """A batch of a store's products was created or changed at once (at most a thousand ids)."""

    store_id: UUID
    product_ids: tuple[UUID, ...]
