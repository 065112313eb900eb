"""A whole market as `bin/demo` starts it, in a folder of its own: to be killed in part, watched coming back, and stopped."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from urllib.error import URLError

SECONDS = 400  # on a very busy machine; seconds on a free one


class DemoMarket:
    """`caravan demo` of a small world, in a session of its own and with everything it keeps in one folder."""

    def __init__(self, var: Path) -> None:
        self.var, self.port = var, _free_port()
        self.start()

    def start(self) -> None:
        given = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "CARAVAN_MODE")}
        with (self.var / "said").open("wb") as said:
            self.process = subprocess.Popen(
                (sys.executable, "-m", "caravan", "demo", "--scale", "0.02", "--no-shoppers", "--port", str(self.port)),
                env={**given, "CARAVAN_VAR": str(self.var)}, stdout=said, stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip
        try:
            self.wait(lambda: b"Ready: " in (self.var / "said").read_bytes())
        except BaseException:
            self.stop()  # nobody else would know of it
            raise

    def wait(self, true) -> None:
        deadline = time.monotonic() + SECONDS
        while not true():
            assert time.monotonic() < deadline, (self.var / "said").read_text()
            assert self.process.poll() is None, (self.var / "said").read_text()
            time.sleep(0.1)

    def answers(self, path: str) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=5) as answer:
                return answer.status == 200
        except (URLError, OSError):
            return False

    def pids(self, command: str) -> list[int]:
        """The market's processes whose command line holds `command`, eldest first."""
        found = []
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit() and (words := _command(entry)) and command in words and self._owns(entry):
                found.append(int(entry.name))
        return sorted(found)

    def database_url(self) -> str:
        """Where the market's own PostgreSQL answers."""
        from caravan.project.postgres.server import running

        server = running(self.var / "postgres")
        assert server is not None
        return server.url("caravan")

    def postmaster(self) -> list[int]:
        try:
            pid = int((self.var / "postgres" / "data" / "postmaster.pid").read_text().split()[0])
        except (FileNotFoundError, IndexError):
            return []
        return [pid] if Path(f"/proc/{pid}").exists() else []

    def kill(self, part: str) -> None:
        """SIGKILL for a part of the market (serve, worker, indexer, postmaster), the eldest process where there are more, the
        parent of the others; waits until another has taken its place."""
        find: Callable[[], list[int]] = self.postmaster if part == "postmaster" else lambda: self.pids(f"caravan {part}")
        self.wait(find)  # it may be on its way back from another death
        killed = find()[0]
        os.kill(killed, signal.SIGKILL)
        self.wait(lambda: (now := find()) and killed not in now)

    def stop(self) -> int:
        """Ctrl-C."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(SECONDS)

    def _owns(self, entry: Path) -> bool:
        try:
            own = f"CARAVAN_VAR={self.var}".encode() in (entry / "environ").read_bytes().split(b"\0")
            return own or str(self.var) in _command(entry)
        except OSError:
            return False


def _command(entry: Path) -> str:
    try:
        return (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
