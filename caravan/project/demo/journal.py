"""What is known about the demo world of this installation: which one it is, and how far its loading has come."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Journal:
    """The world's seed, scale and last instant, and the stages done."""

    seed: int
    scale: float
    ends_at: datetime
    done: tuple[str, ...] = ()
    pictures: dict[str, str] = field(default_factory=dict)  # ids by "art/colour/view"

    def stage_done(self, stage: str) -> Journal:
        return replace(self, done=(*self.done, stage))


def path() -> Path:
    return Path(settings.VAR) / "demo-world.json"


def read() -> Journal | None:
    try:
        told = json.loads(path().read_text("utf-8"))
    except FileNotFoundError:
        return None
    return Journal(
        seed=told["seed"],
        scale=told["scale"],
        ends_at=datetime.fromisoformat(told["ends_at"]),
        done=tuple(told["done"]),
        pictures=told["pictures"],
    )


def write(journal: Journal) -> None:
    """All at once: a kill leaves the old file or the new one."""
    told = {
        "seed": journal.seed,
        "scale": journal.scale,
        "ends_at": journal.ends_at.isoformat(),
        "done": journal.done,
        "pictures": journal.pictures,
    }
    replace_file(path(), json.dumps(told))


def replace_file(path: Path, text: str) -> None:
    """Write a file that only its owner may read, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".new")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    draft.replace(path)
