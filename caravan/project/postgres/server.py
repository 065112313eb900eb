"""The server process: is it there, bring it up, bring it down. What changes something is called behind the gate.

Whether a server runs is asked of the lock on `alive`, which the postmaster inherits and passes on to each of its
children: it cannot be mistaken for another process that got the same number after a crash, and it is released only
when the last child of a killed postmaster has gone and the data folder is free to start on.
"""

import os
import signal
import socket
import struct
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from .binaries import Engine, find_engine
from .errors import PostgresError
from .home import Home, reach, remove_socket_folder, settle, socket_folder
from .locks import is_held, take

SUPERUSER = "postgres"
PORT = 5432  # only part of the socket's name, in a folder where no other server is
SSL_REQUEST = struct.pack("!ii", 8, 80877103)  # the shortest question of the protocol; the answer is one letter
PATIENCE = 300.0  # seconds; recovery after a kill replays up to max_wal_size
SETTINGS = {
    "listen_addresses": "",
    "max_connections": "200",
    "max_wal_size": "2GB",
    "random_page_cost": "1.1",  # no disk turns: the default of 4 has whole tables read where a few rows are looked up
    "timezone": "UTC",
    "log_timezone": "UTC",
}
CARELESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}

# A child that ended stays in the process table until its parent asks; `bring_up` asks.
_children: list["subprocess.Popen[bytes]"] = []


@dataclass(frozen=True, slots=True)
class Server:
    """A running server. `host` is the folder of its socket, `user` its superuser; there is no password."""

    host: str
    port: int
    user: str

    def url(self, database: str) -> str:
        """The address in the form that libpq, asyncpg and dj-database-url all read."""
        return f"postgresql://{self.user}@{quote(self.host, safe='')}:{self.port}/{quote(database)}"


@dataclass(frozen=True, slots=True)
class PidFile:
    """What postmaster.pid says: the postmaster's process number, its socket, and whether it takes connections."""

    pid: int
    socket: Path
    ready: bool


def running(data_dir: Path) -> Server | None:
    """The server of this data folder if it takes connections now."""
    folder = data_dir.resolve()
    return _answering(folder) if is_held(folder / "alive") else None


def bring_up(data_dir: Path, *, durable: bool) -> Server:
    """The running server of this data folder, created and started as far as that is needed."""
    _children[:] = [child for child in _children if child.poll() is None]
    if server := running(data_dir):
        return server
    home = settle(data_dir)
    deadline = time.monotonic() + PATIENCE
    while (alive := take(home.alive)) is None:
        if server := _answering(home.folder):
            return server
        _end_if_cut_off(home.folder)
        if time.monotonic() > deadline:
            raise PostgresError(f"The server in {home.folder} runs but does not answer. See {home.log}.")
        time.sleep(0.02)
    try:
        engine = reach(find_engine(_made_by(home)), home)
        if _made_by(home) is None:
            _create(home, engine, alive, durable=durable)
        _forget_dead(home.data)
        return _launch(home, engine, alive, durable=durable)
    finally:
        os.close(alive)


def bring_down(data_dir: Path) -> None:
    """Stop the server: its clients are disconnected, its data are flushed. Does nothing when there is none."""
    folder = data_dir.resolve()
    asked, begun = False, time.monotonic()
    while is_held(folder / "alive"):
        state = _read(folder)
        waited = time.monotonic() - begun
        if state and not asked:
            _signal(state.pid, signal.SIGINT)
            asked = True
        elif state and waited > 60:
            # It did not flush in a minute. An immediate stop loses nothing either: the next start replays the log.
            _signal(state.pid, signal.SIGQUIT)
        if waited > 90:
            raise PostgresError(f"The server in {folder} does not stop. See {folder / 'server.log'}.")
        time.sleep(0.02)
    remove_socket_folder(folder)


def _answering(folder: Path) -> Server | None:
    state = _read(folder)
    if state is None or not state.ready:
        return None
    try:
        # The file of a killed postmaster still says "ready", and its socket lets us in for an instant; a reply is proof.
        with socket.socket(socket.AF_UNIX) as probe:
            probe.settimeout(5)
            probe.connect(str(state.socket))
            probe.sendall(SSL_REQUEST)
            if not probe.recv(1):
                return None
    except OSError:
        return None
    return Server(str(state.socket.parent), PORT, SUPERUSER)


