"""Pictures of goods: looked into, redrawn at the widths pages ask for, so that nothing else that was in the file is served.

WebP at every width. AVIF would be 15 percent smaller and take four to five times as long to encode, so it is not made.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageCms, ImageOps

from caravan.kernel.errors import Invalid

WIDTHS = (160, 320, 640, 1280)
FORMATS = ("JPEG", "PNG", "WEBP", "AVIF")
MOST_BYTES = 10_000_000
MOST_PIXELS = 40_000_000  # decoded they take four bytes each
QUALITY = 80


@dataclass(frozen=True, slots=True)
class Rendering:
    """A picture redrawn: its `digest` (SHA-256 of what was sent), size in pixels, and a WebP file by width."""

    digest: str
    width: int
    height: int
    files: tuple[tuple[int, bytes], ...]


def widths(width: int) -> tuple[int, ...]:
    """The widths a picture `width` pixels wide is kept at: those of WIDTHS it fills, and its own where it ends below the last."""
    full = min(width, WIDTHS[-1])
    return (*(w for w in WIDTHS if w < full), full)


def file_path(digest: str, width: int) -> str:
    """Where that width of the picture lies in the media storage."""
    return f"pictures/{digest[:2]}/{digest}-{width}.webp"


def digest_of(content: bytes) -> str:
    """What a picture is kept under: SHA-256 of its bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def render(content: bytes) -> Rendering:
    """Redraw an uploaded file. Raises `Invalid`: picture.large, picture.pixels, picture.unreadable (not of FORMATS)."""
    if len(content) > MOST_BYTES:
        raise Invalid(
            "picture.large", f"The picture is larger than {MOST_BYTES // 1_000_000} MB. Save it smaller and send it again."
        )
    try:
        with Image.open(BytesIO(content), formats=FORMATS) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise Invalid(
                    "picture.pixels", f"The picture has more than {MOST_PIXELS // 1_000_000} megapixels. Save it smaller."
                )
            opened.draft("RGB", (WIDTHS[-1], WIDTHS[-1]))  # a JPEG is decoded no larger than it is used
            picture = _plain(opened)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as e:  # what Pillow raises for broken files
        raise Invalid("picture.unreadable", "This is not a picture in JPEG, PNG, WebP or AVIF, or it is broken.") from e
    sizes = widths(picture.width)
    picture = _scaled(picture, sizes[-1])
    full, files = picture.size, []
    for width in reversed(sizes):
        picture = _scaled(picture, width)
        out = BytesIO()
        picture.save(out, "WEBP", quality=QUALITY, method=1)
        files.append((width, out.getvalue()))
    return Rendering(digest_of(content), *full, tuple(files))


def _scaled(picture: Image.Image, width: int) -> Image.Image:
    if picture.width == width:
        return picture
    factor, rest = divmod(picture.width, width)
    if not rest:
        return picture.reduce(factor)  # as good for whole factors, and ten times as fast
    return picture.resize((width, max(1, round(picture.height * width / picture.width))), Image.Resampling.LANCZOS)


def _plain(opened: Image.Image) -> Image.Image:
    """The first frame, the right way up, in sRGB, with nothing attached."""
    picture = ImageOps.exif_transpose(opened)
    profile = picture.info.get("icc_profile")
    has_alpha = "A" in picture.getbands() or "transparency" in picture.info
    if profile and picture.mode in ("RGB", "RGBA", "CMYK"):
        try:
            turned = ImageCms.profileToProfile(
                picture,
                ImageCms.ImageCmsProfile(BytesIO(profile)),
                ImageCms.createProfile("sRGB"),
                outputMode="RGBA" if has_alpha else "RGB",
            )
            picture = turned or picture
        except ImageCms.PyCMSError:
            pass  # a broken profile: the colours as they are
    picture = picture.convert("RGBA" if has_alpha else "RGB")
    if has_alpha and picture.getchannel("A").getextrema() == (255, 255):
        picture = picture.convert("RGB")  # opaque after all, as most of them: a third of the work less
    picture.info.clear()
    return picture
