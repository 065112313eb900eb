"""Milliseconds of this thread's own on the processor: they hardly depend on who else computes. Ours and django-oscar's alike."""

from __future__ import annotations

import time
from collections.abc import Callable


def timed(run: Callable[[], object], seconds: float, *, least: int) -> list[float]:
    """Of each call of `run`, for so many `seconds`, and `least` times however long that takes."""
    took: list[float] = []
    until = time.perf_counter() + seconds
    while len(took) < least or time.perf_counter() < until:
        began = time.thread_time_ns()
        run()
        took.append((time.thread_time_ns() - began) / 1e6)
    return took
