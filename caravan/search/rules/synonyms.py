"""Words that mean the same on this market, from plain text an operator can edit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from caravan.kernel.errors import Invalid
from caravan.search.rules.words import words

Phrase: TypeAlias = tuple[str, ...]


def parse(lines: Iterable[str], source: str = "synonyms") -> Mapping[Phrase, tuple[Phrase, ...]]:
    """What else to look for, by phrase asked for.

    `a, b => c, d`: who asks for a or b is also shown c and d. `a, b, c`: each stands for the others. `#` begins a comment.
    Raises Invalid naming the line that cannot be read.
    """
    found: dict[Phrase, list[Phrase]] = {}
    for number, line in enumerate(lines, 1):
        line = line.split("#")[0].strip()
        if not line:
            continue
        left, arrow, right = line.partition("=>")
        asked, shown = _phrases(left), _phrases(right) if arrow else _phrases(left)
        if not asked or not shown or (not arrow and len(asked) < 2):
            raise Invalid("search.synonyms", f"{source}, line {number}: write `a, b => c` or `a, b`, not `{line}`.")
        for phrase in asked:
            known = found.setdefault(phrase, [])
            known.extend(other for other in shown if other != phrase and other not in known)
    return {phrase: tuple(others) for phrase, others in found.items()}


def _phrases(text: str) -> list[Phrase]:
    return [phrase for part in text.split(",") if (phrase := tuple(words(part)))]
