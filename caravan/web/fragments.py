"""Pieces of pages that are drawn again and again."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from functools import lru_cache
from typing import Any

from markupsafe import Markup


@lru_cache(maxsize=32_768, typed=True)
def kept(macro: Callable[..., Any], *arguments: Hashable) -> Any:
    """What `macro` draws of `arguments`, drawn once while it is remembered.

    Never stale, since the arguments are the key: for macros that depend on nothing else, neither language nor address.
    """
    return macro(*arguments)


def each(macro: Callable[..., Any], items: Iterable[Hashable], *arguments: Hashable) -> Markup:
    """`kept` of one item after the other."""
    return Markup("".join([kept(macro, item, *arguments) for item in items]))  # noqa: S704 - what macros draw
