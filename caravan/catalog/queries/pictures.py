from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from django.core.files.storage import default_storage

from caravan.catalog.queries.rows import select
from caravan.catalog.rules.pictures import WIDTHS, file_path, widths


@dataclass(frozen=True, slots=True)
class PictureRow:
    """A picture ready for `<picture>`: `webp` is a srcset, `src` its 640 pixel file, `thumb` the 160 one; size of the largest.

    `avif` is empty: we make none (see rules.pictures). Pages add `alt`.
    """

    id: UUID
    src: str
    webp: str
    thumb: str
    full: str
    width: int
    height: int
    avif: str = ""
    alt: str = ""


@lru_cache(maxsize=16_384)
def picture_row(id: UUID, digest: str, width: int, height: int, alt: str = "") -> PictureRow:
    """From the columns of a picture: no statement is run. Kept, since a picture never changes and lists show the same ones."""
    base = _base()
    sizes = widths(width)
    urls = [base + file_path(digest, w) for w in sizes]
    middle = urls[min(len(urls) - 1, WIDTHS.index(640))]
    srcset = ", ".join(f"{url} {w}w" for url, w in zip(urls, sizes, strict=True))
    return PictureRow(id, middle, srcset, urls[0], urls[-1], width, height, alt=alt)


_PICTURES = "SELECT id, digest, width, height FROM catalog_picture WHERE id = ANY(%s)"


def pictures(ids: Iterable[UUID]) -> dict[UUID, PictureRow]:
    """The pictures of those ids, by id; those that no longer exist are left out."""
    return {row[0]: picture_row(*row) for row in select(_PICTURES, list(set(ids)))}


@lru_cache(maxsize=1)
def _base() -> str:
    # Asked once: forty-eight cards of four widths each would ask two hundred times a page.
    return default_storage.url("x").removesuffix("x")