def _end_if_cut_off(folder: Path) -> None:
    """Stop a server whose socket somebody removed (it is in /tmp), since nobody can reach it any more."""
    state = _read(folder)
    if state and state.ready and not state.socket.exists():
        _signal(state.pid, signal.SIGINT)


def _read(folder: Path) -> PidFile | None:
    try:
        lines = (folder / "data" / "postmaster.pid").read_text().splitlines()
        path = Path(lines[4], f".s.PGSQL.{lines[3]}")
        return PidFile(pid=int(lines[0]), socket=path, ready=len(lines) > 7 and lines[7].strip() == "ready")
    except (FileNotFoundError, IndexError, ValueError):
        return None  # not there, or not yet written in full
    except PermissionError as error:
        raise PostgresError(f"The server in {folder} belongs to another user; run as that user or as root.") from error


def _made_by(home: Home) -> str | None:
    """The major version that made the data, None when there are none."""
    try:
        return (home.data / "PG_VERSION").read_text().strip()
    except FileNotFoundError:
        return None


def _create(home: Home, engine: Engine, alive: int, *, durable: bool) -> None:
    draft = home.folder / "data.new"
    home.own(draft)
    command = [str(engine.bin / "initdb"), "-D", str(draft), "-U", SUPERUSER, "-A", "trust"]
    command += ["-E", "UTF8", "--locale=C.UTF-8", *([] if durable else ["--no-sync"])]
    with open(home.log, "wb") as log:
        process = home.account.popen(command, log=log.fileno(), keep=alive)
        try:
            failed = process.wait()
        except BaseException:
            process.kill()
            process.wait()
            raise
    if failed:
        raise PostgresError(f"initdb failed:\n{_last_words(home)}")
    draft.rename(home.data)


def _forget_dead(data: Path) -> None:
    """Remove what a killed postmaster left: its number may by now be another process's, which PostgreSQL respects.

    Nothing we started lives (we hold `alive`). The one thing to spare is a server somebody started there by hand.
    """
    file = data / "postmaster.pid"
    try:
        pid = int(file.read_text().split("\n")[0])
    except (FileNotFoundError, ValueError):
        return
    process = Path("/proc", str(pid))
    try:
        if not Path("/proc/self").exists() or (process / "cwd").readlink() == data:
            return  # PostgreSQL judges for itself
    except OSError:
        pass  # gone, or of a user who is not ours
    file.unlink()


def _launch(home: Home, engine: Engine, alive: int, *, durable: bool) -> Server:
    folder = socket_folder(home)
    settings = SETTINGS if durable else SETTINGS | CARELESS
    command = [str(engine.bin / "postgres"), "-D", str(home.data), "-p", str(PORT), "-k", str(folder)]
    command += [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    if home.log.exists():
        home.log.replace(home.log.with_suffix(".log.1"))
    with open(home.log, "wb") as log:
        process = home.account.popen(command, log=log.fileno(), keep=alive)
    _children.append(process)
    if not _wait(process, home):
        raise PostgresError(f"PostgreSQL did not start:\n{_last_words(home)}")
    return Server(str(folder), PORT, SUPERUSER)


def _wait(process: "subprocess.Popen[bytes]", home: Home) -> bool:
    """True once the server takes connections, False if it ended instead."""
    deadline = time.monotonic() + PATIENCE
    try:
        while process.poll() is None:
            state = _read(home.folder)
            if state and state.pid == process.pid and state.ready:
                return True
            if time.monotonic() > deadline:
                raise PostgresError(f"PostgreSQL did not get ready in {PATIENCE:.0f} s. See {home.log}.")
            time.sleep(0.005)
    except BaseException:
        process.send_signal(signal.SIGINT)
        process.wait()
        raise
    return False


def _last_words(home: Home) -> str:
    return "\n".join(home.log.read_text(errors="replace").splitlines()[-12:])


def _signal(pid: int, number: signal.Signals) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        pass
    except PermissionError as error:
        raise PostgresError(f"The server (process {pid}) belongs to another user; stop it as that user.") from error
