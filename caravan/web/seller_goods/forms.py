"""What a seller typed about a product, kept as typed, and as a draft."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal, DecimalException, InvalidOperation
from uuid import UUID

from django.http import QueryDict
from django.utils.text import slugify

from caravan.catalog.queries.categories import AttributeRow, ancestors, attributes, plain_name, tree
from caravan.catalog.queries.goods import EditRow
from caravan.catalog.queries.words import refusal
from caravan.catalog.rules import FieldError, ProductDraft, VariantDraft, one_line, paragraphs
from caravan.kernel.money import Money, exponent
from caravan.stores.queries import StoreRow

BLANK_ROWS = 2  # offered beyond those filled in, so that the page works without scripts
MOST_ROWS = 200
USUAL_OPTIONS = ("color", "size")
SIDES = ("length_mm", "width_mm", "height_mm")


@dataclass(frozen=True, slots=True)
class VariantFields:
    sku: str = ""
    price: str = ""
    stock: str = ""
    stock_seen: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    market_prices: str = ""
    customs_value: str = ""

    @property
    def is_blank(self) -> bool:
        return not any((self.sku, self.price, self.stock, *self.options.values()))


@dataclass(frozen=True, slots=True)
class ProductFields:
    """Every field as text. `seen_at` is the moment of the edit the seller looks at, empty for a new product."""

    ref: str = ""
    title: str = ""
    description: str = ""
    language: str = "en"
    category: str = ""
    brand: str = ""
    gtin: str = ""
    weight_grams: str = ""
    length_mm: str = ""
    width_mm: str = ""
    height_mm: str = ""
    origin: str = ""
    hs_code: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    variants: tuple[VariantFields, ...] = ()
    pictures: tuple[UUID, ...] = ()
    seen_at: str = ""

    @classmethod
    def empty(cls, store: StoreRow) -> ProductFields:
        return cls(language=store.language, origin=store.country)

    @classmethod
    def of(cls, row: EditRow) -> ProductFields:
        draft = row.stored.draft
        columns = [a.code for a in option_columns(draft.category, "en", [code for v in draft.variants for code, _ in v.options])]
        shared = dict(draft.attributes)
        return cls(
            ref=draft.ref,
            title=draft.title,
            description=draft.description,
            language=draft.language,
            category=draft.category,
            brand=draft.brand,
            gtin=draft.gtin,
            weight_grams=str(draft.weight_grams or ""),
            length_mm=str(draft.length_mm or ""),
            width_mm=str(draft.width_mm or ""),
            height_mm=str(draft.height_mm or ""),
            origin=draft.origin,
            hs_code=draft.hs_code,
            attributes={code: value for code, value in draft.attributes if code not in columns},
            variants=tuple(
                VariantFields(
                    sku=v.sku,
                    price=f"{v.price.decimal:f}",
                    stock=str(v.stock),
                    stock_seen=str(v.stock),
                    options={code: dict(v.options).get(code) or shared.get(code, "") for code in columns},
                    market_prices=", ".join(f"{market} {price.decimal:f}" for market, price in v.market_prices),
                    customs_value=f"{v.customs_value.decimal:f}" if v.customs_value else "",
                )
                for v in draft.variants
            ),
            pictures=draft.pictures,
            seen_at=row.stored.updated_at.isoformat(),
        )

    @classmethod
    def typed(cls, posted: QueryDict) -> ProductFields:
        def text(name: str) -> str:
            return str(posted.get(name, "")).strip()

        names = ("ref", "title", "description", "language", "brand", "gtin", "weight_grams", *SIDES, "origin", "hs_code")
        rows = min(_number(text("rows")) or 0, MOST_ROWS)
        return cls(
            **{name: text(name) for name in names},
            category=_category(posted.getlist("category")),
            attributes=_prefixed(posted, "attribute-"),
            variants=tuple(
                row for i in range(rows) if f"variant-{i}-remove" not in posted and not (row := _variant(posted, i)).is_blank
            ),
            pictures=_pictures(posted),
            seen_at=text("seen_at"),
        )

    def with_pictures(self, added: list[UUID]) -> ProductFields:
        return replace(self, pictures=tuple(dict.fromkeys((*self.pictures, *added))))

    def seen(self) -> datetime:
        """When what the seller edits was saved. A broken field counts as long ago, and so as changed since."""
        try:
            return datetime.fromisoformat(self.seen_at)
        except ValueError:
            return datetime.fromisoformat("1970-01-01T00:00:00+00:00")

    def draft(self, currency: str) -> ProductDraft:
        """As a draft for a store that trades in `currency`. Raises `Invalid` for figures that are none."""
        ref = self.ref or f"{slugify(self.title)[:40] or 'item'}-{secrets.token_hex(3)}"
        errors: list[FieldError] = []
        made = ProductDraft(
            ref=ref,
            title=one_line(self.title),
            language=self.language,
            category=self.category,
            description=paragraphs(self.description),
            brand=one_line(self.brand),
            gtin=self.gtin.replace(" ", ""),
            attributes=tuple((code, one_line(value)) for code, value in self.attributes.items() if value),
            variants=tuple(_drafted(i, row, ref, currency, errors) for i, row in enumerate(self.variants)),
            pictures=self.pictures,
            weight_grams=_whole("weight_grams", self.weight_grams or "0", errors),
            length_mm=_whole("length_mm", self.length_mm or "0", errors),
            width_mm=_whole("width_mm", self.width_mm or "0", errors),
            height_mm=_whole("height_mm", self.height_mm or "0", errors),
            origin=self.origin.upper(),
            hs_code=self.hs_code.replace(".", ""),
        )
        if errors:
            raise refusal(errors)
        return made


def option_columns(category: str, language: str, used: list[str]) -> list[AttributeRow]:
    """What variants of such goods may differ in: what the category says, and what these already do."""
    kinds = attributes(category, language) if category in tree("en") else {}
    codes = [code for code, kind in kinds.items() if kind.is_option] or list(USUAL_OPTIONS)
    return [kinds.get(code) or _free(code) for code in dict.fromkeys((*codes, *used))]


def detail_fields(category: str, language: str, used: list[str]) -> list[AttributeRow]:
    """The attributes to ask for: the category's that are no options, and those the product already has."""
    kinds = attributes(category, language) if category in tree("en") else {}
    codes = [code for code, kind in kinds.items() if not kind.is_option]
    return [kinds.get(code) or _free(code) for code in dict.fromkeys((*codes, *used))]


