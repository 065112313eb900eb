"""Which variant the page is about: the one asked for, else the nearest to it that can be bought."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from caravan.catalog.queries import ProductRow, VariantRow

PREFIX = "option-"


@dataclass(frozen=True, slots=True)
class ValueView:
    """A value an option may take; `available`: in stock together with the other chosen values."""

    value: str
    name: str
    available: bool


@dataclass(frozen=True, slots=True)
class OptionView:
    """`field` is the name in the form, `chosen` the value the variant has."""

    field: str
    name: str
    chosen: str
    values: tuple[ValueView, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """`exact` is False where nothing has all that was asked for, and the variant is only the nearest to it."""

    variant: VariantRow
    options: tuple[OptionView, ...]
    exact: bool


def choose(product: ProductRow, asked: Mapping[str, str]) -> Choice:
    """`asked` are the fields of the form; what the product does not have is passed over."""
    known = {option.code: {value.value for value in option.values} for option in product.options}
    wanted = {code: asked[PREFIX + code] for code in known if asked.get(PREFIX + code) in known[code]}
    variant = max(product.variants, key=lambda v: (_matches(v, wanted), v.stock_band != "none"))
    return Choice(variant, _options(product, variant), exact=_matches(variant, wanted) == len(wanted))


def _matches(variant: VariantRow, wanted: Mapping[str, str]) -> int:
    has = dict(variant.options)
    return sum(has.get(code) == value for code, value in wanted.items())


def _options(product: ProductRow, variant: VariantRow) -> tuple[OptionView, ...]:
    chosen = dict(variant.options)
    in_stock = {frozenset(v.options) for v in product.variants if v.stock_band != "none"}
    return tuple(
        OptionView(
            field=PREFIX + option.code,
            name=option.name,
            chosen=chosen.get(option.code, ""),
            values=tuple(
                ValueView(value.value, value.name, frozenset({**chosen, option.code: value.value}.items()) in in_stock)
                for value in option.values
            ),
        )
        for option in product.options
    )
