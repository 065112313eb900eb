"""A whole market as `bin/demo` starts it, whose processes are killed one by one: it comes back, and at the end nothing is left."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import URLError

import pytest

SECONDS = 180  # on a busy machine; seconds on a free one


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
        self.wait(lambda: b"Ready: " in (self.var / "said").read_bytes())

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

    def postmaster(self) -> list[int]:
        try:
            pid = int((self.var / "postgres" / "data" / "postmaster.pid").read_text().split()[0])
        except (FileNotFoundError, IndexError):
            return []
        return [pid] if Path(f"/proc/{pid}").exists() else []

    def kill(self, find: Callable[[], list[int]]) -> None:
        """SIGKILL for the eldest that `find` finds, the parent of the others; waits until another has taken its place."""
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


@pytest.fixture(scope="module")
def market(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoMarket]:
    if not Path("/proc/self/environ").exists():
        pytest.skip("finds the market's processes in /proc, which this system does not have")
    market = DemoMarket(tmp_path_factory.mktemp("market"))
    yield market
    if market.process.poll() is None:
        market.stop()


@pytest.mark.parametrize("part", ["serve", "worker", "indexer", "postmaster"])
def test_a_part_of_the_market_that_is_killed_comes_back(market: DemoMarket, part: str):
    market.kill(market.postmaster if part == "postmaster" else lambda: market.pids(f"caravan {part}"))
    market.wait(lambda: market.answers("/en-us/rankings/") and market.answers("/api/v1/products"))


def test_stopped_it_leaves_no_process_and_it_opens_again_with_what_it_had(market: DemoMarket):
    before = (market.var / "said").read_text().partition("Made in")[2]
    assert before
    assert market.stop() == 0
    assert market.pids("") == market.postmaster() == []
    market.start()
    assert b"Made in" not in (market.var / "said").read_bytes()
    assert market.answers("/en-us/rankings/")
