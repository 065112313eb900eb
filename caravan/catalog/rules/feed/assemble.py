"""From the rows of one product, and what is already listed of it, to a draft."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TypeVar

from caravan.catalog.rules.change import canonical, with_rows
from caravan.catalog.rules.draft import VARIANT_CODES, AttributeSpec, ProductDraft, Specs, VariantDraft
from caravan.catalog.rules.feed.columns import ATTRIBUTES
from caravan.catalog.rules.feed.row import FeedRow
from caravan.kernel.money import Money

T = TypeVar("T")
UNCOUNTED = 100  # pieces of a new product that is "in stock" in a file that does not count


@lru_cache(4096)
def category_key(text: str) -> str:
    """The spelling under which a category path is looked up: "Home & Garden > Desk lamps" as "home-garden>desk-lamps"."""
    parts = text.split(">" if ">" in text else "/")
    return ">".join(re.sub(r"[^\w]+", "-", part.casefold()).strip("-_") for part in parts)


def assemble(rows: Sequence[FeedRow], stored: ProductDraft | None, *, category: str, language: str, specs: Specs) -> ProductDraft:
    """The draft `rows` (of one product, at least one) ask for, in canonical form.

    The first row speaks for the product. Whatever the file has no column for stays as `stored` has it, and so do variants
    the file does not bring. `category` and `language` are those the rows resolve to; `specs` the category's attributes.
    """
    first = rows[0]
    base = stored or ProductDraft(first.ref, first.title, language, category, ())
    variants = tuple(_variant(row, stored, specs) for row in rows)
    may_differ = {*VARIANT_CODES, *(code for code, spec in specs.items() if spec.is_option)}
    if stored:
        may_differ.update(code for v in stored.variants for code, _ in v.options)
    shared = {code: value for code, value in variants[0].options if code not in may_differ}
    draft = replace(
        base,
        title=first.title,
        language=language,
        category=category,
        description=_said(first.description, base.description),
        brand=_said(first.brand, base.brand),
        gtin=_said(first.gtin, base.gtin),
        attributes=tuple(shared.items()),
        variants=tuple(replace(v, options=tuple(pair for pair in v.options if pair[0] in may_differ)) for v in variants),
        picture_links=first.links,
        weight_grams=_said(first.weight_grams, base.weight_grams),
        length_mm=_said(first.length_mm, base.length_mm),
        width_mm=_said(first.width_mm, base.width_mm),
        height_mm=_said(first.height_mm, base.height_mm),
        origin=_said(first.origin, base.origin),
        hs_code=_said(first.hs_code, base.hs_code),
    )
    return with_rows(stored, draft, may_differ) if stored else canonical(draft)


def _said(new: T | None, old: T) -> T:
    return old if new is None else new


def _variant(row: FeedRow, stored: ProductDraft | None, specs: Specs) -> VariantDraft:
    known = next((v for v in stored.variants if v.sku == row.id), None) if stored else None
    kept: dict[str, str] = {}
    if stored and known:
        kept = {code: value for code, value in (*stored.attributes, *known.options) if not _speaks_of(row, code)}
    elif stored:
        kept = {code: value for code, value in stored.attributes if code not in VARIANT_CODES and not _speaks_of(row, code)}
    said = {code: _coded(value, specs.get(code)) for code, value in row.attributes}
    return VariantDraft(
        sku=row.id,
        price=row.price,
        stock=_stock(row, known.stock if known else None),
        options=tuple((kept | said).items()),
        market_prices=_said(row.market_prices, known.market_prices if known else ()),
        customs_value=_customs(row, known),
    )


def _customs(row: FeedRow, known: VariantDraft | None) -> Money | None:
    if row.customs_value is None:
        return known.customs_value if known else None
    return None if row.customs_value == "none" else row.customs_value


def _speaks_of(row: FeedRow, code: str) -> bool:
    return row.codes is None or code in row.codes if code in ATTRIBUTES else row.codes is None


def _coded(value: str, spec: AttributeSpec | None) -> str:
    """The code of the choice that `value` spells ("Dark Blue" for "dark-blue"), else `value` itself."""
    if spec is None or not spec.choices:
        return value
    wanted = category_key(value)
    return next((code for code in spec.choices if category_key(code) == wanted), value)


def _stock(row: FeedRow, known: int | None) -> int:
    if row.in_stock is False:
        return 0
    if row.quantity is not None:
        return row.quantity
    if known is None or (row.in_stock and known == 0):
        return UNCOUNTED
    return known
