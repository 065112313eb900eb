"""Who wants the server alive. `start` does until `stop`; a `cluster` block does until its end.

The users of a cluster hold the lock on `var/postgres.users` together. One who leaves and finds himself alone in it
stops the server, if it was a cluster block that started it: `var/postgres.leased` says so. A user who is killed lets
go of the lock like any other, so the next one to leave still finds the truth.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .locks import beside, gate, grab, join
from .server import Server, bring_down, bring_up, running


def start(data_dir: Path, *, durable: bool = True) -> Server:
    """Start the server of this data folder, or find it running, and leave it running.

    `data_dir` is made if need be; `home.py` tells what is in it. With `durable=False` a crash of the machine (not of
    the server) may lose the whole folder: for tests. It has no effect on a server that runs already. Raises
    PostgresError with what to do about it.
    """
    data_dir = data_dir.absolute()
    with gate(data_dir):
        beside(data_dir, "leased").unlink(missing_ok=True)
        return bring_up(data_dir, durable=durable)


def revive(data_dir: Path, *, durable: bool = True) -> Server:
    """Like `start`, for one who watches over a server inside a cluster block: the last one out still stops it."""
    data_dir = data_dir.absolute()
    with gate(data_dir):
        return bring_up(data_dir, durable=durable)


def stop(data_dir: Path) -> None:
    """Stop the server, whoever uses it. Does nothing when there is none."""
    data_dir = data_dir.absolute()
    with gate(data_dir):
        bring_down(data_dir)


@contextmanager
def cluster(data_dir: Path, *, durable: bool = True) -> Iterator[Server]:
    """Use the server together with other processes; the last one out stops it, if such a block started it."""
    data_dir = data_dir.absolute()
    with gate(data_dir):
        users = join(beside(data_dir, "users"))
    try:
        with gate(data_dir):
            if running(data_dir) is None:
                beside(data_dir, "leased").touch()
            server = bring_up(data_dir, durable=durable)
        yield server
    finally:
        with gate(data_dir):
            if grab(users) and beside(data_dir, "leased").exists():
                bring_down(data_dir)
            os.close(users)
