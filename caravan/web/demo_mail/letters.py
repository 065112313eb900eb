"""The letters of the demo, read from the files Django's file backend writes: one file a connection, letters one after another."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.utils import parsedate_to_datetime
from pathlib import Path

from caravan.kernel.errors import NotFound

_BETWEEN = re.compile(rb"\n-{79}\n")
_LINK = re.compile(r"(https?://[^\s<>\"]+)")


@dataclass(frozen=True, slots=True)
class Letter:
    """`key` finds it again: the file's name and the letter's number in it."""

    key: str
    subject: str
    sender: str
    to: str
    at: datetime
    text: str


def newest(folder: Path, *, offset: int, limit: int) -> list[Letter]:
    """The letters from the `offset`-th newest file on. Files are named by when they were begun."""
    files = sorted(folder.glob("*.log"), key=lambda file: file.name, reverse=True)[offset : offset + limit]
    return [letter for file in files for letter in reversed(_letters(file))]


def letter(folder: Path, key: str) -> Letter:
    """Raises NotFound."""
    name, _, number = key.rpartition("~")
    file = folder / f"{name}.log"
    if not re.fullmatch(r"[0-9]{8}-[0-9]{6}-[0-9]+", name) or not file.is_file():
        raise NotFound("mail.unknown", "This letter is gone.")
    found = {held.key: held for held in _letters(file)}.get(key)
    if found is None:
        raise NotFound("mail.unknown", f"There is no letter {number} in this file.")
    return found


def paragraphs(text: str) -> list[list[list[tuple[str, bool]]]]:
    """The text as paragraphs of lines of (part, is a link): links are found here, and the template escapes every part."""
    blocks = re.split(r"\n\s*\n", text.strip())
    return [
        [[(part, bool(_LINK.fullmatch(part))) for part in _LINK.split(line) if part] for line in block.splitlines()]
        for block in blocks
    ]


def _letters(file: Path) -> list[Letter]:
    parts = [part for part in _BETWEEN.split(file.read_bytes()) if part.strip()]
    return [_parse(f"{file.stem}~{number}", part) for number, part in enumerate(parts)]


def _parse(key: str, raw: bytes) -> Letter:
    message = message_from_bytes(raw, policy=policy.default)
    body = message.get_body(("plain", "html"))
    sent = parsedate_to_datetime(str(message["date"]))
    return Letter(
        key=key,
        subject=str(message["subject"] or ""),
        sender=str(message["from"] or ""),
        to=str(message["to"] or ""),
        at=sent if sent.tzinfo else sent.replace(tzinfo=UTC),  # "-0000" is how Django writes UTC
        text=body.get_content() if body else "",
    )
