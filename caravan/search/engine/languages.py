"""Words to stems, language by language. Text enters the index already stemmed, so no reader has to register a tokenizer."""

from __future__ import annotations

import re
from functools import cache

from tantivy import Filter, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

# "other" takes every language without a stemmer of its own here.
LANGUAGES = ("en", "ru", "es", "pt", "other")
_STEMMERS = {"en": "english", "ru": "russian", "es": "spanish", "pt": "portuguese"}
# Camões and pães: the stemmer parts these plurals from their singulars, -ão.
_PORTUGUESE_PLURAL = re.compile(r"(?:ões|ães|oes)$")
_REMEMBERED = 200_000

_memory: dict[tuple[str, str], str] = {}


def field_language(tag: str) -> str:
    """The language whose fields hold text of that tag: "pt-BR" -> "pt", "pl" -> "other"."""
    base = tag.split("-")[0].split("_")[0].lower()
    return base if base in _STEMMERS else "other"


def stem(word: str, language: str) -> str:
    """The stem of a word that `rules.words.words` made."""
    key = (language, word)
    found = _memory.get(key)
    if found is None:
        if len(_memory) > _REMEMBERED:
            _memory.clear()
        plain = _PORTUGUESE_PLURAL.sub("ao", word) if language == "pt" else word
        found = _memory[key] = next(iter(_analyzer(language).analyze(plain)), word)
    return found


@cache
def _analyzer(language: str) -> TextAnalyzer:
    builder = TextAnalyzerBuilder(Tokenizer.whitespace()).filter(Filter.ascii_fold())
    if language in _STEMMERS:
        builder = builder.filter(Filter.stemmer(_STEMMERS[language]))
    return builder.build()
