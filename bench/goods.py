"""The products of `bench.market` in a file that the rivals are filled from: the same words, prices, pieces, pictures and filters.

They are given one of the two languages, and all prices in one currency: they have less to look up and nothing to convert.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid5

import msgspec

from bench.market import LEAVES, product

NOWHERE = UUID(int=0)
LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class Variant:
    """`price` in minor units."""

    sku: str
    price: int
    stock: int
    color: str


@dataclass(frozen=True, slots=True)
class Good:
    """`category` is the path of its leaf, `pictures` are names of files that are not there."""

    id: str
    slug: str
    title: str
    description: str
    category: str
    brand: str
    material: str
    origin: str
    variants: tuple[Variant, ...]
    pictures: tuple[str, ...]


def write(file: Path, products: int) -> None:
    """One product a line."""
    file.write_bytes(msgspec.json.Encoder().encode_lines(good(n) for n in range(products)))


def good(n: int) -> Good:
    """The n-th of the market."""
    categories = {leaf: uuid5(NOWHERE, leaf) for leaf in LEAVES}
    ours = product(n, categories, datetime.now(UTC))
    words = next(w for w in ours.words if w.language == LANGUAGE)
    attributes = dict(ours.attributes)
    return Good(
        id=str(ours.id),
        slug=ours.slug,
        title=words.title,
        description=words.description,
        category=next(leaf for leaf, id in categories.items() if id == ours.category_id),
        brand=ours.brand,
        material=attributes["material"],
        origin=attributes["origin"],
        variants=tuple(Variant(v.sku, v.price.minor, v.stock, dict(v.options)["color"]) for v in ours.variants),
        pictures=tuple(map(str, ours.picture_ids)),
    )
