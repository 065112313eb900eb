"""Vendure beside us: installed by npm under var/bench on first use, filled with our products, served by two processes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import msgspec

from bench.processes import answering

HERE = Path(__file__).parent
NAME = "Vendure"
VERSION = msgspec.json.decode((HERE / "package.json").read_bytes())["dependencies"]["@vendure/core"]
HOME = Path(__file__).parents[2] / "var" / "bench" / f"vendure-{VERSION}"


class NotInstalled(Exception):
    """It cannot be had here; says why."""


def install() -> None:
    """Does nothing when it is there. Raises NotInstalled."""
    for program in ("node", "npm"):
        if shutil.which(program) is None:
            raise NotInstalled(f"Vendure needs {program}, which is not on the PATH. Install Node.js 20 or later.")
    if (HOME / "installed").exists():
        return
    print(f"installing Vendure {VERSION}, once ...", file=sys.stderr)
    HOME.mkdir(parents=True, exist_ok=True)
    shutil.copy(HERE / "package.json", HOME)
    ran = subprocess.run(("npm", "install", "--no-audit", "--no-fund"), cwd=HOME, capture_output=True, text=True)
    if ran.returncode:
        raise NotInstalled(f"npm could not install Vendure {VERSION}: {(ran.stderr or ran.stdout).strip()[-500:]}")
    (HOME / "installed").touch()


def fill(database_url: str, file: Path) -> None:
    """The products in `file` into an empty database. Raises CalledProcessError."""
    command = ("node", str(HERE / "fill.cjs"), str(file))
    subprocess.run(command, env={**os.environ, **environment(database_url)}, check=True)


@contextmanager
def vendure(database_url: str, port: int, processes: int) -> Iterator[int]:
    """The process number of its server while it runs."""
    command = ("node", str(HERE / "serve.cjs"), str(port), str(processes))
    with answering(*command, port=port, environment=environment(database_url)) as pid:
        yield pid


def environment(database_url: str) -> Mapping[str, str]:
    return {
        "DATABASE_URL": database_url,
        "NODE_PATH": str(HOME / "node_modules"),
        "NODE_ENV": "production",
        "VENDURE_DISABLE_TELEMETRY": "1",
    }


def node_version() -> str:
    """As `node` says it: v20.0.0."""
    return subprocess.run(("node", "--version"), capture_output=True, text=True, check=True).stdout.strip()
