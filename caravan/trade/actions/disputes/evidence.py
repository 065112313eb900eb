"""Files that a party shows: looked into, not believed by their name. Pictures are drawn anew, so nothing hidden is kept."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from pathlib import PurePath
from typing import Protocol
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from caravan.kernel.errors import Conflict, Forbidden, Invalid
from caravan.kernel.ids import uuid7
from caravan.trade.actions.disputes.moving import locked
from caravan.trade.models import DisputeEvidence
from caravan.trade.queries.sides import Side
from caravan.trade.rules.disputes import Party, State
from caravan.trade.rules.evidence import LIMITS, Kind, is_active, kind_of

FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
TYPES: dict[Kind, tuple[str, str]] = {
    "image": ("image/webp", "webp"),
    "pdf": ("application/pdf", "pdf"),
    "text": ("text/plain", "txt"),
}


class Readable(Protocol):
    def read(self, size: int = ..., /) -> bytes: ...


def add_evidence(*, side: Side, name: str, file: Readable, at: datetime) -> UUID:
    """Keep a file of a party's with its dispute; returns its id. The same content again is the same file.

    Raises Invalid for what is no picture, PDF or plain text of a reasonable size, Conflict for one too many or a settled dispute.
    """
    if side.party not in (Party.BUYER, Party.STORE):
        raise Forbidden("dispute.parties_only", _("Only buyer and store show evidence."))
    kind, content = _checked(file.read(LIMITS.most_bytes + 1))
    media_type, suffix = TYPES[kind]
    digest = hashlib.sha256(content).hexdigest()
    with transaction.atomic():
        _order, dispute = locked(side.order_id)
        mine = DisputeEvidence.objects.filter(dispute=dispute, party=side.party)
        if known := mine.filter(sha256=digest).first():
            return known.pk
        if dispute.state == State.SETTLED:
            raise Conflict("dispute.settled", _("This dispute is settled; nothing more is added to it."))
        if mine.count() >= LIMITS.most_files:
            raise Conflict("dispute.files", _("Each side can add at most ten files. Write down what else there is to say."))
        evidence_id = uuid7()
        # The file first: killed in between, an unused file remains, never evidence without its file.
        path = storages["private"].save(f"disputes/{dispute.pk}/{evidence_id}.{suffix}", ContentFile(content))
        DisputeEvidence.objects.create(
            id=evidence_id, dispute=dispute, party=side.party, name=_named(name, suffix), kind=media_type, size=len(content),
            path=path, sha256=digest, at=at,
        )  # fmt: skip
    return evidence_id


def _checked(content: bytes) -> tuple[Kind, bytes]:
    if len(content) > LIMITS.most_bytes:
        raise _refused(_("The file is larger than 6 MB. Save it smaller and send it again."))
    kind = kind_of(content)
    if kind is None:
        raise _refused(_("Send a picture (JPEG, PNG, WebP, GIF), a PDF or a plain text; this file is none of them or damaged."))
    if kind == "pdf" and is_active(content):
        raise _refused(_("This PDF contains programs or forms. Print it into a plain PDF, or send a picture of it."))
    keep: Callable[[bytes], bytes] = _drawn if kind == "image" else bytes
    return kind, keep(content)


def _drawn(content: bytes) -> bytes:
    """The picture as we draw it: upright, at most so large, without what its camera wrote into it (where and when)."""
    try:
        with Image.open(BytesIO(content), formats=FORMATS) as picture:
            if picture.width * picture.height > LIMITS.most_pixels:
                raise _refused(_("The picture has too many pixels. Save it smaller and send it again."))
            upright = ImageOps.exif_transpose(picture).convert("RGB")
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError) as broken:
        raise _refused(_("This file is damaged, or is no picture.")) from broken
    upright.thumbnail((LIMITS.side, LIMITS.side))
    out = BytesIO()
    upright.save(out, "WEBP", quality=82)
    return out.getvalue()


def _named(name: str, suffix: str) -> str:
    """The sender's own name for it, without folders and signs that could mislead, under the suffix of what it is."""
    stem = PurePath(name.replace("\\", "/")).stem
    clean = "".join(c for c in stem if c.isprintable() and c not in '"<>|:*?/').strip() or "file"
    return f"{clean[:100]}.{suffix}"


def _refused(wrong: str) -> Invalid:
    return Invalid("dispute.file", wrong, file=wrong)
