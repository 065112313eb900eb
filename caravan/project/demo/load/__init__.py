"""The demo world into the tables, through the actions that load any records of the past.

The work is cut into stages, each of them into pieces that any process may do. Every piece may be repeated: ids come from the
world, what stands is left alone, a day of trade is one transaction. Killed at any instruction, the next load goes on with the
same world.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from graphlib import TopologicalSorter
from typing import Any

from django.db import connection

from caravan.kernel.errors import Conflict
from caravan.project.demo import journal
from caravan.project.demo.hands import hands, work
from caravan.project.demo.journal import Journal
from caravan.project.demo.load.stages import STAGES
from caravan.project.demo.world import World
from caravan.project.demo.world.shops import store_id
from caravan.stores.queries.stores import stores_by_ids
from caravan.trade.actions.rates import refresh_rates
from caravan.trade.queries.rates import rates_on

Progress = Callable[[str, int, int], None]  # (stage, done, total)

SEED = 2024
LOCK = 7_203_551_868  # any number nobody else locks


def open_world(*, scale: float, at: datetime, seed: int = SEED) -> World:
    """The demo world of this installation: the one begun earlier, else a new one that ends at `at`.

    Raises Conflict where the tables hold another world than the one asked for.
    """
    refresh_rates(since=at.date() - timedelta(days=400))
    with _alone():
        told = journal.read()
        if not _is_there():
            told = Journal(seed, scale, at)
            journal.write(told)
    if told is None:
        raise Conflict("demo.unknown", f"The database holds a demo world, but {journal.path()}, which says which, is gone.")
    if (told.seed, told.scale) != (seed, scale):
        raise Conflict("demo.other", f"The database holds a demo world of scale {told.scale:g}, seed {told.seed}.")
    return World(told.seed, told.scale, told.ends_at, rates_on(told.ends_at.date()))


def is_loaded() -> bool:
    """Whether a whole world is in the tables."""
    told = journal.read()
    return told is not None and STAGES.keys() <= set(told.done) and _is_there()


def load(world: World, progress: Progress) -> None:
    """Bring the tables, the rankings and the search index to what `world` (from `open_world`) says.

    Stages that are done are not done again. Raises Conflict while another process loads.
    """
    with _alone():
        told = journal.read()
        if told is None or (told.seed, told.scale, told.ends_at) != (world.seed, world.scale, world.ends_at):
            raise Conflict("demo.other", "Another demo world was opened meanwhile. Start again.")
        with hands(world) as pool:
            _run(world, told, pool, progress)


@contextmanager
def _alone() -> Iterator[None]:
    """One load at a time, whoever started it. The lock goes with the connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            raise Conflict("demo.loading", "Another process is loading the demo world. Wait for it to finish.")
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def _is_there() -> bool:
    return bool(stores_by_ids([store_id(1)]))


def _run(world: World, told: Journal, pool: ProcessPoolExecutor, progress: Progress) -> None:
    """Every stage as soon as those it builds on are done, its pieces in turn, all hands busy."""
    order = TopologicalSorter({name: stage.after for name, stage in STAGES.items()})
    order.prepare()
    begun: dict[str, _Begun] = {}
    waiting: dict[Future[Any], str] = {}
    while order.is_active():
        for name in order.get_ready():
            if name in told.done:
                order.done(name)
                continue
            pieces = STAGES[name].pieces(world, told)
            begun[name] = _Begun(len(pieces))
            waiting |= {pool.submit(work, STAGES[name].run, piece): name for piece in pieces}
        for future in wait(waiting, return_when=FIRST_COMPLETED).done if waiting else ():
            name = waiting.pop(future)
            begun[name].results.append(future.result())
            progress(name, len(begun[name].results), begun[name].pieces)
            if len(begun[name].results) == begun[name].pieces:
                told = STAGES[name].note(told, begun.pop(name).results).stage_done(name)
                journal.write(told)
                order.done(name)


@dataclass(slots=True)
class _Begun:
    """A stage that is being done: how many pieces it has, and what came of those that are done, in any order."""

    pieces: int
    results: list[Any] = field(default_factory=list)
