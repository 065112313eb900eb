"""One row of a product file, parsed: a variant, and what it says about its product."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, DecimalException
from typing import Literal, TypeVar

from caravan.catalog.rules.check import PICTURES, SIDE_MM, SKU, WEIGHT_GRAMS
from caravan.catalog.rules.draft import FieldError, Pairs
from caravan.catalog.rules.feed.columns import ATTRIBUTES, Header, unescaped
from caravan.catalog.rules.text import one_line, paragraphs
from caravan.kernel.errors import Invalid
from caravan.kernel.money import Money

T = TypeVar("T")
Said = Literal["none"]  # the file has the column, and its cell is empty
LINK = 1000  # most characters of an address
_GRAMS = {"g": Decimal(1), "kg": Decimal(1000), "lb": Decimal("453.59237"), "oz": Decimal("28.349523125")}
_MILLIMETRES = {"mm": Decimal(1), "cm": Decimal(10), "m": Decimal(1000), "in": Decimal("25.4")}
_STOCKED = {"in_stock": True, "out_of_stock": False, "preorder": False, "backorder": False}


@dataclass(frozen=True, slots=True)
class FeedRow:
    """A row as read. None means that the file has no such column: then the product keeps what it has.

    `codes` are the attributes the file can speak of (None: any, it has `product_detail`). `in_stock` is the availability,
    `quantity` our column of pieces; `categories` are the paths the row may mean, best first.
    """

    line: int
    id: str
    group: str
    title: str
    price: Money
    categories: tuple[str, ...]
    description: str | None
    brand: str | None
    gtin: str | None
    attributes: Pairs
    codes: frozenset[str] | None
    quantity: int | None
    in_stock: bool | None
    market_prices: tuple[tuple[str, Money], ...] | None
    links: tuple[str, ...] | None
    weight_grams: int | None
    length_mm: int | None
    width_mm: int | None
    height_mm: int | None
    origin: str | None
    hs_code: str | None
    customs_value: Money | Said | None
    language: str | None

    @property
    def ref(self) -> str:
        """The product's id: that of its group, or the row's own."""
        return self.group or self.id


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that cannot be listed, with everything that is wrong with it."""

    line: int
    ref: str
    errors: tuple[FieldError, ...]


def parse_row(line: int, cells: Sequence[str], head: Header) -> FeedRow | RefusedRow:
    """The row that begins on `line`. Never raises: what cannot be read comes back as a `RefusedRow`."""
    sheet = _Sheet(cells, head)
    row = FeedRow(
        line=line,
        id=sheet.read("id", _id) or "",
        group=sheet.read("item_group_id", _group) or "",
        title=sheet.read("title", one_line) or "",
        price=Money(0, "") if (price := sheet.read("price", Money.parse)) is None else price,  # no money is false, too
        categories=tuple(filter(None, (sheet.read(name, one_line) for name in ("product_type", "google_product_category")))),
        description=sheet.read("description", paragraphs),
        brand=sheet.read("brand", one_line),
        gtin=sheet.read("gtin", _gtin),
        attributes=tuple(dict(sheet.attributes()).items()),
        codes=None if head.has("product_detail") else frozenset(code for code in ATTRIBUTES if head.has(code)),
        quantity=sheet.read("quantity", _quantity),
        in_stock=sheet.read("availability", _in_stock),
        market_prices=sheet.read("market_prices", _market_prices),
        links=sheet.links(),
        weight_grams=sheet.read("shipping_weight", _grams),
        length_mm=sheet.read("shipping_length", _millimetres),
        width_mm=sheet.read("shipping_width", _millimetres),
        height_mm=sheet.read("shipping_height", _millimetres),
        origin=sheet.read("origin_country", str.upper),
        hs_code=sheet.read("hs_code", _hs_code),
        customs_value=sheet.read("customs_value", _customs_value),
        language=sheet.read("content_language", str.lower) or None,
    )
    return RefusedRow(line, row.id or one_line(sheet.text("id"))[:64], tuple(sheet.errors)) if sheet.errors else row


