"""What attributes and their values are called. The English word is the value that is stored."""

from __future__ import annotations

from functools import cache

from caravan.project.demo.content.catalogue import Spec
from caravan.project.demo.content.text import LANGUAGES, Text, document, words


@cache
def attribute(code: str) -> Text:
    return Text.parse(document("labels")["attributes"][code])


@cache
def colour(slug: str) -> Text:
    return Text.parse(document("labels")["colours"][slug])


@cache
def material(slug: str) -> Text:
    return Text.parse(document("labels")["materials"][slug])


def colours() -> tuple[Text, ...]:
    return tuple(colour(slug) for slug in document("labels")["colours"])


def materials() -> tuple[Text, ...]:
    return tuple(material(slug) for slug in document("labels")["materials"])


@cache
def sizes(scale: str) -> tuple[Text, ...]:
    """The sizes of a scale ("clothes", "shoes", ...), smallest first."""
    named = document("labels")["size_names"]
    return tuple(
        Text.parse(named[size]) if size in named else Text(size, size, size, size)
        for size in words(document("labels")["sizes"][scale])
    )


@cache
def figures(spec: Spec) -> tuple[Text, ...]:
    """The values of a spec with their units: "128 GB", "1080p"."""
    return tuple(_figure(number, unit) for number, unit in spec.values)


def _figure(number: str, unit: str) -> Text:
    names = Text.parse(document("labels")["units"][unit])
    gap = "" if unit == "p" else " "
    return Text(*(f"{_number(number, language)}{gap}{names[language]}" for language in LANGUAGES))


def _number(number: str, language: str) -> str:
    return number if language == "en" else number.replace(".", ",")
