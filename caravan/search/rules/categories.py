"""Categories in the index. A slug is only unique below its parent, so the index knows each by its whole path, with dots."""

from __future__ import annotations


def code(path: str) -> str:
    """ "home/lamps" is "home.lamps" """
    return path.replace("/", ".")


def path(code: str) -> str:
    """ "home.lamps" is "home/lamps" """
    return code.replace(".", "/")


def codes(path: str) -> tuple[str, ...]:
    """From the root down: "home/lamps" is ("home", "home.lamps")."""
    parts = path.split("/")
    return tuple(".".join(parts[: end + 1]) for end in range(len(parts)))
