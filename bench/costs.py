"""What answers cost: a server is asked for a while, and the processor time of its processes and of the database is divided."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass

from bench.load import Asked, load
from bench.processes import TICK, Cpu, between

WORKERS = 2
CONNECTIONS = 16


@dataclass(frozen=True, slots=True)
class Server:
    port: int
    cpu: Cpu


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of processor time of the server and of the database, for so many answers."""

    app: float
    database: float
    answers: int
    seconds: float
    latencies: tuple[float, ...]

    @property
    def milliseconds(self) -> float:
        return self.app_milliseconds + self.database_milliseconds

    @property
    def app_milliseconds(self) -> float:
        return 1000 * self.app / max(1, self.answers)

    @property
    def database_milliseconds(self) -> float:
        return 1000 * self.database / max(1, self.answers)

    @property
    def per_second(self) -> float:
        return self.answers / self.seconds

    def percentile(self, n: int) -> float:
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, len(ordered) * n // 100)]

    def plus(self, other: Cost) -> Cost:
        return Cost(
            self.app + other.app, self.database + other.database, self.answers + other.answers, self.seconds + other.seconds,
            (*self.latencies, *other.latencies),
        )  # fmt: skip


def warm(server: Server, asked: Sequence[Asked], *, connections: int) -> None:
    """Every worker has seen every address: what a process keeps is there."""
    load(server.port, asked, connections=connections, seconds=30, most=3 * WORKERS * len(asked))


def cost_of(server: Server, asked: Sequence[Asked], *, connections: int, seconds: float) -> Cost:
    """What it costs to answer them, in turn, for so long."""
    app, database = server.cpu.app(), server.cpu.database()
    done = load(server.port, asked, connections=connections, seconds=seconds)
    app_seconds, database_seconds = between(app, server.cpu.app()), between(database, server.cpu.database())
    # The kernel counts in ticks: less than one is not nothing.
    return Cost(max(app_seconds, 1 / TICK), database_seconds, done.count, done.seconds, tuple(done.latencies))


def leave_them_the_cores() -> None:
    """On four cores or more the load generator keeps to the last one."""
    cores = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_setaffinity") else []
    if len(cores) >= 4:
        os.sched_setaffinity(0, cores[-1:])
