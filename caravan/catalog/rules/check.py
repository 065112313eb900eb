"""Whether a draft can be listed, and if not, everything that is wrong with it at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from caravan.catalog.rules.draft import FieldError, ProductDraft, Specs, VariantDraft
from caravan.catalog.rules.gtin import gtin_error
from caravan.kernel.markets import LANGUAGES, countries
from caravan.kernel.money import Money

TITLE, DESCRIPTION, BRAND, SKU, VALUE = 200, 20_000, 80, 64, 80  # most characters
VARIANTS, PICTURES = 200, 12  # most of them in one product
STOCK, WEIGHT_GRAMS, SIDE_MM, PRICE_MINOR = 10_000_000, 2_000_000, 20_000, 10**12  # beyond these somebody mistyped


def check(draft: ProductDraft, *, currency: str, specs: Specs) -> tuple[FieldError, ...]:
    """Everything wrong with `draft` for a store that trades in `currency`; `specs` are its category's attributes by code."""
    return (
        *_check_words(draft),
        *_check_customs(draft),
        *_check_attributes(draft, specs),
        *_check_variants(draft, currency, specs),
    )


def _check_words(draft: ProductDraft) -> Iterator[FieldError]:
    if not draft.ref or len(draft.ref) > SKU:
        yield FieldError("ref", "ref.length", str(SKU))
    if not draft.title:
        yield FieldError("title", "title.missing")
    if len(draft.title) > TITLE:
        yield FieldError("title", "title.long", str(TITLE))
    if len(draft.description) > DESCRIPTION:
        yield FieldError("description", "description.long", str(DESCRIPTION))
    if len(draft.brand) > BRAND:
        yield FieldError("brand", "brand.long", str(BRAND))
    if draft.language not in LANGUAGES:
        yield FieldError("language", "language.unknown", ", ".join(LANGUAGES))
    if wrong := gtin_error(draft.gtin):
        yield FieldError("gtin", wrong)
    if len(draft.pictures) > PICTURES or len(draft.picture_links or ()) > PICTURES:
        yield FieldError("pictures", "pictures.many", str(PICTURES))


def _check_customs(draft: ProductDraft) -> Iterator[FieldError]:
    if not 0 <= draft.weight_grams <= WEIGHT_GRAMS:
        yield FieldError("weight_grams", "weight.range", str(WEIGHT_GRAMS // 1000))
    for name in ("length_mm", "width_mm", "height_mm"):
        if not 0 <= getattr(draft, name) <= SIDE_MM:
            yield FieldError(name, "side.range", str(SIDE_MM // 10))
    if draft.origin and draft.origin not in countries():
        yield FieldError("origin", "origin.unknown", draft.origin)
    if draft.hs_code and not re.fullmatch(r"[0-9]{6,10}", draft.hs_code):
        yield FieldError("hs_code", "hs_code.form")


def _check_attributes(draft: ProductDraft, specs: Specs) -> Iterator[FieldError]:
    given = dict(draft.attributes)
    for code, value in draft.attributes:
        yield from _check_value(f"attributes.{code}", code, value, specs)
    for code, spec in specs.items():
        in_options = bool(draft.variants) and all(dict(v.options).get(code) for v in draft.variants)
        if spec.required and not given.get(code) and not in_options:
            yield FieldError(f"attributes.{code}", "attribute.required", code)


def _check_value(field: str, code: str, value: str, specs: Specs) -> Iterator[FieldError]:
    spec = specs.get(code)
    if len(value) > VALUE:
        yield FieldError(field, "attribute.long", str(VALUE))
    elif spec and spec.kind == "choice" and value not in spec.choices:
        yield FieldError(field, "attribute.choice", ", ".join(spec.choices[:12]))
    elif spec and spec.kind == "number" and not _is_number(value):
        yield FieldError(field, "attribute.number", value)


def _is_number(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False


def _check_variants(draft: ProductDraft, currency: str, specs: Specs) -> Iterator[FieldError]:
    if not draft.variants:
        yield FieldError("variants", "variants.none")
    if len(draft.variants) > VARIANTS:
        yield FieldError("variants", "variants.many", str(VARIANTS))
    skus: set[str] = set()
    seen: set[frozenset[tuple[str, str]]] = set()
    for i, variant in enumerate(draft.variants):
        yield from _check_variant(f"variants.{i}", variant, currency, specs)
        if variant.sku in skus:
            yield FieldError(f"variants.{i}.sku", "sku.twice", variant.sku)
        elif frozenset(variant.options) in seen:
            yield FieldError(f"variants.{i}.options", "options.twice", variant.sku)
        skus.add(variant.sku)
        seen.add(frozenset(variant.options))


def _check_variant(field: str, variant: VariantDraft, currency: str, specs: Specs) -> Iterator[FieldError]:
    if not variant.sku or len(variant.sku) > SKU:
        yield FieldError(f"{field}.sku", "sku.length", str(SKU))
    yield from _check_price(f"{field}.price", variant.price, currency)
    if not 0 <= variant.stock <= STOCK:
        yield FieldError(f"{field}.stock", "stock.range", str(STOCK))
    for market, price in variant.market_prices:
        if market not in countries():
            yield FieldError(f"{field}.market_prices", "market.unknown", market)
        yield from _check_price(f"{field}.market_prices", price, currency)
    if variant.customs_value:
        yield from _check_price(f"{field}.customs_value", variant.customs_value, currency)
    for code, value in variant.options:
        yield from _check_value(f"{field}.options", code, value, specs)


def _check_price(field: str, price: Money, currency: str) -> Iterator[FieldError]:
    if price.currency != currency:
        yield FieldError(field, "price.currency", currency)
    elif not 0 < price.minor <= PRICE_MINOR:
        yield FieldError(field, "price.range")
