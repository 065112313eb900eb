from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage

from caravan.web.stylesheet import one_piece

STYLESHEET = "css/caravan.css"


class OnePacking(Compressor):  # type: ignore[misc] # whitenoise publishes no types
    """Packs what has two names, its own and that with its hash, once."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.compress_brotli = cache(super().compress_brotli)
        self.compress_gzip = cache(super().compress_gzip)


class StaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc] # whitenoise publishes no types
    """Static files named by their hash and packed, the style sheet joined into one."""

    def post_process(self, paths: dict[str, tuple[Any, str]], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        if not dry_run:
            source, path = paths[STYLESHEET]
            self.delete(STYLESHEET)
            self.save(STYLESHEET, ContentFile(one_piece(Path(source.path(path))).encode()))
            paths[STYLESHEET] = (self, STYLESHEET)  # the base class reads each file where `paths` says
        yield from super().post_process(paths, dry_run, **options)
        self.compressor = None  # and with it all it has packed

    def create_compressor(self, **options: Any) -> Compressor:
        return OnePacking(**options)
