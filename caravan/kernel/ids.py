"""UUIDv7 identifiers (RFC 9562): sortable by creation, no coordination, index-friendly."""

from __future__ import annotations

import os
import threading
import time
from datetime import datetime
from uuid import UUID

_lock = threading.Lock()
_last = 0


def uuid7(at: datetime | None = None) -> UUID:
    """A new UUIDv7. Within this process ids made without `at` strictly increase.

    `at` dates the id (imports of historic records); its order within one millisecond is random.
    """
    if at is not None:
        return _assemble(int(at.timestamp() * 1000) << 12 | int.from_bytes(os.urandom(2)) & 0xFFF)
    global _last
    with _lock:
        # 48 bits of milliseconds and 12 of sub-millisecond clock (RFC 9562, method 3); a tie or a clock set back counts on.
        nanoseconds = time.time_ns()
        milliseconds, rest = divmod(nanoseconds, 1_000_000)
        _last = max(_last + 1, milliseconds << 12 | rest * 4096 // 1_000_000)
        return _assemble(_last)


def _assemble(stamp: int) -> UUID:
    random = int.from_bytes(os.urandom(8)) & (1 << 62) - 1
    return UUID(int=(stamp >> 12) << 80 | 0x7 << 76 | (stamp & 0xFFF) << 64 | 0b10 << 62 | random)
