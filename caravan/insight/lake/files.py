"""File names are the lake's whole memory: `<after>-<upto>.parquet` holds what happened in (after, upto].

There is no manifest that a crash could leave behind the files. A file whose span lies within another's has been merged into it
(or replaced by it) and is not read; so a rename is the one instant at which anything changes.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

_NAME = re.compile(r"(\d{20})-(\d{20})\.parquet")


class LakeError(RuntimeError):
    """The lake, or what was to be written to it, is not what it must be; the message says what to do."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The rows with `after < seq <= upto`; of a dimension, the versions up to `upto`."""

    after: int
    upto: int

    @property
    def name(self) -> str:
        return f"{self.after:020d}-{self.upto:020d}.parquet"

    def covers(self, other: Span) -> bool:
        return self != other and self.after <= other.after and other.upto <= self.upto


def spans(folder: Path) -> list[Span]:
    """Every finished file of the folder, superseded ones included, oldest first."""
    with suppress(FileNotFoundError):
        matches = (_NAME.fullmatch(name) for name in os.listdir(folder))
        return sorted(Span(int(m[1]), int(m[2])) for m in matches if m)
    return []


def live(folder: Path) -> list[Span]:
    """The spans to read, oldest first, without a gap between them. Raises LakeError where there is one."""
    found = spans(folder)
    kept = [span for span in found if not any(other.covers(span) for other in found)]
    reached = 0
    for span in kept:
        if span.after != reached:
            raise LakeError(
                f"{folder} lacks the file for {reached}..{span.after}. Remove the folder; the next export fills it anew."
            )
        reached = span.upto
    return kept


@contextmanager
def new_file(folder: Path, span: Span) -> Iterator[Path]:
    """A path to write to. When the block ends well the file stands under the span's name, on disk; otherwise nothing happened."""
    draft = folder / f"{span.name}.draft"
    try:
        yield draft
        _to_disk(draft)
        draft.rename(folder / span.name)
        _to_disk(folder)
    finally:
        draft.unlink(missing_ok=True)


def sweep(folder: Path, *, before: float) -> None:
    """Remove drafts a crash left, and superseded files whose successor was there before that time (seconds since 1970): by then
    nobody reads them any more. Only for the holder of the folder's lock."""
    for draft in folder.glob("*.draft"):
        draft.unlink(missing_ok=True)
    found = spans(folder)
    for span in found:
        if any(other.covers(span) and (folder / other.name).stat().st_mtime < before for other in found):
            (folder / span.name).unlink()


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
