"""File locks. The kernel drops them when their last holder dies, so a kill -9 leaves nothing to tidy up.

Beside a data folder `var/postgres` lie `var/postgres.lock` (one starter or stopper at a time) and
`var/postgres.users` (held shared by every user of the cluster). Inside it `alive` is held by the server and all its
children. The files stay: removing a lock file while somebody waits for it would make two locks of one.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def gate(data_dir: Path) -> Iterator[None]:
    """One process at a time may start or stop the server of this data folder; the others wait."""
    data_dir.parent.mkdir(parents=True, exist_ok=True)
    lock = _open(beside(data_dir, "lock"))
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def beside(data_dir: Path, suffix: str) -> Path:
    return data_dir.with_name(f"{data_dir.name}.{suffix}")


def take(path: Path) -> int | None:
    """The lock for ourselves alone, as a file descriptor to close; None while others hold it."""
    lock = _open(path)
    if grab(lock):
        return lock
    os.close(lock)
    return None


def join(path: Path) -> int:
    """The lock together with others, as a file descriptor to close."""
    lock = _open(path)
    fcntl.flock(lock, fcntl.LOCK_SH)
    return lock


def grab(lock: int, mode: int = fcntl.LOCK_EX) -> bool:
    """Turn an open lock file into one held alone, if nobody else holds it."""
    try:
        fcntl.flock(lock, mode | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def is_held(path: Path) -> bool:
    """Whether somebody holds the lock alone. Leaves no trace on disk."""
    try:
        lock = os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        return False
    try:
        return not grab(lock, fcntl.LOCK_SH)
    finally:
        os.close(lock)


def _open(path: Path) -> int:
    # Read-only is enough to lock, and lets a plain user wait for a lock file which root made.
    return os.open(path, os.O_RDONLY | os.O_CREAT, 0o644)