def category_levels(path: str, language: str) -> list[tuple[list[tuple[str, str]], str]]:
    """The choices at each step down to `path` and one below it, each with what is chosen: no list is ever long."""
    rows = tree(language)
    steps = ["", *(row.path for row in ancestors(path, language))]
    levels = []
    for step in steps:
        below = rows[step].children if step else tuple(row.path for row in rows.values() if not row.depth)
        if below:
            chosen = next((s for s in steps if s.rpartition("/")[0] == step and s), "")
            levels.append(([(child, rows[child].name) for child in below], chosen))
    return levels


def _category(steps: list[str]) -> str:
    """The deepest choice that still lies under the ones above it: changing a step takes the lower ones back."""
    chosen = ""
    for step in steps:
        if not step or (chosen and not step.startswith(f"{chosen}/")):
            break
        chosen = step
    return chosen


def _free(code: str) -> AttributeRow:
    return AttributeRow(code, plain_name(code), "text", "", False, True, ())


def _prefixed(posted: QueryDict, prefix: str) -> dict[str, str]:
    return {name.removeprefix(prefix): str(posted[name]).strip() for name in posted if name.startswith(prefix)}


def _variant(posted: QueryDict, i: int) -> VariantFields:
    def text(name: str) -> str:
        return str(posted.get(f"variant-{i}-{name}", "")).strip()

    return VariantFields(
        sku=text("sku"),
        price=text("price"),
        stock=text("stock"),
        stock_seen=text("stock_seen"),
        options=_prefixed(posted, f"variant-{i}-option-"),
        market_prices=text("market_prices"),
        customs_value=text("customs_value"),
    )


def _pictures(posted: QueryDict) -> tuple[UUID, ...]:
    """The pictures kept, in the order of the numbers given them."""
    kept: list[tuple[int, int, UUID]] = []
    for i, text in enumerate(posted.getlist("picture")):
        place = str(posted.get(f"picture-{text}-place", ""))
        if f"picture-{text}-remove" not in posted:
            try:
                kept.append((i if (put := _number(place)) is None else put, i, UUID(text)))
            except ValueError:
                continue
    return tuple(id for _, _, id in sorted(kept))


def _drafted(i: int, row: VariantFields, ref: str, currency: str, errors: list[FieldError]) -> VariantDraft:
    at = f"variants.{i}"
    return VariantDraft(
        sku=row.sku or (ref if i == 0 else f"{ref}-{i + 1}"),
        price=_money(f"{at}.price", row.price, currency, errors),
        stock=_whole(f"{at}.stock", row.stock or "0", errors),
        options=tuple((code, one_line(value)) for code, value in row.options.items() if value),
        market_prices=tuple(_market_prices(f"{at}.market_prices", row.market_prices, currency, errors)),
        stock_seen=_number(row.stock_seen),
        customs_value=_money(f"{at}.customs_value", row.customs_value, currency, errors) if row.customs_value else None,
    )


def _money(name: str, text: str, currency: str, errors: list[FieldError]) -> Money:
    try:
        amount = Decimal(text.replace(",", ".").replace(" ", ""))
        scaled = amount.scaleb(exponent(currency))
        if not scaled.is_finite() or scaled != scaled.to_integral_value() or abs(scaled) > 10**15:
            raise InvalidOperation
    except DecimalException:
        errors.append(FieldError(name, "number.form" if text else "price.range", text[:40]))
        return Money(1, currency)
    return Money(int(scaled), currency)


def _market_prices(name: str, text: str, currency: str, errors: list[FieldError]) -> list[tuple[str, Money]]:
    """ "BR 59.90, PL 40": a country's code and its price, several with commas between."""
    return [
        (market.upper(), _money(name, amount, currency, errors))
        for part in text.split(",")
        if part.strip()
        for market, _, amount in [part.strip().partition(" ")]
    ]


def _whole(name: str, text: str, errors: list[FieldError]) -> int:
    number = _number(text)
    if number is None:
        errors.append(FieldError(name, "number.form", text[:40]))
    return number or 0


def _number(text: str) -> int | None:
    """A whole number of at most nine digits; None for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None
