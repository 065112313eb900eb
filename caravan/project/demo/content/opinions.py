"""What buyers write about what they bought, and what stores answer."""

from __future__ import annotations

from functools import cache
from random import Random

from caravan.project.demo.content.text import document

_BY_STARS = {5: "five", 4: "four", 3: "three", 2: "two", 1: "one"}


def review(language: str, stars: int, days: int, late: bool, rng: Random) -> str:
    """A sentence of the article and now and then one of the delivery (it took `days`) and of the store."""
    say, sentences = _sentences(language), []
    sentences.append(_one(say[_BY_STARS[stars]], rng))
    if rng.random() < (0.7 if late else 0.35):
        sentences.append(_one(say["slow" if late else "fast"], rng).format(days=days))
    if rng.random() < 0.18:
        sentences.append(_one(say["kind" if stars > 3 else "rude"], rng))
    if len(sentences) > 1 and rng.random() < 0.25:
        sentences.reverse()
    return " ".join(sentences)


def answer(language: str, stars: int, rng: Random) -> str:
    return _one(_sentences(language)["reply_good" if stars > 3 else "reply_bad"], rng)


@cache
def _sentences(language: str) -> dict[str, list[str]]:
    sentences: dict[str, list[str]] = document("reviews")[language]
    return sentences


def _one(sentences: list[str], rng: Random) -> str:
    return sentences[int(rng.random() * len(sentences))]
