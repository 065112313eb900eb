"""One child: how it is started, and what happens when it dies."""

import contextlib
import os
import signal
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from .guard import Guard

BACK_OFF = (0.0, 0.5, 1.0, 2.0, 5.0, 10.0)  # seconds before each restart in a row
STEADY = 10.0  # seconds; a child that lived longer did not die "in a row"


class ChildFailed(Exception):
    """A child died again and again before everything was ready. The message holds its last lines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """A process to keep going. `env` is added to our own; `answers` tells whether it is ready, else it is when it runs."""

    name: str
    argv: tuple[str, ...]
    env: Mapping[str, str] = field(default_factory=dict)
    answers: Callable[[], bool] | None = None


class Keeper:
    """Keeps one child going. Times are seconds of the monotonic clock."""

    def __init__(self, child: Child, logs: Path, guard: Guard, say: Callable[[str], None]) -> None:
        self.child = child
        self.deaths = 0  # in a row
        self._log = logs / f"{child.name}.log"
        self._guard = guard
        self._say = say
        self._process: subprocess.Popen[bytes] | None = None
        self._started = 0.0
        self._due = 0.0
        if self._log.exists():
            self._log.replace(self._log.with_suffix(".log.1"))

    def tend(self, now: float) -> None:
        """Start the child if it is due; see to it if it died."""
        if self._process is None:
            if now >= self._due:
                self._start(now)
        elif (code := self._process.poll()) is not None:
            self._bury()
            self.deaths = self.deaths + 1 if now - self._started < STEADY else 1
            wait = BACK_OFF[min(self.deaths, len(BACK_OFF)) - 1]
            self._due = now + wait
            when = f" in {wait:g} s" if wait else ""
            self._say(f"{self.child.name} {_ended(code)}; it is started again{when}. See {self._log}")

    def answers(self) -> bool:
        return self._process is not None and (self.child.answers is None or self.child.answers())

    def ask_to_stop(self) -> None:
        if self._process is not None:
            self._process.terminate()

    def has_stopped(self) -> bool:
        return self._process is None or self._process.poll() is not None

    def end(self) -> None:
        """Kill the child and whatever it started, asked or not."""
        if self._process is not None:
            self._bury()

    def last_words(self) -> str:
        return "\n".join(self._log.read_text(errors="replace").splitlines()[-12:])

    def _start(self, now: float) -> None:
        with open(self._log, "ab") as log:
            self._process = subprocess.Popen(
                self.child.argv,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env={**os.environ, **self.child.env},
                start_new_session=True,
                preexec_fn=self._guard.enlist,
            )
        self._guard.remember(self._process.pid)
        self._started = now

    def _bury(self) -> None:
        assert self._process
        # The group, since what a killed child started lives on and may hold its port.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._guard.forget(self._process.pid)
        self._process = None


def _ended(code: int) -> str:
    return f"was killed by {signal.Signals(-code).name}" if code < 0 else f"ended with code {code}"
