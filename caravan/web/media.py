"""Media files, where no web server or CDN stands in front of us. In production these addresses never reach Django."""

from __future__ import annotations

import posixpath

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from caravan.kernel.errors import NotFound

# Only what our own code writes is served, and only as what it is.
TYPES = {".webp": "image/webp", ".avif": "image/avif", ".png": "image/png", ".jpg": "image/jpeg"}
FOLDERS = ("pictures", "stores")


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """A file of the media storage. Its name holds the digest of its content, so a browser may keep it for ever."""
    kind = TYPES.get(posixpath.splitext(path)[1])
    if kind is None or path.split("/")[0] not in FOLDERS or posixpath.normpath(path) != path:
        raise _missing()
    try:
        file = default_storage.open(path)
    except (OSError, SuspiciousFileOperation, ValueError) as e:
        raise _missing() from e
    response = FileResponse(file, content_type=kind)
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _missing() -> NotFound:
    return NotFound("media.unknown", _("There is no such file."))
