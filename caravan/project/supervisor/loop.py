"""The supervisor itself: one loop, one thread."""

import contextlib
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from .child import Child, ChildFailed, Keeper
from .guard import Guard

TICK = 0.1  # seconds
WATCH = 1.0  # seconds
GIVE_UP = 4  # deaths in a row, as long as not everything was ready once


def supervise(
    children: Sequence[Child],
    *,
    logs: Path,
    ready: Callable[[], object] = lambda: None,
    watch: Callable[[], object] = lambda: None,
    say: Callable[[str], None] = print,
    grace: float = 10.0,
) -> None:
    """Keep the children going until SIGINT, SIGTERM or SIGHUP; return when none is left. Call it in the main thread.

    They are started in the order given, each once those before it answer: what is waited for has the machine to itself.
    What they print goes to `<logs>/<name>.log`; the log before is `<name>.log.1`. `ready` is called once, when all of them
    answer; `watch` about every second, for what is no child of ours; what it raises ends everything. `say` is told of deaths.
    On a signal each child has `grace` seconds to stop before it is killed; a second signal kills at once.
    Raises ChildFailed when a child cannot be brought up.
    """
    logs.mkdir(parents=True, exist_ok=True)
    with _signals() as received, contextlib.closing(Guard()) as guard:
        keepers = [Keeper(child, logs, guard, say) for child in children]
        try:
            waiting, watched = True, time.monotonic()
            while not received:
                now = time.monotonic()
                for keeper in keepers:
                    keeper.tend(now)
                    if waiting and keeper.deaths >= GIVE_UP:
                        raise ChildFailed(f"{keeper.child.name} does not start:\n{keeper.last_words()}")
                    if waiting and not keeper.answers():
                        break
                else:
                    if waiting:
                        waiting = False
                        ready()
                if now - watched >= WATCH:
                    watched = now
                    guard.check()
                    watch()
                time.sleep(TICK)
        finally:
            _stop(keepers, received, grace)


@contextmanager
def _signals() -> Iterator[list[int]]:
    """The signals to stop that arrive inside the block."""
    received: list[int] = []

    def note(number: int, frame: FrameType | None) -> None:
        received.append(number)

    before = {number: signal.signal(number, note) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    try:
        yield received
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _stop(keepers: Sequence[Keeper], received: Sequence[int], grace: float) -> None:
    for keeper in keepers:
        keeper.ask_to_stop()
    deadline = time.monotonic() + grace
    while time.monotonic() < deadline and len(received) < 2 and not all(keeper.has_stopped() for keeper in keepers):
        time.sleep(0.02)
    for keeper in keepers:
        keeper.end()
