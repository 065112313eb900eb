"""A store's logo: looked into, not believed by its name; redrawn by us, so nothing hidden in the file is served."""

from __future__ import annotations

import hashlib
from datetime import datetime
from io import BytesIO
from typing import Protocol
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from caravan.kernel.errors import Invalid
from caravan.outbox.actions import record
from caravan.stores.events import StoreChanged
from caravan.stores.models import Store
from caravan.stores.queries.members import store_for_member

FORMATS = ("PNG", "JPEG", "WEBP")
MOST_BYTES = 2_000_000
MOST_PIXELS = 24_000_000
SIDE = 256  # pixels of the square that is kept


class Readable(Protocol):
    def read(self, size: int = ..., /) -> bytes: ...


def set_logo(*, user_id: UUID, slug: str, file: Readable, at: datetime) -> str:
    """Keep the picture, cropped to a square, as the store's logo; returns its media path.

    Raises Invalid for what is no PNG, JPEG or WebP picture of a reasonable size; NotFound, Forbidden.
    """
    return keep_logo(store_id=store_for_member(user_id=user_id, slug=slug, role="owner").id, file=file, at=at)


def keep_logo(*, store_id: UUID, file: Readable, at: datetime) -> str:
    """The same for a store that is being set up, whoever owns it. The caller has authorised it."""
    drawn = _square(file)
    path = f"stores/{store_id}/{hashlib.sha256(drawn).hexdigest()[:16]}.webp"
    # The file first: killed in between, an unused file remains, never a store without its picture.
    if not default_storage.exists(path):
        default_storage.save(path, ContentFile(drawn))
    _put(store_id, path, at)
    return path


def remove_logo(*, user_id: UUID, slug: str, at: datetime) -> None:
    """Show the store by its initials again. Owners only."""
    _put(store_for_member(user_id=user_id, slug=slug, role="owner").id, "", at)


def _put(store_id: UUID, path: str, at: datetime) -> None:
    with transaction.atomic():
        store = Store.objects.select_for_update().get(pk=store_id)
        before, store.logo = store.logo, path
        store.save(update_fields=["logo"])
        record(StoreChanged(at=at, store_id=store_id))
    if before and before != path:
        default_storage.delete(before)


def _square(file: Readable) -> bytes:
    content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise _refused(_("The picture is larger than 2 MB. Save it smaller and send it again."))
    try:
        with Image.open(BytesIO(content), formats=FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise _refused(_("The picture has too many pixels. 1,000 by 1,000 is plenty."))
            upright = ImageOps.exif_transpose(picture).convert("RGBA")
            square = ImageOps.fit(upright, (SIDE, SIDE))
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError) as broken:
        raise _refused(_("This file is not a PNG, JPEG or WebP picture, or it is damaged.")) from broken
    out = BytesIO()
    square.save(out, "WEBP", quality=86)
    return out.getvalue()


def _refused(wrong: str) -> Invalid:
    return Invalid("store.logo", wrong, logo=wrong)
