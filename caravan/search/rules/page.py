"""What was found, and what had to be done to find it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hit:
    """`score` is the blended relevance under Sort.RELEVANCE, else the sorted value. `mean` of `ratings` stars (0 where there are
    none) and how many `buyers` ever bought it are as the index knows them, like its place in the list."""

    id: str
    score: float
    mean: float = 0.0
    ratings: int = 0
    buyers: int = 0


@dataclass(frozen=True, slots=True)
class FacetValue:
    value: str
    count: int
    selected: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """Counts under all filters but the facet's own. `approximate` when they were estimated from a sample.

    Codes: category, price, rating, offer, store, brand, ships_to, and "attribute:<code>". A price value is "from-to" in minor
    units of the reference currency, "from-" for the last band; a rating value is the least mean ("4").
    """

    code: str
    values: tuple[FacetValue, ...]
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class Help:
    """How the words were read. Pages show it so that nobody wonders why a thing was found.

    `corrected` is the text searched instead of what was typed, `words` how many meaningful words that has, `required`
    how many of them each hit carries at least (fewer than `words`: the search was widened), `unknown` the words that no product
    carries, `categories` slugs to look at when nothing, or little, was found.
    """

    corrected: str | None = None
    words: int = 0
    required: int = 0
    unknown: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()

    @property
    def widened(self) -> bool:
        return self.required < self.words


@dataclass(frozen=True, slots=True)
class SearchPage:
    """`total` counts all hits under the filters, `took` is in milliseconds. Not `ready`: there is no index to read yet."""

    hits: tuple[Hit, ...]
    next: str | None
    total: int
    facets: tuple[Facet, ...]
    help: Help
    took: float
    ready: bool = True


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`kind` is "query", "category" (`target` is its slug) or "product" (`target` is its id)."""

    kind: str
    text: str
    target: str = ""
