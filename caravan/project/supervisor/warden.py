"""Stops the children of a supervisor that can no longer do so itself.

Run as a program, in a session of its own. Its input names process groups, "+123" to guard and "-123" to forget; the end of the
input means that the supervisor is gone. Then each group's leader is asked to stop, and what is left of the group after
GRACE seconds is killed. Only the standard library, and little of it, so that it stays small.
"""

import contextlib
import os
import signal
import sys
import time

GRACE = 5.0


def main() -> None:
    groups: set[int] = set()
    for line in sys.stdin:
        group = int(line[1:])
        if line[0] == "+":
            groups.add(group)
        else:
            groups.discard(group)
    for group in groups:
        with contextlib.suppress(ProcessLookupError):
            os.kill(group, signal.SIGTERM)
    deadline = time.monotonic() + GRACE
    while any(map(_lives, groups)) and time.monotonic() < deadline:
        time.sleep(0.05)
    for group in groups:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(group, signal.SIGKILL)


def _lives(leader: int) -> bool:
    try:
        os.kill(leader, 0)
    except ProcessLookupError:
        return False
    return True


if __name__ == "__main__":
    main()
