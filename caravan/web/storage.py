from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

from caravan.web.stylesheet import one_piece

STYLESHEET = "css/caravan.css"


class StaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc] # whitenoise publishes no types
    """Static files named by their hash and packed, the style sheet joined into one."""

    def post_process(self, paths: dict[str, tuple[Any, str]], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        if not dry_run:
            source, path = paths[STYLESHEET]
            self.delete(STYLESHEET)
            self.save(STYLESHEET, ContentFile(one_piece(Path(source.path(path))).encode()))
            paths[STYLESHEET] = (self, STYLESHEET)  # the base class reads each file where `paths` says
        yield from super().post_process(paths, dry_run, **options)
