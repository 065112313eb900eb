"""The filters beside a list, in the visitor's words: what may be chosen, how many products it would leave, what is chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal, NamedTuple

from django.utils.translation import ngettext

from caravan.catalog.queries import AttributeRow, attributes, tree
from caravan.kernel.markets import Market
from caravan.kernel.rates import RateTable
from caravan.search.rules.page import Facet, FacetValue
from caravan.web.browse.asked import STARS, Asked
from caravan.web.browse.prices import band_text, range_text
from caravan.web.formats import number_text
from caravan.web.wording import said as _

MOST_ROWS = 10
MOST_ATTRIBUTES = 6


class FacetRow(NamedTuple):
    value: str
    label: str
    count_text: str
    checked: bool


@dataclass(frozen=True, slots=True)
class FacetView:
    """What `components/facets.html` draws; `name` is the parameter."""

    label: str
    name: str
    kind: Literal["checkbox", "radio"]
    rows: tuple[FacetRow, ...]

    @property
    def is_chosen_from(self) -> bool:
        return any(row.checked for row in self.rows)


@dataclass(frozen=True, slots=True)
class Words:
    """What the codes in facets and filters are called, looked up once a page."""

    market: Market
    rates: RateTable
    stores: Mapping[str, str]
    attributes: Mapping[str, AttributeRow]

    def category(self, path: str) -> str:
        row = tree(self.market.language).get(path)
        return row.name if row else path.rpartition("/")[2]

    def store(self, slug: str) -> str:
        return self.stores.get(slug, slug)

    def attribute(self, code: str) -> str:
        return self.attributes[code].name if code in self.attributes else code

    def value(self, code: str, value: str) -> str:
        return self.attributes[code].label(value) if code in self.attributes else value

    def stars(self, least: int) -> str:
        return ngettext("%(stars)s star and up", "%(stars)s stars and up", least) % {"stars": least}

    def band(self, band: str) -> str:
        return band_text(band, self.market, self.rates)


def stores_named(facets: Iterable[Facet], asked: Asked) -> list[str]:
    """The stores (slugs) that filters name."""
    shown = [value.value for facet in facets if facet.code == "store" for value in facet.values[:MOST_ROWS]]
    return [*shown, *([asked.store] if asked.store else [])]


def words_for(stores: Mapping[str, str], paths: Iterable[str], market: Market, rates: RateTable) -> Words:
    """`stores` are names by slug, `paths` categories of goods on the page: their attributes are the ones worth choosing by."""
    known: dict[str, AttributeRow] = {}
    for path in dict.fromkeys(paths):
        known = attributes(path, market.language) | known
    return Words(market, rates, stores, known)


def facet_views(facets: tuple[Facet, ...], asked: Asked, words: Words, *, with_category: bool) -> list[FacetView]:
    """Facets that leave a choice, the most useful first."""
    values = {facet.code: facet.values for facet in facets}
    values["rating"] = tuple(one for one in values.get("rating", ()) if int(one.value) in STARS)
    plain: list[tuple[str, str, str, str, Callable[[str], str]]] = [
        ("price", _("Price"), "price", asked.band_label, words.band),
        ("rating", _("Rating"), "rating", "", lambda least: words.stars(int(least))),
        ("store", _("Store"), "store", asked.store, words.store),
        ("brand", _("Brand"), "brand", asked.brand, str),
    ]
    if with_category:
        plain.insert(0, ("category", _("Category"), "in", asked.category, words.category))
    found = [
        _view(label, name, "radio", values.get(code, ()), {chosen} - {""}, text, words.market.locale)
        for code, label, name, chosen, text in plain
    ]
    offer = _offer_view(values.get("offer", ()), asked, words)
    return [view for view in (offer, *found, *_attribute_views(values, asked, words)) if view]


def _offer_view(values: tuple[FacetValue, ...], asked: Asked, words: Words) -> FacetView | None:
    """One box; None where nothing is on offer."""
    count = values[0].count if values else 0
    if not count and not asked.offers:
        return None
    row = FacetRow("1", _("On offer"), number_text(count, words.market.locale), asked.offers)
    return FacetView(_("Deals"), "offer", "checkbox", (row,))


def chips(asked: Asked, words: Words, path: str, *, with_category: bool) -> list[tuple[str, str]]:
    """What is chosen, each with the address of the list without it."""
    found: list[tuple[str, Asked]] = []
    if with_category and asked.category:
        found.append((words.category(asked.category), replace(asked, category="")))
    if asked.band:
        found.append((words.band(asked.band_label), replace(asked, band=None)))
    if asked.low is not None or asked.high is not None:
        found.append((range_text(asked.low, asked.high, words.market), replace(asked, low=None, high=None)))
    if asked.rating:
        found.append((words.stars(asked.rating), replace(asked, rating=None)))
    if asked.offers:
        found.append((_("On offer"), replace(asked, offers=False)))
    if asked.store:
        found.append((words.store(asked.store), replace(asked, store="")))
    if asked.brand:
        found.append((asked.brand, replace(asked, brand="")))
    for code, value in asked.attributes:
        rest = tuple(pair for pair in asked.attributes if pair != (code, value))
        found.append((f"{words.attribute(code)}: {words.value(code, value)}", replace(asked, attributes=rest)))
    return [(label, without.address(path)) for label, without in found]


def _attribute_views(values: Mapping[str, tuple[FacetValue, ...]], asked: Asked, words: Words) -> list[FacetView | None]:
    """In the order the category lists its attributes; those nobody defined are only shown while they are chosen from."""
    chosen: dict[str, set[str]] = {}
    for code, value in asked.attributes:
        chosen.setdefault(code, set()).add(value)
    codes = [*chosen, *(code for code in words.attributes if code not in chosen)][: MOST_ATTRIBUTES + len(chosen)]
    return [
        _view(
            words.attribute(code),
            f"a-{code}",
            "checkbox",
            _in_order(values.get(f"attribute:{code}", ()), words.attributes.get(code)),
            chosen.get(code, set()),
            partial(words.value, code),
            words.market.locale,
        )
        for code in codes
    ]


def _in_order(values: tuple[FacetValue, ...], kind: AttributeRow | None) -> tuple[FacetValue, ...]:
    """Sizes as sizes go, not by how many there are of each."""
    if kind is None or not kind.choices:
        return values
    place = {choice.value: n for n, choice in enumerate(kind.choices)}
    return tuple(sorted(values, key=lambda one: place.get(one.value, len(place))))


def _view(
    label: str,
    name: str,
    kind: Literal["checkbox", "radio"],
    values: tuple[FacetValue, ...],
    chosen: set[str],
    text: Callable[[str], str],
    locale: str,
) -> FacetView | None:
    """None where there is nothing to choose between."""
    kept = _with_chosen(values, chosen)
    if len(kept) < 2 and not any(one.selected for one in kept):
        return None
    rows = [FacetRow(one.value, text(one.value), number_text(one.count, locale), one.selected) for one in kept]
    return FacetView(label, name, kind, tuple(rows))


def _with_chosen(values: tuple[FacetValue, ...], chosen: set[str]) -> list[FacetValue]:
    """The first rows, and what is chosen even where nothing is left of it, so that sending the form again keeps it."""
    found = [replace(one, selected=True) if one.value in chosen else one for one in values]
    kept = [one for place, one in enumerate(found) if place < MOST_ROWS or one.selected]
    missing = chosen - {one.value for one in kept}
    return [*(FacetValue(value, 0, selected=True) for value in sorted(missing)), *kept]
