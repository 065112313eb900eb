"""The register of drawings: which function draws what, where the object stands and how wide its shadow is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from caravan.project.demo.art.paint import Ink

Draw = Callable[[Ink, str], str]


@dataclass(frozen=True, slots=True)
class Drawing:
    """`floor` is the height (0 top, 400 bottom) it stands on, None for what hangs or lies flat; `width` that of its shadow."""

    draw: Draw
    floor: float | None
    width: float


DRAWINGS: dict[str, Drawing] = {}


def drawing(*, floor: float | None, width: float = 240) -> Callable[[Draw], Draw]:
    """Registers a drawing under its function's name."""

    def register(draw: Draw) -> Draw:
        DRAWINGS[draw.__name__] = Drawing(draw, floor, width)
        return draw

    return register
