"""Names as parts of addresses: lower-case ASCII letters, digits and hyphens, Cyrillic spelled in Latin letters."""

from __future__ import annotations

import re
import unicodedata

# Passport spelling (ICAO Doc 9303), and Kazakh's own letters as its 2021 alphabet has them, without accents.
_LATIN = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюяәғқңөұүһі",
        ["a", "b", "v", "g", "d", "e", "e", "zh", "z", "i", "i", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "f", "kh",
         "ts", "ch", "sh", "shch", "ie", "y", "", "e", "iu", "ia", "a", "g", "q", "n", "o", "u", "u", "h", "i"],
        strict=True,
    )
) | {"ł": "l", "ø": "o", "æ": "ae", "ß": "ss", "đ": "d"}  # fmt: skip


def slug_of(name: str, *, longest: int = 60) -> str:
    """“Чай и Кофе” as "chai-i-kofe". Empty when nothing of the name can be spelled."""
    spelled = "".join(_LATIN.get(letter, letter) for letter in name.casefold())
    ascii_only = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only)[:longest].strip("-")
