"""The columns of a product file: the names of the Google Merchant product specification, and the few we add to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from caravan.kernel.errors import Invalid
from caravan.kernel.sheets import unguarded

REQUIRED = ("id", "title", "price")
# Columns that become attributes of the goods as they stand.
ATTRIBUTES = ("color", "size", "material", "pattern", "gender", "age_group", "condition", "mpn")
SIDES = ("shipping_length", "shipping_width", "shipping_height")
# Not of the specification: how many there are, what customs ask, the language written in, prices per market ("BR:12.34 USD,...").
OURS = ("quantity", "origin_country", "hs_code", "content_language", "market_prices", "customs_value")
READ = (
    *REQUIRED, "description", "image_link", "additional_image_link", "availability", "brand", "gtin", "product_type",
    "google_product_category", "item_group_id", "shipping_weight", *SIDES, "product_detail", *ATTRIBUTES, *OURS,
)  # fmt: skip
# What an export writes, in this order.
WRITTEN = tuple(name for name in READ if name != "google_product_category")


@dataclass(frozen=True, slots=True)
class Header:
    """Which place in a row each column we read has, and the names of those we do not."""

    places: dict[str, int]
    ignored: tuple[str, ...]

    def has(self, *names: str) -> bool:
        return any(name in self.places for name in names)

    def cell(self, cells: Sequence[str], name: str) -> str | None:
        """The text under `name`, stripped; None where the file has no such column, "" where the row is too short."""
        place = self.places.get(name)
        if place is None:
            return None
        return unguarded(cells[place].strip()) if place < len(cells) else ""


def header(cells: Sequence[str]) -> Header:
    """The header row read. Raises `Invalid`: feed.header when a required column is missing, feed.twice when one stands twice."""
    names = [_name(cell) for cell in cells]
    missing = [name for name in REQUIRED if name not in names]
    if missing:
        raise Invalid(
            "feed.header",
            f"The first line must name the columns; there is no column {', '.join(missing)}. "
            f"Found: {', '.join(n for n in names if n)[:200] or 'nothing'}.",
        )
    twice = next((name for name in READ if names.count(name) > 1), None)
    if twice:
        raise Invalid("feed.twice", f"The column {twice} stands twice in the first line. Keep one of them.")
    places = {name: place for place, name in enumerate(names) if name in READ}
    return Header(places, tuple(dict.fromkeys(n[:60] for n in names if n and n not in READ)))


def _name(cell: str) -> str:
    return "_".join(cell.strip().strip("\ufeff").lower().replace("-", " ").replace("_", " ").split())


def separator(first_line: str) -> str:
    """Tab, comma or semicolon: whichever the first line has most of (a spreadsheet in Europe writes semicolons)."""
    return max("\t,;", key=first_line.count)


def escaped(parts: Sequence[str]) -> str:
    """Several values in one cell, joined by commas; a comma or backslash inside a value gets a backslash."""
    return ",".join(part.replace("\\", "\\\\").replace(",", "\\,") for part in parts)


def unescaped(cell: str) -> Iterator[str]:
    """The values of a cell written by `escaped`, stripped, empty ones left out."""
    part, quoted = "", False
    for character in cell:
        if quoted or character not in "\\,":
            part, quoted = part + character, False
        elif character == "\\":
            quoted = True
        else:
            if part.strip():
                yield part.strip()
            part = ""
    if part.strip():
        yield part.strip()
