"""Global Trade Item Numbers (GTIN-8, -12, -13, -14), as GS1 defines them."""

from __future__ import annotations


def check_digit(body: str) -> int:
    """The last digit of a GTIN whose other digits are `body` (GS1 General Specifications 7.9: weights 3, 1 from the right)."""
    weighted = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(body)))
    return -weighted % 10


def gtin_error(gtin: str) -> str:
    """What is wrong with `gtin`: "gtin.form", "gtin.check", or "" when nothing is. Not all goods have one."""
    if not gtin:
        return ""
    if not (gtin.isascii() and gtin.isdigit() and len(gtin) in (8, 12, 13, 14)):
        return "gtin.form"
    return "" if check_digit(gtin[:-1]) == int(gtin[-1]) else "gtin.check"
