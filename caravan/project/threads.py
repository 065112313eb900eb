"""What Django keeps for each task of an event loop, kept for the thread alone.

Language, address prefix and database connection are asked for a few hundred times a page, and each time Django looks whether an
event loop is running. The server has none: a request has its thread to itself from beginning to end.
"""

from __future__ import annotations

import threading

from django.db import connections
from django.urls import base as addresses
from django.utils.translation import trans_real as languages


def keep_by_thread() -> None:
    """For a process that has not answered anything yet: what was kept before is not looked at again."""
    languages._active = threading.local()  # type: ignore[attr-defined]
    addresses._prefixes = threading.local()  # type: ignore[attr-defined]
    addresses._urlconfs = threading.local()  # type: ignore[attr-defined]
    connections._connections = threading.local()  # type: ignore[attr-defined]
