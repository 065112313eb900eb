"""What a file would change in the tables, before it is loaded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from caravan.tax.rules.tables import Row, in_force


@dataclass(frozen=True, slots=True)
class Change:
    """A row that would rule from its first day on, and the one that rules the day it begins (None: a new key)."""

    kind: Literal["new", "changed", "same", "ended"]
    before: Row | None
    after: Row


def changes(known: Sequence[Row], loaded: Iterable[Row]) -> tuple[Change, ...]:
    """Each loaded row beside what it replaces."""
    rulers: dict[date, dict[tuple[str, ...], Row]] = {}
    found = []
    for row in loaded:
        day = row.effective_from
        if day not in rulers:
            rulers[day] = {held.key: held for held in in_force(day, known)}
        found.append(_change(rulers[day].get(row.key), row))
    return tuple(found)


def _change(before: Row | None, after: Row) -> Change:
    if after.effective_until == after.effective_from:
        return Change("ended", before, after)
    if before is None:
        return Change("new", None, after)
    dated = replace(before, effective_from=after.effective_from, effective_until=after.effective_until)
    return Change("same" if dated == after else "changed", before, after)
