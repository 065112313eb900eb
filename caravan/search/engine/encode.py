"""A product as the index stores it."""

from __future__ import annotations

from itertools import pairwise
from typing import Any
from zlib import crc32

from tantivy import Document

from caravan.search.engine.languages import field_language, stem
from caravan.search.engine.schema import SAMPLES, schema
from caravan.search.rules import standing
from caravan.search.rules.document import SearchDocument
from caravan.search.rules.heads import title_head
from caravan.search.rules.words import words

EVERYWHERE = "*"
_LARGEST = 2**32 - 1


def encode(product: SearchDocument) -> Document:
    """The Tantivy document of a product. Types are taken from the schema: a guess that misses would end the writer."""
    rated = standing.rating(product.rating_mean, product.rating_count)
    fields: dict[str, Any] = {
        "id": product.id,
        "category": list(product.category_path),
        "category_edge": [f"{parent}/{child}" for parent, child in pairwise(("", *product.category_path))],
        "store": product.store_slug,
        "attribute": [f"{code}={value}" for code, value in product.attributes],
        "ships_to": list(product.ships_to) or [EVERYWHERE],
        "price": max(0, product.price),
        "rating": round(product.rating_mean * 100) if product.rating_count else 0,
        "by_price": _key(product.price, product.id),
        "by_sales": _key(product.sold_30d, product.id),
        "by_rating": _key(round(rated * 1_000_000), product.id),
        "by_newest": _key(round(product.published_at.timestamp()), product.id),
        "sample": crc32(product.id.encode()) % SAMPLES,
        "mean": float(product.rating_mean),
        "ratings": product.rating_count,
        "buyers": product.buyers,
        "lift": standing.lift(product.sold_30d, product.rating_mean, product.rating_count, product.standing),
    }
    if product.offered_in:
        fields["offer"] = list(product.offered_in)
    if product.brand:
        fields["brand"] = product.brand
    for tag, title in product.titles.items():
        for name, values in _text(product, tag, title).items():
            fields.setdefault(name, []).extend(values)
    return Document.from_dict(fields, schema())


def _text(product: SearchDocument, tag: str, title: str) -> dict[str, list[str]]:
    language = field_language(tag)
    named = words(title)
    names = product.category_names.get(tag, ())
    more = " ".join((product.brand, *names, *(value for _, value in product.attributes)))
    return {
        f"title_{language}": [_stems(named, language)],
        f"head_{language}": [_stems([title_head(title, language)], language)],
        f"more_{language}": [_stems(words(more), language)],
        f"text_{language}": [_stems(words(product.descriptions.get(tag, "")), language)],
        f"word_{language}": [" ".join(named)],
        f"category_name_{language}": [f"{name}\t{slug}" for slug, name in zip(product.category_path, names, strict=False)],
        f"shown_{language}": [title],
    }


def _stems(found: list[str], language: str) -> str:
    return " ".join(stem(word, language) for word in found if word)


def _key(value: int, id: str) -> int:
    """The value, then a hash of the id: a sort key no two products share (chance 2^-32), so a page can begin after it."""
    return min(max(0, value), _LARGEST) << 32 | crc32(id.encode())
