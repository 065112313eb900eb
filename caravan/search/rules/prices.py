"""The price bands offered as a filter, in minor units of the reference currency (EUR cents)."""

from __future__ import annotations

_EDGES = (0, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000)
BANDS: tuple[tuple[int, int | None], ...] = (*zip(_EDGES, (edge - 1 for edge in _EDGES[1:]), strict=False), (_EDGES[-1], None))


def label(low: int | None, high: int | None) -> str:
    """ "500-999", "100000-" """
    return f"{low or 0}-{'' if high is None else high}"
