"""Signed webhooks: HMAC-SHA256 over the time and the body, so that neither can be changed and an old one cannot be replayed.

Caravan-Signature: t=1767225600,v1=5257a8…
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime, timedelta

from caravan.kernel.errors import Forbidden

HEADER = "Caravan-Signature"
TOLERANCE = timedelta(minutes=5)


def sign(secret: bytes, body: bytes, at: datetime) -> str:
    stamp = str(int(at.timestamp()))
    return f"t={stamp},v1={_mac(secret, stamp, body)}"


def check(secret: bytes, signature: str, body: bytes, at: datetime) -> None:
    """Raises Forbidden unless `signature` is ours, of this body and at most TOLERANCE away from `at`."""
    parts = dict(part.partition("=")[::2] for part in signature.split(","))
    stamp, mac = parts.get("t", ""), parts.get("v1", "")
    if not (stamp.isascii() and stamp.isdigit()) or not hmac.compare_digest(mac.encode(), _mac(secret, stamp, body).encode()):
        raise Forbidden("webhook.signature", f"The {HEADER} header does not fit this body.")
    if abs(at.timestamp() - int(stamp)) > TOLERANCE.total_seconds():
        raise Forbidden("webhook.old", f"The {HEADER} header is more than {TOLERANCE.seconds} seconds off our clock.")


def _mac(secret: bytes, stamp: str, body: bytes) -> str:
    return hmac.new(secret, stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