class _Sheet:
    """The cells of a row by column name, collecting what is wrong with them."""

    def __init__(self, cells: Sequence[str], head: Header) -> None:
        self.cells, self.head = cells, head
        self.errors: list[FieldError] = []

    def text(self, name: str) -> str:
        return self.head.cell(self.cells, name) or ""

    def read(self, name: str, parse: Callable[[str], T]) -> T | None:
        """What `parse` makes of the cell; None without such a column, or when it raises `Invalid`, which is noted."""
        cell = self.head.cell(self.cells, name)
        if cell is None:
            return None
        try:
            return parse(cell)
        except Invalid as wrong:
            self.errors.append(FieldError(name, wrong.code, one_line(cell)[:80]))
            return None

    def attributes(self) -> Iterator[tuple[str, str]]:
        for code in ATTRIBUTES:
            if value := one_line(self.text(code)):
                yield code, value
        yield from self.read("product_detail", _details) or ()

    def links(self) -> tuple[str, ...] | None:
        if not self.head.has("image_link"):
            return None
        found = [self.read("image_link", _link), *(self.read("additional_image_link", _links) or ())]
        return tuple(dict.fromkeys(link for link in found if link))


def _id(cell: str) -> str:
    if not cell or len(cell) > SKU or cell != one_line(cell):
        raise Invalid("sku.length", "")
    return cell


def _group(cell: str) -> str:
    return _id(cell) if cell else ""


def _gtin(cell: str) -> str:
    return cell.replace(" ", "").replace("-", "")


def _quantity(cell: str) -> int | None:
    if not cell:
        return None
    if not (cell.isascii() and cell.isdigit() and len(cell) <= 9):
        raise Invalid("quantity.form", "")
    return int(cell)


def _in_stock(cell: str) -> bool | None:
    if not cell:
        return None
    try:
        return _STOCKED["_".join(cell.lower().replace("_", " ").split())]
    except KeyError as e:
        raise Invalid("availability.unknown", "") from e


def _market_prices(cell: str) -> tuple[tuple[str, Money], ...]:
    prices = []
    for part in unescaped(cell):
        market, _, price = part.partition(":")
        prices.append((market.strip().upper(), Money.parse(price)))
    if len({market for market, _ in prices}) < len(prices):
        raise Invalid("market.twice", "")
    return tuple(prices)


def _customs_value(cell: str) -> Money | Said:
    return Money.parse(cell) if cell else "none"


def _details(cell: str) -> tuple[tuple[str, str], ...]:
    """`section:name:value` of the specification; the name becomes the attribute's code, the section is not kept."""
    found = []
    for part in unescaped(cell):
        name, colon, value = part.split(":", 1)[-1].partition(":")
        code = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")[:40]
        if not (colon and code and value.strip()):
            raise Invalid("detail.form", "")
        found.append((code, one_line(value)))
    return tuple(found)


def _link(cell: str) -> str:
    if not cell:
        return ""
    if len(cell) > LINK or not re.match(r"https?://[^\s/]+", cell, re.IGNORECASE) or one_line(cell) != cell:
        raise Invalid("link.form", "")
    return cell


def _links(cell: str) -> tuple[str, ...]:
    links = tuple(_link(part) for part in unescaped(cell))
    if len(links) >= PICTURES:
        raise Invalid("pictures.many", "")
    return links


def _grams(cell: str) -> int:
    """Grams of "1.5 kg", "300 g", "2 lb" or "10 oz", rounded half up; 0 for an empty cell."""
    return _measure(cell, _GRAMS, WEIGHT_GRAMS, "weight")


def _millimetres(cell: str) -> int:
    """Millimetres of "20 cm", "205 mm" or "8 in", rounded half up; 0 for an empty cell."""
    return _measure(cell, _MILLIMETRES, SIDE_MM, "side")


def _measure(cell: str, units: dict[str, Decimal], most: int, code: str) -> int:
    if not cell:
        return 0
    amount, _, unit = cell.partition(" ")
    try:
        measured = Decimal(amount.replace(",", ".")) * units[unit.strip().lower()]
    except (DecimalException, KeyError) as e:
        raise Invalid(f"{code}.form", "") from e
    if not measured.is_finite() or not 0 <= measured <= most:
        raise Invalid(f"{code}.range", "")
    return int(measured.quantize(Decimal(1), ROUND_HALF_UP))


def _hs_code(cell: str) -> str:
    return cell.replace(".", "").replace(" ", "")
