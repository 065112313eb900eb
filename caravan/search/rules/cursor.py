"""Where a list goes on: opaque to callers, checked when it comes back."""

from __future__ import annotations

import base64
import binascii
import struct
from zlib import crc32

from caravan.kernel.errors import Invalid

_FORM = struct.Struct(">IQ")


def encode(fingerprint: tuple[object, ...], position: int) -> str:
    """`position` is 0 to 2^64-1: the rank reached, or the sort key last shown."""
    packed = _FORM.pack(_mark(fingerprint), position)
    return base64.urlsafe_b64encode(packed).rstrip(b"=").decode()


def decode(cursor: str, fingerprint: tuple[object, ...]) -> int:
    """The position in `cursor`. Raises Invalid if it is damaged or was made for another search."""
    try:
        mark, position = _FORM.unpack(base64.urlsafe_b64decode(cursor.encode("ascii") + b"=="))
    except (ValueError, binascii.Error, struct.error, UnicodeEncodeError) as error:
        raise _refusal() from error
    if mark != _mark(fingerprint):
        raise _refusal()
    return int(position)


def _refusal() -> Invalid:
    return Invalid(
        "search.cursor", "This link does not belong to this search. Start again from its first page.", cursor="unusable"
    )


def _mark(fingerprint: tuple[object, ...]) -> int:
    return crc32(repr(fingerprint).encode())
