"""The supervisor's side of the warden."""

import contextlib
import os
import subprocess
import sys
from pathlib import Path

WARDEN = Path(__file__).with_name("warden.py")


class Guard:
    """Tells the warden which process groups to stop if we are killed. A warden that is killed itself is replaced."""

    def __init__(self) -> None:
        self._groups: set[int] = set()
        self._hire()

    def enlist(self) -> None:
        """Put the calling process under guard. A child calls it between fork and exec, so that it never runs unguarded,
        even if its parent is killed at once."""
        self._tell(b"+%d\n" % os.getpid())

    def remember(self, group: int) -> None:
        """Note a group that enlisted, for the next warden should this one die."""
        self._groups.add(group)

    def forget(self, group: int) -> None:
        """The group is gone."""
        self._groups.discard(group)
        self._tell(b"-%d\n" % group)

    def check(self) -> None:
        if self._warden.poll() is not None:
            os.close(self._pipe)
            self._hire()

    def close(self) -> None:
        """Dismiss the warden: it ends at once if every group was forgotten."""
        os.close(self._pipe)
        self._warden.wait()

    def _hire(self) -> None:
        """What a warden has to know waits in the pipe before it runs: we may be killed at once."""
        told, self._pipe = os.pipe()
        os.write(self._pipe, b"".join(b"+%d\n" % group for group in self._groups))
        command = [sys.executable, "-I", "-S", str(WARDEN)]
        self._warden = subprocess.Popen(command, stdin=told, start_new_session=True)
        os.close(told)

    def _tell(self, line: bytes) -> None:
        with contextlib.suppress(BrokenPipeError):  # `check` hires another, who is told everything
            os.write(self._pipe, line)
