"""Which fonts a text needs. Noto Sans writes Latin, Cyrillic and Greek; each other script has a file of its own, opened only for
a document that uses it (`fonts/OFL.txt` has the licence and says what was left out of them)."""

from __future__ import annotations

import unicodedata
from collections.abc import Container, Iterable
from pathlib import Path

FOLDER = Path(__file__).parent / "fonts"
FAMILY = "NotoSans"

# First and last code point of the blocks that each font is opened for. What none of them has, `printable` replaces.
SCRIPTS: tuple[tuple[str, tuple[tuple[int, int], ...]], ...] = (
    ("Armenian", ((0x530, 0x58F),)),
    ("Hebrew", ((0x590, 0x5FF), (0xFB1D, 0xFB4F))),
    ("Arabic", ((0x600, 0x6FF), (0x750, 0x77F), (0x8A0, 0x8FF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFF))),
    ("Devanagari", ((0x900, 0x97F), (0xA8E0, 0xA8FF))),
    ("Bengali", ((0x980, 0x9FF),)),
    ("Gurmukhi", ((0xA00, 0xA7F),)),
    ("Gujarati", ((0xA80, 0xAFF),)),
    ("Tamil", ((0xB80, 0xBFF),)),
    ("Telugu", ((0xC00, 0xC7F),)),
    ("Kannada", ((0xC80, 0xCFF),)),
    ("Malayalam", ((0xD00, 0xD7F),)),
    ("Sinhala", ((0xD80, 0xDFF),)),
    ("Thai", ((0xE00, 0xE7F),)),
    ("Lao", ((0xE80, 0xEFF),)),
    ("Myanmar", ((0x1000, 0x109F), (0xA9E0, 0xA9FF), (0xAA60, 0xAA7F))),
    ("Georgian", ((0x10A0, 0x10FF), (0x1C90, 0x1CBF), (0x2D00, 0x2D2F))),
    ("Ethiopic", ((0x1200, 0x139F), (0x2D80, 0x2DDF))),
    ("Khmer", ((0x1780, 0x17FF), (0x19E0, 0x19FF))),
    ("CJK", ((0x1100, 0x11FF), (0x2E80, 0x9FFF), (0xAC00, 0xD7AF), (0xF900, 0xFAFF), (0xFF00, 0xFFEF), (0x20000, 0x2FA1F))),
)
UNWRITABLE = "?"
ALIKE = {"−": "-", "≤": "<=", "≥": ">=", "≈": "~", "→": "->"}  # of titles, where no font has the left one


def scripts_of(texts: Iterable[str]) -> list[str]:
    """The fonts beside FAMILY that these texts need, as names of SCRIPTS."""
    used = {ord(char) for text in texts for char in text if ord(char) > 0x52F}
    return [name for name, blocks in SCRIPTS if any(first <= code <= last for code in used for first, last in blocks)]


def printable(text: str, known: Container[int]) -> str:
    """The text in characters there are glyphs for (`known` code points): others are taken apart (“ﬁ” to “fi”), left out where
    they are mere decoration (emoji, marks of direction), else shown as a question mark, never as an empty box."""
    return "".join(char if ord(char) in known or char == "\n" else _instead(char, known) for char in text)


def _instead(char: str, known: Container[int]) -> str:
    apart = ALIKE.get(char) or unicodedata.normalize("NFKD", char)
    written = "".join(c for c in apart if ord(c) in known)
    if written:
        return written
    return "" if unicodedata.category(char) in ("So", "Sk", "Cf", "Cc", "Cs", "Co", "Cn", "Mn", "Me") else UNWRITABLE
