"""Pieces of pages that are drawn again and again."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import lru_cache
from typing import Any


@lru_cache(maxsize=4_096)
def kept(macro: Callable[..., Any], *arguments: Hashable) -> Any:
    """What `macro` draws of `arguments`, drawn once while it is remembered.

    Never stale, since the arguments are the key: for macros that depend on nothing else, neither language nor address.
    """
    return macro(*arguments)
