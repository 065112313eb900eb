"""The supervisor, with real processes: what dies comes back, and however it ends nothing is left behind."""

import multiprocessing
import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from caravan.project.supervisor import Child, ChildFailed, answers_http, listens, supervise

# Each child notes its number and that of a process it starts in turn, as a web server does with its workers.
WORKER = 'echo worker $$ >> "$NOTES"; exec sleep 600'
SERVER = f"""echo server $$ >> "$NOTES"; sh -c '{WORKER}' & wait"""
STUBBORN = f"""trap '' TERM INT; {SERVER}; wait"""


class Market:
    """A supervisor in a process of its own, and what its children noted."""

    def __init__(self, folder: Path, script: str, **options: object) -> None:
        self.folder = folder
        self._notes = folder / "notes"
        self._notes.touch()
        child = Child(name="web", argv=("sh", "-c", script), env={"NOTES": str(self._notes)})

        def run() -> None:
            os.setsid()
            supervise([child], logs=folder / "log", say=lambda _: None, **options)

        self.process = multiprocessing.get_context("fork").Process(target=run)
        self.process.start()

    def pids(self, role: str) -> list[int]:
        lines = [line.split() for line in self._notes.read_text().splitlines()]
        return [int(line[1]) for line in lines if line[0] == role]

    def signal(self, number: signal.Signals) -> None:
        os.kill(self.process.pid, number)

    def left(self) -> list[int]:
        return [pid for role in ("server", "worker") for pid in self.pids(role) if lives(pid)]


@pytest.fixture
def open_market(tmp_path: Path) -> Iterator[Callable[..., Market]]:
    markets = []

    def open_one(script: str = SERVER, **options: object) -> Market:
        markets.append(Market(tmp_path, script, **options))
        wait_until(lambda: markets[-1].pids("worker"))
        return markets[-1]

    yield open_one
    for market in markets:
        market.process.kill()
        market.process.join()
        for pid in market.left():
            os.kill(pid, signal.SIGKILL)


def lives(pid: int) -> bool:
    """Whether a process runs; one that has ended and waits for its parent to notice does not."""
    try:
        os.kill(pid, 0)
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (ProcessLookupError, FileNotFoundError):
        return False
    return state != "Z"


def wait_until(true: Callable[[], object], seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def wardens(parent: int) -> list[int]:
    return [int(pid) for pid in Path(f"/proc/{parent}/task/{parent}/children").read_text().split() if is_warden(int(pid))]


def is_warden(pid: int) -> bool:
    try:
        return b"warden.py" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):  # gone since it was named
        return False


def test_a_killed_child_is_started_again_and_what_it_had_started_is_gone(open_market: Callable[..., Market]) -> None:
    market = open_market()
    [server], [worker] = market.pids("server"), market.pids("worker")
    os.kill(server, signal.SIGKILL)
    wait_until(lambda: len(market.pids("worker")) == 2)
    assert not lives(worker)
    assert len(market.left()) == 2


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_to_stop_leaves_no_process(open_market: Callable[..., Market], number: signal.Signals) -> None:
    market = open_market()
    market.signal(number)
    market.process.join(10)
    assert market.process.exitcode == 0
    assert market.left() == []


def test_a_child_that_will_not_stop_is_killed_after_its_grace(open_market: Callable[..., Market]) -> None:
    market = open_market(STUBBORN, grace=0.5)
    begun = time.monotonic()
    market.signal(signal.SIGINT)
    market.process.join(10)
    assert time.monotonic() - begun >= 0.5
    assert market.left() == []


def test_a_second_ctrl_c_does_not_wait(open_market: Callable[..., Market]) -> None:
    market = open_market(STUBBORN, grace=600)
    market.signal(signal.SIGINT)
    time.sleep(0.3)
    market.signal(signal.SIGINT)
    market.process.join(10)
    assert market.left() == []


def test_ctrl_c_in_the_terminal_reaches_the_supervisor_and_not_the_children(open_market: Callable[..., Market]) -> None:
    market = open_market()
    assert {os.getpgid(pid) for pid in market.left()} == set(market.pids("server"))


@pytest.mark.parametrize("script", [SERVER, STUBBORN], ids=["willing", "stubborn"])
def test_a_kill_of_the_supervisor_leaves_no_process(open_market: Callable[..., Market], script: str) -> None:
    market = open_market(script)
    market.signal(signal.SIGKILL)
    market.process.join()
    wait_until(lambda: not market.left())


def test_a_killed_warden_is_replaced(open_market: Callable[..., Market]) -> None:
    market = open_market()
    [first] = wardens(market.process.pid)
    os.kill(first, signal.SIGKILL)
    wait_until(lambda: not lives(first) and wardens(market.process.pid))
    market.signal(signal.SIGKILL)
    market.process.join()
    wait_until(lambda: not market.left())


def test_a_child_that_keeps_dying_before_all_is_ready_ends_it_with_its_last_words(tmp_path: Path) -> None:
    deaf = Child(name="web", argv=("sh", "-c", "echo address in use >&2; exit 3"), answers=lambda: False)
    told: list[str] = []
    with pytest.raises(ChildFailed, match=r"web does not start:\n(.|\n)*address in use"):
        supervise([deaf], logs=tmp_path, say=told.append)
    assert told[0].startswith("web ended with code 3; it is started again. See ")
    assert told[-1].startswith("web ended with code 3; it is started again in 2 s. See ")


def test_ready_is_called_once_when_every_child_answers_and_watch_goes_on(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    heard: list[str] = []

    def watch() -> None:
        heard.append("watch")
        if "ready" in heard:
            os.kill(os.getpid(), signal.SIGTERM)

    web = Child(
        name="web",
        argv=(sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1"),
        answers=answers_http("127.0.0.1", port, "/"),
    )
    assert not listens("127.0.0.1", port)()
    supervise([web], logs=tmp_path / "log", ready=lambda: heard.append("ready"), watch=watch)
    assert heard.count("ready") == 1
    assert heard[-1] == "watch"
    assert not listens("127.0.0.1", port)()
    assert '"GET / HTTP/1.1" 200' in (tmp_path / "log" / "web.log").read_text()


def test_a_child_is_started_once_those_before_it_answer(tmp_path: Path) -> None:
    shop, crowd = tmp_path / "shop", tmp_path / "crowd"
    children = [
        Child(name="web", argv=("sh", "-c", f"sleep 0.3; touch {shop}; exec sleep 600"), answers=shop.exists),
        Child(name="shoppers", argv=("sh", "-c", f"[ -e {shop} ] && touch {crowd}; exec sleep 600"), answers=crowd.exists),
    ]
    supervise(children, logs=tmp_path / "log", ready=lambda: os.kill(os.getpid(), signal.SIGTERM), say=lambda _: None)
    assert crowd.exists()
