"""Where an index lives on disk: generations beside each other, and a `current` file that names the one to read.

PATH/lock                    held by the one writing process
PATH/current                 the name of a generation, replaced in one step
PATH/generations/<name>/     a Tantivy index and `popular.json`
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from uuid import uuid4

from caravan.search.engine.schema import VERSION


class IndexMissing(Exception):
    """There is no index to read at this path yet, or it was made by another version: it has to be rebuilt."""


def current(path: Path) -> Path:
    """The generation to read. Raises IndexMissing."""
    try:
        name = (path / "current").read_text("ascii").strip()
    except FileNotFoundError:
        raise IndexMissing(f"There is no search index at {path}. Build it with the rebuild command.") from None
    if not name.startswith(_prefix()):
        raise IndexMissing(f"The search index at {path} was made by another version. Build it anew with the rebuild command.")
    return path / "generations" / name


def create(path: Path) -> Path:
    """A new, empty folder for a generation that nobody reads yet."""
    folder = path / "generations" / f"{_prefix()}{uuid4().hex}"
    folder.mkdir(parents=True)
    return folder


def publish(path: Path, generation: Path) -> None:
    """Make it the one to read: readers see the old one or the new one, never a part, whenever this is killed."""
    draft = path / "current.draft"
    with draft.open("w", encoding="ascii") as file:
        file.write(generation.name)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path / "current")
    _sync(path)


def sweep(path: Path, *keep: Path) -> None:
    """Remove generations that are neither kept nor current: older ones, and what a killed rebuild left behind."""
    kept = {generation.name for generation in keep}
    for folder in (path / "generations").iterdir():
        if folder.name not in kept:
            shutil.rmtree(folder, ignore_errors=True)


def _prefix() -> str:
    return f"v{VERSION}-"


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
