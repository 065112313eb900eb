from __future__ import annotations

from django.core.files.storage import default_storage
from django.templatetags.static import static

from caravan.catalog.rules.pictures import file_path

WIDTH = 160


def thumb(digest: str) -> str:
    """The address of a product's small picture, or of the one that stands for none."""
    return default_storage.url(file_path(digest, WIDTH)) if digest else static("img/no-picture.svg")
