"""Pictures of the demo world's goods: drawn on all processors, kept as any seller's upload is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import islice, repeat
from multiprocessing import get_context
from os import cpu_count
from uuid import UUID

from caravan.catalog.actions.pictures import store_pictures
from caravan.project.demo.drawing import draw
from caravan.project.demo.world import Picture

PIXELS = 480  # on a side: twice what cards show
BATCH = 24


def hang(wanted: Sequence[Picture], progress: Callable[[int, int], None]) -> dict[Picture, UUID]:
    """Draw and store the pictures; what is stored already stays. Returns their ids."""
    ids: dict[Picture, UUID] = {}
    arts, colours, views = ([getattr(p, part) for p in wanted] for part in ("art", "colour", "view"))
    # Spawned, not forked: the caller holds a database connection and threads.
    with ProcessPoolExecutor(cpu_count(), mp_context=get_context("spawn")) as pool:
        drawn = pool.map(draw, arts, colours, views, repeat(PIXELS), chunksize=8)
        for batch in _batches(zip(wanted, drawn, strict=True)):
            rows = store_pictures(contents=[content for _, content in batch])
            ids.update((picture, row.id) for (picture, _), row in zip(batch, rows, strict=True))
            progress(len(ids), len(wanted))
    return ids


def _batches(pairs: Iterator[tuple[Picture, bytes]]) -> Iterator[list[tuple[Picture, bytes]]]:
    while batch := list(islice(pairs, BATCH)):
        yield batch
