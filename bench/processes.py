"""Programs and servers as child processes, and how much processor time they and their database used."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

TICK = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


def run(module: str, *arguments: str, environment: Mapping[str, str]) -> str:
    """What `python -m module` wrote to its standard output. Raises CalledProcessError; what it complained of is shown."""
    command = (sys.executable, "-m", module, *arguments)
    done = subprocess.run(command, env={**os.environ, **environment}, stdout=subprocess.PIPE, check=True, text=True)
    return done.stdout


def run_at_once(module: str, each: Iterable[Sequence[str]], *, environment: Mapping[str, str]) -> list[Any]:
    """`python -m module` as often as there are arguments in `each`, side by side: the JSON that each of them wrote."""
    children = [
        subprocess.Popen(
            (sys.executable, "-m", module, *arguments), env={**os.environ, **environment}, stdout=subprocess.PIPE
        )
        for arguments in each
    ]  # fmt: skip
    return [json.loads(child.communicate()[0]) for child in children]


TPS, TRANSACTIONS = "tps = ", "number of transactions actually processed: "


def pgbench(script: Path, database_url: str, *options: str, clients: int, threads: int, figure: str) -> float:
    """Run `script` by pgbench, its statements prepared: the `figure` of its report. Raises RuntimeError with what it says."""
    from caravan.project.postgres.binaries import find_engine

    command = (
        str(find_engine().bin / "pgbench"), "-n", "-M", "prepared", "-c", str(clients), "-j", str(threads), *options,
        "-f", str(script), database_url,
    )  # fmt: skip
    ran = subprocess.run(command, capture_output=True, text=True)
    found = re.search(rf"{figure}([\d.]+)", ran.stdout)
    if ran.returncode or found is None:
        raise RuntimeError(f"pgbench said: {ran.stderr}{ran.stdout}")
    return float(found[1])


@contextmanager
def serving(*command: str, port: int, environment: Mapping[str, str]) -> Iterator[int]:
    """The process number of `python -m command...` while it answers on `port` of loopback; ended at the end of the block."""
    with answering(sys.executable, "-m", *command, port=port, environment=environment) as pid:
        yield pid


@contextmanager
def answering(*command: str, port: int, environment: Mapping[str, str]) -> Iterator[int]:
    """The same of any program."""
    child = subprocess.Popen(command, env={**os.environ, **environment}, start_new_session=True)
    try:
        _wait(child, port)
        yield child.pid
    finally:
        child.send_signal(signal.SIGINT)
        try:
            child.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()


def free_port() -> int:
    """A port nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(child: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if child.poll() is not None:
            raise RuntimeError(f"{child.args} ended with {child.returncode}")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError(f"{child.args} does not answer on port {port}")


Spent = dict[int, float]  # seconds of processor time by process


class Cpu:
    """Processor time of a server's processes and of the database backends that serve it, read from /proc.

    A database on another machine counts as nothing, and `sees_database` is false.
    """

    def __init__(self, server: int, database_url: str) -> None:
        self._server = server
        self._connection = psycopg.connect(database_url, autocommit=True)
        self._own = self._connection.info.backend_pid
        self.sees_database = _name(self._own).startswith("postgres")

    def close(self) -> None:
        self._connection.close()

    def app(self) -> Spent:
        return processes(self._server)

    def database(self) -> Spent:
        return {pid: _seconds(pid) for pid in self._backends()} if self.sees_database else {}

    def memory(self) -> float:
        """Resident memory of the server's processes in MB; what they share is counted once in each."""
        return sum(_resident(pid) for pid in family(self._server)) / 1e6

    def _backends(self) -> list[int]:
        query = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend'"
        return [pid for (pid,) in self._connection.execute(query).fetchall() if pid != self._own]


def processes(server: int) -> Spent:
    """Of a server and all its processes."""
    return {pid: _seconds(pid) for pid in family(server)}


class WholeDatabase:
    """Processor time of a whole database server: all its processes, those that have ended since it was started included."""

    def __init__(self, database_url: str) -> None:
        with psycopg.connect(database_url) as connection:
            backend = connection.info.backend_pid
            self._postmaster = int(_stat(backend)[1]) if _name(backend).startswith("postgres") else 0

    def seconds(self) -> float:
        """NaN where the server runs on another machine."""
        if not self._postmaster:
            return float("nan")
        fields = _stat(self._postmaster)
        return sum(map(_seconds, family(self._postmaster))) + (int(fields[13]) + int(fields[14])) / TICK


class CpuAndWholeDatabase(Cpu):
    """As `Cpu`, but all that the database server does counts: parallel workers, which are gone with their query, and backends
    that end. For a server that nobody else uses meanwhile."""

    def __init__(self, server: int, database_url: str) -> None:
        super().__init__(server, database_url)
        self._whole = WholeDatabase(database_url)

    def database(self) -> Spent:
        return {0: self._whole.seconds()} if self.sees_database else {}


def between(before: Spent, after: Spent) -> float:
    """Seconds of the processes that are there after; what one that ended meanwhile used is lost."""
    return sum(seconds - before.get(pid, 0.0) for pid, seconds in after.items())


def family(pid: int) -> list[int]:
    """A process and all that descend from it."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (fields := _stat(int(entry.name))):
            children.setdefault(int(fields[1]), []).append(int(entry.name))
    found, waiting = [], [pid]
    while waiting:
        found.append(one := waiting.pop())
        waiting += children.get(one, [])
    return found


def _seconds(pid: int) -> float:
    fields = _stat(pid)
    return (int(fields[11]) + int(fields[12])) / TICK if fields else 0.0


def _resident(pid: int) -> int:
    fields = _stat(pid)
    return int(fields[21]) * os.sysconf("SC_PAGE_SIZE") if fields else 0


def _stat(pid: int) -> list[str]:
    """proc(5): the fields of /proc/<pid>/stat from the third on, `state` first; none when the process has gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return []


def _name(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/comm").read_text()
    except FileNotFoundError:
        return ""
