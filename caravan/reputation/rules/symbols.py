"""The symbol beside a store's name: five medals, five diamonds, five crowns."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import Literal

from caravan.reputation.rules.settings import DEFAULTS, ReputationSettings

Kind = Literal["medal", "diamond", "crown"]
_KINDS: tuple[Kind, ...] = ("medal", "diamond", "crown")
_LEVELS = 5


@dataclass(frozen=True, slots=True)
class Symbol:
    """`level` 1 to 5 of its `kind`."""

    kind: Kind
    level: int


def symbol(points: int, settings: ReputationSettings = DEFAULTS) -> Symbol | None:
    """The symbol of a store with so many feedback points; None below the first floor."""
    reached = bisect_right(settings.symbol_floors, points)
    if not reached:
        return None
    kind, level = divmod(reached - 1, _LEVELS)
    return Symbol(_KINDS[kind], level + 1)
