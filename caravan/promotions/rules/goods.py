"""A store's goods as its promotions are checked against them, and what is wrong with a promotion."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from caravan.kernel.money import Money


@dataclass(frozen=True, slots=True)
class VariantFacts:
    """A variant on sale: its list price, those of single markets, and how many pieces no deal keeps for itself."""

    id: UUID
    sku: str
    price: Money
    market_prices: Mapping[str, Money] = dataclasses.field(default_factory=lambda: MappingProxyType({}))
    stock: int = 0

    def listed(self, market: str) -> Money:
        """What it costs in `market` (ISO country; "": where it has no other)."""
        return self.market_prices.get(market, self.price)


@dataclass(frozen=True, slots=True)
class GoodsFacts:
    """A product of the store. `ref` is the store's own id for it, `category` its path; its variants in their order."""

    id: UUID
    ref: str
    title: str
    category: str
    is_on_sale: bool
    variants: tuple[VariantFacts, ...]

    def of(self, variant_id: UUID | None) -> tuple[VariantFacts, ...]:
        """That variant, or with None all there are."""
        return tuple(v for v in self.variants if variant_id is None or v.id == variant_id)


@dataclass(frozen=True, slots=True)
class OwnerFacts:
    """Whose promotion it is: the `goods` the draft names, by id, as far as they are its owner's; its marketing groups.

    `is_platform`: the market's own, which names no goods, only categories.
    """

    currency: str
    goods: Mapping[UUID, GoodsFacts] = dataclasses.field(default_factory=dict)
    groups: frozenset[UUID] = frozenset()
    categories: frozenset[str] = frozenset()
    is_platform: bool = False


About = str | int | Money | datetime


@dataclass(frozen=True, slots=True)
class Refusal:
    """One thing wrong: the `field` ("name", "goods.2.price", "tiers.0.amount"), a `code` to be worded, and what it is about."""

    field: str
    code: str
    about: Mapping[str, About] = dataclasses.field(default_factory=lambda: MappingProxyType({}))
