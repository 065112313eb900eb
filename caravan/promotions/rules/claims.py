"""Claiming: how long pieces are held, and what a single-use code looks like."""

from __future__ import annotations

import secrets
from datetime import timedelta

HELD_FOR = timedelta(minutes=15)
# Nothing that is read as something else: no I, L, O, U, no 0 and 1.
_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH = 12  # 30**12: one of a million codes is found by 20 tries an hour in three million years
LONGEST_CODE = 24


def new_code() -> str:
    """A code nobody can guess, from the system's own source of randomness."""
    return "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))


def shown_code(code: str) -> str:
    """As people read it: in groups of four."""
    return "-".join(code[n : n + 4] for n in range(0, len(code), 4))


def typed_code(text: str) -> str:
    """What somebody typed, as codes are kept: capitals, without what stands between groups. Empty: no code is that long."""
    code = "".join(sign for sign in text.upper() if not sign.isspace() and sign not in "-–—_")
    return code if len(code) <= LONGEST_CODE and code.isprintable() else ""
