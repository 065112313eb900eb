"""The category tree and the kinds of goods in it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from caravan.project.demo.content.text import LANGUAGES, Text, document, words

Season = Literal["summer", "winter", "gift", "steady"]
TYPE_FILES = ("electronics", "home", "garden", "clothing", "accessories", "kids-pets", "sports", "hobby")


@dataclass(frozen=True, slots=True)
class SearchWords:
    """What shoppers type to find a leaf in a language, well and badly spelled."""

    right: tuple[str, ...]
    wrong: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Leaf:
    path: str
    name: Text
    words: tuple[tuple[str, SearchWords], ...]  # by language

    @property
    def department(self) -> str:
        return self.path.partition("/")[0]

    def words_in(self, language: str) -> SearchWords:
        return dict(self.words)[language]


@dataclass(frozen=True, slots=True)
class Department:
    path: str
    name: Text
    leaves: tuple[Leaf, ...]


@dataclass(frozen=True, slots=True)
class Spec:
    """A figure in which variants differ: attribute `code`, `values` as (number, unit)."""

    code: str
    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Size:
    """Width and height in centimetres."""

    width: float
    height: float


@dataclass(frozen=True, slots=True)
class ProductType:
    """A kind of goods. `usd` is the band of its list prices in dollars, `demand` 1 for an ordinary kind, `art` what to draw."""

    slug: str
    leaf: Leaf
    name: Text
    facts: tuple[Text, ...]
    usd: tuple[float, float]
    grams: int
    hs_code: str
    season: Season
    demand: float
    size: Size
    art: str
    colours: tuple[str, ...]
    sizes: str
    materials: tuple[str, ...]
    spec: Spec | None


@cache
def departments() -> tuple[Department, ...]:
    return tuple(
        Department(
            path=slug,
            name=Text.parse(told["name"]),
            leaves=tuple(
                Leaf(f"{slug}/{leaf}", Text.parse(what["name"]), _search_words(what["words"]))
                for leaf, what in told["leaves"].items()
            ),
        )
        for slug, told in document("categories").items()
    )


@cache
def product_types() -> tuple[ProductType, ...]:
    leaves = {leaf.path.partition("/")[2]: leaf for department in departments() for leaf in department.leaves}
    return tuple(
        _type(slug, leaves[leaf], told)
        for name in TYPE_FILES
        for leaf, types in document(f"types/{name}").items()
        for slug, told in types.items()
    )


def usual_hs_codes() -> dict[str, str]:
    """The Harmonized System code of the most wanted kind of each leaf category, by its path."""
    by_demand = sorted(product_types(), key=lambda kind: kind.demand)
    return {kind.leaf.path: kind.hs_code for kind in by_demand}


def _type(slug: str, leaf: Leaf, told: dict[str, Any]) -> ProductType:
    trade, make = told["trade"], told["make"]
    low, high = trade["usd"]
    return ProductType(
        slug=slug,
        leaf=leaf,
        name=Text.parse(told["name"]),
        facts=tuple(Text.parse(fact) for fact in told["facts"]),
        usd=(float(low), float(high)),
        grams=trade["g"],
        hs_code=trade["hs"],
        season=trade["season"],
        demand=float(trade["demand"]),
        size=Size(*trade["cm"]),
        art=make["art"],
        colours=tuple(make["colours"].split()),
        sizes=make.get("sizes", ""),
        materials=tuple(make.get("material", "").split()),
        spec=_spec(make["spec"]) if "spec" in make else None,
    )


def _spec(line: str) -> Spec:
    code, _, values = line.partition(":")
    pairs = (value.rsplit(" ", 1) for value in words(values))
    return Spec(code.strip(), tuple((number, unit) for number, unit in pairs))


def _search_words(line: str) -> tuple[tuple[str, SearchWords], ...]:
    read = []
    for language, part in zip(LANGUAGES, line.split("|"), strict=True):
        right, _, wrong = part.partition(";")
        read.append((language, SearchWords(words(right), words(wrong))))
    return tuple(read)
