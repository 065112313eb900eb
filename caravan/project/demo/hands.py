"""Processes that make the demo world, one a processor: each knows the world, has Django and a connection of its own.

They end with the process they work for, however that ends.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from multiprocessing import active_children, get_context, parent_process
from os import cpu_count
from typing import Any

import django
from django.conf import settings
from django.db import connection

from caravan.kernel.rates import RateTable
from caravan.project.demo.world import World

_worlds: list[World] = []


@contextmanager
def hands(world: World) -> Iterator[ProcessPoolExecutor]:
    """As many as there are processors, to be given `work` that may be killed at any instant, as it is should the block fail."""
    told = (str(connection.settings_dict["NAME"]), str(settings.VAR), world.seed, world.scale, world.ends_at, world.rates)
    # Spawned, not forked: this process holds a database connection and threads.
    pool = ProcessPoolExecutor(cpu_count(), mp_context=get_context("spawn"), initializer=_begin, initargs=told)
    with pool:
        try:
            yield pool
        except BaseException:
            for hand in active_children():
                hand.kill()
            raise


def work(run: Callable[[World, Any], Any], piece: Any) -> Any:
    """In a hand: what `run` makes of the piece. Pickle finds `run` by its name, with Django set up already."""
    return run(_worlds[0], piece)


def _begin(database: str, var: str, seed: int, scale: float, ends_at: datetime, rates: RateTable) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all of a terminal's processes; the one that gives work decides
    threading.Thread(target=_end_with_the_parent, daemon=True).start()
    os.environ["CARAVAN_VAR"] = var
    django.setup()
    connection.settings_dict["NAME"] = database
    _worlds[:] = [World(seed, scale, ends_at, rates)]


def _end_with_the_parent() -> None:
    parent = parent_process()
    assert parent
    parent.join()
    os._exit(1)
