"""What the engine is told about a cart and about who holds it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from uuid import UUID

from caravan.kernel.money import Money

NOTHING_USED: Mapping[UUID, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class LineFacts:
    """What is wanted: `quantity` of a variant at its list price in the store's currency. `category` is its path, "home/lamps"."""

    variant_id: UUID
    product_id: UUID
    store_id: UUID
    quantity: int
    list_price: Money
    category: str = ""


@dataclass(frozen=True, slots=True)
class BuyerFacts:
    """Whom the prices are for. Nobody is known of a guest, so offers to new buyers or followers are not open to one.

    `bought_from` and `follows` are stores, `segments` the ids of the audiences the buyer is in. `used`: pieces bought at a deal,
    or orders placed with a promotion, by its id, where each buyer has a limit.
    """

    is_known: bool = False
    bought_from: frozenset[UUID] = frozenset()
    follows: frozenset[UUID] = frozenset()
    segments: frozenset[UUID] = frozenset()
    used: Mapping[UUID, int] = field(default_factory=lambda: NOTHING_USED)


ANYONE = BuyerFacts()


@dataclass(frozen=True, slots=True)
class CartFacts:
    """The lines, the `market` (ISO country) they go to, the `currency` the buyer pays in, and the buyer."""

    market: str
    currency: str
    lines: tuple[LineFacts, ...]
    buyer: BuyerFacts = ANYONE
