"""What a Harmonized System code says: the heading it counts under, and which rate of tax such goods have.

Chapters and headings are those of the Harmonized System (HS 2022, World Customs Organization).
"""

from __future__ import annotations

import re

STANDARD = "standard"
CLASSES = (STANDARD, "books", "food", "clothing")

_BOOKS = ("4901", "4903")
_CLOTHING = ("61", "62", "64")  # apparel knitted and woven, footwear
_FOOD = tuple(f"{chapter:02}" for chapter in (*range(2, 5), *range(7, 22)))


def is_code(text: str) -> bool:
    """Six to ten digits: six are the world's, the rest a country's own."""
    return re.fullmatch(r"[0-9]{6,10}", text) is not None


def heading(hs_code: str) -> str:
    """The six digits all countries share, by which goods are counted; empty for no code."""
    return hs_code[:6]


def rate_class(hs_code: str) -> str:
    """One of CLASSES. Goods without a code are taken for standard ones: no relief without a reason."""
    if hs_code.startswith(_BOOKS):
        return "books"
    if hs_code.startswith(_CLOTHING):
        return "clothing"
    return "food" if hs_code.startswith(_FOOD) else STANDARD
