from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from caravan.kernel.copying import record_id
from caravan.kernel.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class PastWords:
    """A title and description in a language."""

    language: str
    title: str
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PastVariant:
    sku: str
    price: Money
    stock: int = 0
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PastProduct:
    """A product out of other records, or of the demo world, with one version. `words` begins with the seller's own language."""

    id: UUID
    store_id: UUID
    category_id: UUID
    ref: str
    slug: str
    words: tuple[PastWords, ...]
    variants: tuple[PastVariant, ...]
    published_at: datetime
    brand: str = ""
    attributes: tuple[tuple[str, str], ...] = ()
    picture_ids: tuple[UUID, ...] = ()
    weight_grams: int = 0
    sides: tuple[int, int, int] = (0, 0, 0)  # millimetres of the packed piece; 0: not measured
    origin: str = ""
    hs_code: str = ""


def variant_id(product_id: UUID, sku: str) -> UUID:
    """The id of a past product's variant: the same at every import."""
    return record_id("variant", str(product_id), sku)


def version_id(product_id: UUID) -> UUID:
    """The id of the one version a past product has."""
    return record_id("version", str(product_id))
