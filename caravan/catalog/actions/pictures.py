from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from os import cpu_count

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from caravan.catalog.models import Picture
from caravan.catalog.queries.pictures import PictureRow, pictures
from caravan.catalog.rules.pictures import Rendering, digest_of, file_path, render
from caravan.kernel.ids import uuid7


def store_picture(*, content: bytes) -> PictureRow:
    """Keep an uploaded picture. The same content again is the same picture. Raises `Invalid` for what is no picture of ours."""
    return store_pictures(contents=[content])[0]


def store_pictures(*, contents: Sequence[bytes]) -> list[PictureRow]:
    """Keep many, on all processors, in the order given. Raises `Invalid` for the first that is no picture."""
    digests = [digest_of(content) for content in contents]
    known = set(Picture.objects.filter(digest__in=digests).values_list("digest", flat=True))
    new = {digest: content for digest, content in zip(digests, contents, strict=True) if digest not in known}
    # Threads suffice: Pillow encodes outside Python's lock.
    with ThreadPoolExecutor(cpu_count()) as pool:
        drawn = list(pool.map(_draw, new.values()))
    # Files first: killed in between, unused files remain, never a picture without its file.
    Picture.objects.bulk_create(
        (Picture(id=uuid7(), digest=r.digest, width=r.width, height=r.height) for r in drawn), ignore_conflicts=True
    )
    ids = dict(Picture.objects.filter(digest__in=digests).values_list("digest", "id"))
    rows = pictures(ids.values())
    return [rows[ids[digest]] for digest in digests]


def _draw(content: bytes) -> Rendering:
    drawn = render(content)
    for width, file in drawn.files:
        default_storage.save(file_path(drawn.digest, width), ContentFile(file))
    return drawn
