"""django-oscar, pricing a cart and showing pages beside us: installed by pip into a virtual environment of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

NAME = "django-oscar"
RELEASE = "django-oscar==4.2.1"  # another one may want `apply.py` changed
ROOT = Path(__file__).parents[2]
HOME = ROOT / "var" / "bench" / RELEASE.replace("==", "-")
PYTHON = HOME / "bin" / "python"
PACKAGES = (RELEASE, "granian", "psycopg[binary]")  # what serves its pages, and what they read from


@dataclass(frozen=True, slots=True)
class Way:
    """One way it applied the offers: milliseconds on the processor each time, what was left to pay, what each of our
    promotions took off (by its id), SQL statements."""

    name: str
    milliseconds: list[float]
    total: str
    off: Mapping[str, str]
    statements: int


class NotInstalled(Exception):
    """It cannot be had here; says why."""


def measured(case: dict[str, Any], seconds: float) -> list[Way]:
    """Let django-oscar price `case` (see `bench.oscar.equal`), each way for so many seconds. Raises NotInstalled."""
    install()
    command = (str(PYTHON), "-W", "ignore", "-m", "bench.oscar.apply", str(seconds))
    ran = subprocess.run(command, cwd=ROOT, input=json.dumps(case), capture_output=True, text=True)
    if ran.returncode:
        raise RuntimeError(f"django-oscar said: {ran.stderr[-2000:]}")
    return [Way(**way) for way in json.loads(ran.stdout)]


def install() -> None:
    """Does nothing when it is there. Raises NotInstalled."""
    mark, all = HOME / "installed", "\n".join(PACKAGES)
    if mark.exists() and mark.read_text() == all:
        return
    print(f"installing {RELEASE}, once ...", file=sys.stderr)
    _run(sys.executable, "-m", "venv", "--clear", str(HOME))
    _run(str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PACKAGES)
    mark.write_text(all)


def _run(*command: str) -> None:
    ran = subprocess.run(command, capture_output=True, text=True)
    if ran.returncode:
        raise NotInstalled((ran.stderr or ran.stdout).strip()[-300:])
