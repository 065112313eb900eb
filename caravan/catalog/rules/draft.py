"""What a seller says about a product: the one shape that the form, the feed and the demo world all fill in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from caravan.kernel.money import Money

Pairs = tuple[tuple[str, str], ...]  # (attribute code, value), ordered


@dataclass(frozen=True, slots=True)
class VariantDraft:
    """What one puts into the cart. `sku` is unique in its store; `price` is the list price in the store's currency.

    `market_prices` are (ISO country, price) where the store set another. `stock_seen` is the stock the seller was looking at:
    given, the difference is applied, so that pieces sold meanwhile stay sold; None sets `stock` as it is. `customs_value` is what
    one piece is worth to customs where that is not its price.
    """

    sku: str
    price: Money
    stock: int
    options: Pairs = ()
    market_prices: tuple[tuple[str, Money], ...] = ()
    stock_seen: int | None = None
    customs_value: Money | None = None


@dataclass(frozen=True, slots=True)
class ProductDraft:
    """All a listing claims and offers. `ref` is the seller's own id, unique in the store; `category` a path.

    `pictures` are ids in order; `picture_links` are addresses of pictures on the web, and where given decide.
    The sides are of the packed piece. A weight or side of 0, and empty texts, mean "not said".
    """

    ref: str
    title: str
    language: str
    category: str
    variants: tuple[VariantDraft, ...]
    description: str = ""
    brand: str = ""
    gtin: str = ""
    attributes: Pairs = ()
    pictures: tuple[UUID, ...] = ()
    picture_links: tuple[str, ...] | None = None
    weight_grams: int = 0
    length_mm: int = 0
    width_mm: int = 0
    height_mm: int = 0
    origin: str = ""
    hs_code: str = ""


@dataclass(frozen=True, slots=True)
class AttributeSpec:
    """What an attribute of a category may be. `choices` are codes; empty unless `kind` is "choice"."""

    code: str
    kind: Literal["text", "number", "choice"] = "text"
    choices: tuple[str, ...] = ()
    required: bool = False
    is_option: bool = False


@dataclass(frozen=True, slots=True)
class FieldError:
    """One thing wrong: the `field` ("title", "variants.2.price", "attributes.color") and a `code` for the page to word."""

    field: str
    code: str
    about: str = ""

    @property
    def variant(self) -> int | None:
        """The index of the variant it is about, or None."""
        parts = self.field.split(".")
        return int(parts[1]) if parts[0] == "variants" and len(parts) > 1 else None


# Which attributes variants of one product usually differ in; the Google Merchant specification names the same ones.
VARIANT_CODES = ("color", "size", "material", "pattern", "gender", "age_group")

Specs = Mapping[str, AttributeSpec]
