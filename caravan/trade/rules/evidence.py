"""What may be shown in a dispute: pictures, PDF and plain text, told by their content and not by their name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["image", "pdf", "text"]


@dataclass(frozen=True, slots=True)
class EvidenceLimits:
    most_bytes: int = 6_000_000
    most_files: int = 10  # of one party in one dispute
    most_pixels: int = 40_000_000
    side: int = 2_000  # pixels of the longer side that is kept
    most_text: int = 200_000  # bytes of a plain text


LIMITS = EvidenceLimits()
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8")
# What makes a PDF do something when it is opened, looked for outside of its streams. Names may be written with #xx.
_ACTIVE = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|SubmitForm)(?![A-Za-z0-9])")
_STREAMS = re.compile(rb"stream\r?\n.*?endstream", re.DOTALL)
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")


def kind_of(content: bytes) -> Kind | None:
    """What the content is; None for anything we do not keep. A picture still has to be readable as one."""
    if content.startswith(_PICTURES) or (content[:4] == b"RIFF" and content[8:12] == b"WEBP"):
        return "image"
    if content.startswith((b"%PDF-1.", b"%PDF-2.")):
        return "pdf" if b"%%EOF" in content[-1024:] else None
    if not content or b"\x00" in content or len(content) > LIMITS.most_text:
        return None
    try:
        content.decode()
    except UnicodeDecodeError:
        return None
    return "text"


def is_active(pdf: bytes) -> bool:
    """Whether a PDF says that it runs, sends or contains something. What is packed in its streams is not seen: it is never
    served as anything but a download."""
    outside = _STREAMS.sub(b"", pdf)
    return bool(_ACTIVE.search(_ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), outside)))
