"""The synonyms in use: Caravan's own and the operator's, stemmed for look-up."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path

from caravan.search.engine.languages import stem
from caravan.search.rules.synonyms import Phrase, parse


@cache
def synonyms(language: str, extra: Path | None = None) -> Mapping[Phrase, tuple[Phrase, ...]]:
    """Stemmed phrase to stemmed phrases, from `data/synonyms.<language>.txt` here and the same file name under `extra`.

    Raises Invalid naming the file and line that cannot be read.
    """
    found: dict[Phrase, tuple[Phrase, ...]] = {}
    name = f"synonyms.{language}.txt"
    for source in (files("caravan.search").joinpath("data", name), *([extra / name] if extra else [])):
        if source.is_file():
            for asked, shown in parse(source.read_text("utf-8").splitlines(), name).items():
                key = _stems(asked, language)
                found[key] = (*found.get(key, ()), *(_stems(phrase, language) for phrase in shown))
    return found


def _stems(phrase: Phrase, language: str) -> Phrase:
    return tuple(stem(word, language) for word in phrase)
