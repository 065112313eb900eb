"""Texts in the four languages, and reading them from the TOML files here."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

LANGUAGES = ("en", "ru", "es", "pt")


@dataclass(frozen=True, slots=True)
class Text:
    """The same in each language."""

    en: str
    ru: str
    es: str
    pt: str

    @classmethod
    def parse(cls, line: str) -> Text:
        """From "English | Russian | Spanish | Portuguese". Raises ValueError unless all four are there."""
        parts = [part.strip() for part in line.split("|")]
        if len(parts) != len(LANGUAGES) or not all(parts):
            raise ValueError(f"four languages are wanted: {line!r}")
        return cls(*parts)

    def __getitem__(self, language: str) -> str:
        text: str = getattr(self, language)
        return text

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """(language, text), English first."""
        return tuple((language, self[language]) for language in LANGUAGES)


@cache
def document(name: str) -> dict[str, Any]:
    """One of the TOML files here. What it says is read into typed rows by whoever asks."""
    return tomllib.loads(files(__package__).joinpath(f"{name}.toml").read_text("utf-8"))


def words(line: str) -> tuple[str, ...]:
    """From "one, two, three"."""
    return tuple(word.strip() for word in line.split(",") if word.strip())
