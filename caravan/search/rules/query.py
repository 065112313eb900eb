"""What a shopper asked for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from caravan.kernel.errors import Invalid

LONGEST_TEXT = 200
LARGEST_PAGE = 100


class Sort(StrEnum):
    RELEVANCE = "relevance"
    SALES = "sales"
    PRICE_ASC = "price_asc"
    PRICE_DESC = "price_desc"
    RATING = "rating"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchQuery:
    """Words, filters, order and place in the list.

    `category`, `store` are slugs. `price_min`/`price_max` are inclusive, in minor units of the reference currency.
    `attributes` are (code, value) pairs: values of one code widen the choice, different codes narrow it.
    `on_offer` keeps what has a deal in `market`. `ships_to` keeps only what is delivered to that market; `market` merely asks how
    many are. `limit` is 1 to 100.
    Raises Invalid when a value is outside what is said here; text longer than 200 characters is cut.
    """

    text: str = ""
    language: str = "en"
    market: str | None = None
    category: str | None = None
    store: str | None = None
    brand: str | None = None
    price_min: int | None = None
    price_max: int | None = None
    rating_min: float | None = None
    attributes: tuple[tuple[str, str], ...] = ()
    on_offer: bool = False
    ships_to: str | None = None
    sort: Sort = Sort.RELEVANCE
    limit: int = 48
    cursor: str | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.limit <= LARGEST_PAGE:
            raise Invalid("search.limit", f"Ask for 1 to {LARGEST_PAGE} results at a time.", limit="out of range")
        if any(bound is not None and bound < 0 for bound in (self.price_min, self.price_max)):
            raise Invalid("search.price", "A price cannot be below zero.", price="below zero")
        object.__setattr__(self, "text", self.text[:LONGEST_TEXT])
        object.__setattr__(self, "sort", Sort(self.sort))

    def fingerprint(self) -> tuple[object, ...]:
        """All that decides which products come in which order: a cursor is good for equal fingerprints only."""
        return (
            self.text, self.language, self.category, self.store, self.brand, self.price_min, self.price_max,
            self.rating_min, self.attributes, self.on_offer, self.market if self.on_offer else None, self.ships_to,
            self.sort.value,
        )  # fmt: skip
