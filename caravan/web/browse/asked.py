"""What the address of a list asks for. What cannot be read in it is left out rather than refused: links get mangled."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlencode

from babel.numbers import NumberFormatError, parse_decimal
from django.http import QueryDict

from caravan.search.rules.prices import BANDS, label
from caravan.search.rules.query import LONGEST_TEXT, Sort

STARS = (4, 3, 2)
MOST_PRICE = Decimal(10) ** 12
_MOST_ATTRIBUTES = 20
_CODE = re.compile(r"[a-z0-9_-]{1,40}")
_BANDS = {label(low, high): (low, high) for low, high in BANDS}

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Asked:
    """`category` is a path. `band` is in euro cents; `low` and `high` are what was typed, in the visitor's currency; both hold.
    `offers`: only what is on offer. `anywhere`: also what is not delivered to the visitor. No `sort`: the one usual for the page.
    """

    text: str = ""
    category: str = ""
    store: str = ""
    brand: str = ""
    band: tuple[int, int | None] | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    rating: int | None = None
    attributes: tuple[Pair, ...] = ()
    offers: bool = False
    anywhere: bool = False
    sort: Sort | None = None
    cursor: str = ""

    @property
    def band_label(self) -> str:
        return label(*self.band) if self.band else ""

    @property
    def low_text(self) -> str:
        return _plain(self.low)

    @property
    def high_text(self) -> str:
        return _plain(self.high)

    @property
    def is_filtered(self) -> bool:
        """Whether it narrows the list; words and the category do not count."""
        return replace(self, text="", category="", sort=None, cursor="", anywhere=False) != Asked()

    @property
    def is_plain(self) -> bool:
        """The page search engines should know: no filter, no other order, from the start."""
        return replace(self, text="", category="") == Asked()

    def without_filters(self) -> Asked:
        return Asked(text=self.text, sort=self.sort)

    def pairs(self) -> list[Pair]:
        """The parameters that ask for this, as an address carries them; the place in the list is not among them."""
        known = [
            ("q", self.text),
            ("in", self.category),
            ("store", self.store),
            ("brand", self.brand),
            ("price", self.band_label),
            ("min", self.low_text),
            ("max", self.high_text),
            ("rating", str(self.rating or "")),
            *((f"a-{code}", value) for code, value in self.attributes),
            ("offer", "1" if self.offers else ""),
            ("to", "any" if self.anywhere else ""),
            ("sort", self.sort.value if self.sort else ""),
        ]
        return [(name, value) for name, value in known if value]

    def address(self, path: str, cursor: str = "") -> str:
        pairs = [*self.pairs(), *([("after", cursor)] if cursor else [])]
        return f"{path}?{urlencode(pairs)}" if pairs else path


def read(params: QueryDict, *, locale: str) -> Asked:
    low, high = _amount(params.get("min", ""), locale), _amount(params.get("max", ""), locale)
    if low is not None and high is not None and low > high:
        low, high = high, low
    return Asked(
        text=clean(params.get("q", "")),
        category=clean(params.get("in", ""), most=400),
        store=clean(params.get("store", ""), most=60),
        brand=clean(params.get("brand", ""), most=80),
        band=_BANDS.get(params.get("price", "")),
        low=low,
        high=high,
        rating=_one_of(STARS, params.get("rating", "")),
        attributes=tuple(_attributes(params.lists())),
        offers=params.get("offer") == "1",
        anywhere=params.get("to") == "any",
        sort=_one_of(tuple(Sort), params.get("sort", "")),
        cursor=params.get("after", "")[:100],
    )


def clean(text: str, most: int = LONGEST_TEXT) -> str:
    """Without control characters and surplus spaces, at most `most` characters."""
    visible = "".join(" " if unicodedata.category(c)[0] == "C" else c for c in text[: 4 * most])
    return " ".join(visible.split())[:most]


def _attributes(lists: Iterable[tuple[str, list[Any]]]) -> list[Pair]:
    found = [
        (name[2:], clean(str(value), most=80))
        for name, values in lists
        if name.startswith("a-") and _CODE.fullmatch(name[2:])
        for value in values
    ]
    return sorted({pair for pair in found if pair[1]})[:_MOST_ATTRIBUTES]


def _amount(text: str, locale: str) -> Decimal | None:
    """As people of the locale write it, else with a decimal point."""
    text = "".join(text.split())[:20]
    if not text or not text.isascii():
        return None
    try:
        amount = parse_decimal(text, locale=locale, strict=True)
    except NumberFormatError:
        try:
            amount = Decimal(text)
        except InvalidOperation:
            return None
    return amount if amount.is_finite() and 0 <= amount <= MOST_PRICE else None


def _one_of(choices: tuple[Any, ...], text: str) -> Any:
    return next((choice for choice in choices if str(choice) == text), None)


def _plain(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount.normalize():f}"
