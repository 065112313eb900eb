"""Titles and descriptions of goods, put together so that no language needs agreement: "Name, fact, colour"."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from random import Random

from caravan.kernel.markets import country
from caravan.project.demo.content.catalogue import ProductType
from caravan.project.demo.content.text import LANGUAGES, Text, document

LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class Article:
    """What a product's words rest on. `facts` are indices into its type's, the first in the title; `extra` ends the title."""

    type: ProductType
    brand: str
    facts: tuple[int, ...]
    material: Text | None
    extra: Text | None
    ships_from: str
    handling_days: int


@cache
def _sentences(language: str) -> dict[str, list[str]]:
    sentences: dict[str, list[str]] = document("descriptions")[language]
    return sentences


def title(article: Article, language: str) -> str:
    """ "Mug Norvik, thick walls, ceramic, sky blue": like a label, each part a noun phrase of its own."""
    parts = [f"{article.type.name[language]} {article.brand}".strip(), article.type.facts[article.facts[0]][language]]
    for more in (article.material, article.extra):
        if more is not None:
            parts.append(_inside(more[language]))
    return ", ".join(parts)[:LONGEST_TITLE]


def descriptions(article: Article, rng: Random) -> tuple[str, ...]:
    """One in each of LANGUAGES, the same sentences in the same order: a few sentences, then the facts as a list."""
    opening, season, closing = rng.randrange(7), rng.randrange(3), rng.randrange(5)
    material, size = rng.randrange(2), rng.randrange(2)
    return tuple(_description(article, language, (opening, season, material, size, closing)) for language in LANGUAGES)


def _description(article: Article, language: str, picked: tuple[int, int, int, int, int]) -> str:
    opening, season, material, size, closing = picked
    kind, say = article.type, _sentences(language)
    first, second = (kind.facts[i][language] for i in (*article.facts, *article.facts)[:2])
    sentences = [
        say["opening"][opening].format(name=kind.name[language], first=first, second=second),
        say[kind.season][season],
        say["closing"][closing].format(country=country(article.ships_from).name(language), days=article.handling_days),
    ]
    lines = [fact[language] for fact in kind.facts]
    if article.material is not None:
        lines.append(say["material"][material].format(material=_inside(article.material[language])).rstrip("."))
    measures = {"width": _number(kind.size.width, language), "height": _number(kind.size.height, language)}
    lines.append(say["size"][size].format(**measures, grams=kind.grams).removesuffix("."))
    return " ".join(sentences) + "\n\n" + "\n".join(f"• {line[:1].upper()}{line[1:]}" for line in lines)


def _inside(words: str) -> str:
    """Words of a list as they stand within a title: small, unless they are a figure or a short name like "TPU"."""
    return words if words.isupper() or words[:1].isdigit() else words[:1].lower() + words[1:]


def _number(value: float, language: str) -> str:
    return f"{value:g}" if language == "en" else f"{value:g}".replace(".", ",")
