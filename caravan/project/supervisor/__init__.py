"""Keeps a handful of processes going: starts them, restarts one that dies, and leaves none behind however it ends.

    supervise(
        [Child(name="web", argv=(sys.executable, "-m", "granian", ...), answers=answers_http("127.0.0.1", 8000, "/healthz"))],
        logs=root / "var/log",
        ready=lambda: print("Ready"),
    )

Each child leads a process group of its own, so Ctrl-C in a terminal reaches the supervisor alone, which asks the children to
stop, waits, and kills what is left. A kill -9 of the supervisor is seen by the warden, a small process that does the same.
"""

from .child import Child, ChildFailed
from .loop import supervise
from .probes import answers_http, listens

__all__ = ["Child", "ChildFailed", "answers_http", "listens", "supervise"]
