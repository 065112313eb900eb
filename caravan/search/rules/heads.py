"""Which word of a title names the thing: "lamp" in "Brass Table Lamp with Shade", «чехол» in «Чехол для телефона»."""

from __future__ import annotations

import re

from caravan.search.rules.words import UNITS, words

# Where the description of the thing ends and what goes with it begins. "in." is inches, not a preposition.
_BREAK = re.compile(r"\s(?:with|for|in(?!\.)|featuring|includes|including|to|from)\s(?!\d)|\s?\(|, |\s[-–—|]\s")
_HEAD_LAST = frozenset({"en"})


def title_head(title: str, language: str) -> str:
    """The naming word of a title, or "". English puts it last before the break, Russian and the Romance languages first."""
    lowered = title.lower()
    if language not in _HEAD_LAST:
        return head(words(lowered), language)
    found = _BREAK.search(lowered)
    if found and found.start():
        lowered = lowered[: found.start()]
    named = words(lowered)
    return named[-1] if named else ""


def head(found: list[str], language: str) -> str:
    """The naming word among the words of a query, or "". Numbers and units never name a thing."""
    naming = [word for word in found if not word[0].isdigit() and word not in UNITS.values()]
    if not naming:
        return ""
    return naming[-1] if language in _HEAD_LAST else naming[0]
