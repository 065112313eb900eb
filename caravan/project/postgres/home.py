"""The folder a server lives in, and what to do when the user who runs it cannot get there.

    var/postgres/data         PostgreSQL's own data folder, owned by the user who runs it
    var/postgres/server.log   what the server says; server.log.1 is the run before
    var/postgres/socket       where its socket is: the name of a folder under /tmp, gone after a clean stop
    var/postgres/alive        locked by the server and its children for as long as one of them lives
    var/postgres/engine-18.6  a copy of the programs, made only when their user cannot reach the originals

Root hands the server to an unprivileged user. When a folder above the project is closed to that user (a checkout
under /root), nothing is loosened: the home is made under /var/lib/caravan-postgres instead, named after the path it
stands for, and `var/postgres` becomes a link to it. Removing the link throws the data away, just as removing the
folder would.
"""

import hashlib
import os
import shutil
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from .account import Account, account_for
from .binaries import Engine
from .errors import PostgresError

SHELTER = Path("/var/lib/caravan-postgres")
TMP = Path("/tmp")  # noqa: S108 - not TMPDIR, which can be long; mkdtemp makes it safe
SOCKETS = "caravan-"


@dataclass(frozen=True, slots=True)
class Home:
    """A place where `account` can run a server."""

    folder: Path
    account: Account

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def log(self) -> Path:
        return self.folder / "server.log"

    @property
    def alive(self) -> Path:
        return self.folder / "alive"

    def own(self, folder: Path) -> None:
        """Make an empty folder of the server's user alone, in place of whatever a killed start left there."""
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700)
        if self.account.dropped:
            os.chown(folder, self.account.uid, self.account.gid)


def settle(data_dir: Path) -> Home:
    """The home behind `data_dir`, made if need be. Call it behind the gate.

    Raises PostgresError when no user or no folder will do.
    """
    folder = data_dir.resolve()
    data = folder / "data"
    account = account_for(data.stat().st_uid if data.exists() else None)
    _open_folder(folder)
    if not account.dropped or account.can_enter(folder):
        return Home(folder, account)
    if any(folder.iterdir()):
        raise PostgresError(
            f"PostgreSQL runs as {account.name}, who cannot enter {folder}. "
            "Let others pass through the folders above it (chmod o+x), or remove it to begin anew."
        )
    return Home(_shelter(data_dir), account)


def socket_folder(home: Home) -> Path:
    """An empty folder for the server's socket, closed to all but its user: that of the run before if that run was killed.

    It is not in the home because the path of a socket may not pass 107 bytes.
    """
    last = _noted(home.folder)
    if last and _is_ours(last, home.account.uid):
        for left_over in last.iterdir():
            left_over.unlink()
        return last
    folder = Path(tempfile.mkdtemp(prefix=SOCKETS, dir=TMP))
    if home.account.dropped:
        os.chown(folder, home.account.uid, home.account.gid)
    (home.folder / "socket").write_text(str(folder))
    return folder


def remove_socket_folder(folder: Path) -> None:
    """After a clean stop of the server at home in `folder`."""
    if last := _noted(folder):
        shutil.rmtree(last, ignore_errors=True)
        (folder / "socket").unlink()


def _noted(folder: Path) -> Path | None:
    """The socket folder of the run before, if the note was written in full and is what we write."""
    try:
        noted = Path((folder / "socket").read_text())
    except FileNotFoundError:
        return None
    return noted if noted.parent == TMP and noted.name.startswith(SOCKETS) else None


def _is_ours(folder: Path, uid: int) -> bool:
    """Anybody can make a folder in /tmp once it has been emptied; ours is the one that only our user can enter."""
    try:
        found = folder.lstat()
    except FileNotFoundError:
        return False
    return stat.S_ISDIR(found.st_mode) and found.st_uid == uid and not found.st_mode & 0o077


def reach(engine: Engine, home: Home) -> Engine:
    """The engine itself if the server's user can run it, else a copy of it in the home."""
    if not home.account.dropped or home.account.can_enter(engine.bin):
        return engine
    prefix, top = engine.bin.parent, engine.bin.parent.parent
    copy = home.folder / f"engine-{engine.version}"
    if not copy.exists():
        draft = copy.with_suffix(".new")
        shutil.rmtree(draft, ignore_errors=True)
        shutil.copytree(prefix, draft / top.name / prefix.name, ignore=shutil.ignore_patterns("include", "*.a", "pgxs"))
        # The wheel keeps libpq in a folder next to its package; the programs look for it there by a relative path.
        libraries = top.with_name(f"{top.name}.libs")
        if libraries.exists():
            shutil.copytree(libraries, draft / libraries.name)
        for path in [draft, *draft.rglob("*")]:
            path.chmod(0o755)
        draft.rename(copy)
    return Engine(copy / top.name / prefix.name / "bin", engine.version)


def _shelter(data_dir: Path) -> Path:
    place = SHELTER / f"{data_dir.name}-{hashlib.sha256(os.fsencode(data_dir)).hexdigest()[:16]}"
    try:
        # Nothing points here (any more): what is in it belonged to a folder that was thrown away.
        shutil.rmtree(place, ignore_errors=True)
        _open_folder(place)
        data_dir.rmdir()
        data_dir.symlink_to(place)
    except OSError as error:
        raise PostgresError(
            f"The project's folder is closed to the user who runs PostgreSQL, and outside it: {error}. "
            "Run as a plain user, or set DATABASE_URL to a server."
        ) from error
    return place


def _open_folder(folder: Path) -> None:
    """Make a folder that others may pass through, whatever our umask. Those that exist are left as they are."""
    for part in [*reversed(folder.parents), folder]:
        if not part.exists():
            part.mkdir()
            part.chmod(0o755)
