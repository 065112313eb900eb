"""Numbers as strokes, so that a picture with measures needs no font."""

from __future__ import annotations

from caravan.project.demo.art.paint import group, line

# Each figure stands in a cell 10 wide and 16 high: its width and its strokes.
_STROKES: dict[str, tuple[float, str]] = {
    "0": (10, "M5 0 C-1 0 -1 16 5 16 S11 0 5 0z"),
    "1": (7, "M1 4 L5 0 V16"),
    "2": (10, "M1 4 C1 -1.5 9 -1.5 9 4 C9 8 2 11 1 16 H9"),
    "3": (10, "M1 2.5 C3 -1 9 -1 9 4 C9 7 6 7.5 4 7.5 C7 7.5 9.5 8.5 9.5 12 C9 17 2 17 0.5 13"),
    "4": (10, "M7.5 16 V0 L0.5 11 H10"),
    "5": (10, "M9 0 H2 L1 7 C5 4.5 9.5 6 9.5 11 C9 17 2 17 0.5 13.5"),
    "6": (10, "M8.5 1 C3 0 0.5 7 0.5 11 C0.5 17.5 9.5 17.5 9.5 11 C9.5 5.5 1.5 5.5 0.5 11"),
    "7": (10, "M1 0 H9 L4 16"),
    "8": (10, "M5 7.5 C0 7 0 0 5 0 S10 7 5 7.5 C-1 8 -1 16 5 16 S11 8 5 7.5z"),
    "9": (10, "M1.5 15 C7 16 9.5 9 9.5 5 C9.5 -1.5 0.5 -1.5 0.5 5 C0.5 10.5 8.5 10.5 9.5 5"),
    ".": (3, "M1.5 15.5 V16"),
    " ": (4, ""),
    "c": (9, "M8.5 7.5 C6 4.5 0.8 6 0.8 10.8 S6 17 8.5 14"),
    "m": (13, "M0.5 16 V6 M0.5 9.5 C1 5 6.5 5 6.5 9.5 V16 M6.5 9.5 C7 5 12.5 5 12.5 9.5 V16"),
}
_GAP = 3.5


def figure(text: str, x: float, y: float, height: float, colour: str) -> str:
    """`text` (digits, a point, "cm" and spaces) centred on (x, y), `height` units high. Raises KeyError on other signs."""
    width = sum(_STROKES[sign][0] + _GAP for sign in text) - _GAP
    at, strokes = 0.0, []
    for sign in text:
        advance, d = _STROKES[sign]
        strokes.append(group(line(d, colour, 2), f"translate({at:g} 0)"))
        at += advance + _GAP
    scale = height / 16
    return group("".join(strokes), f"translate({x - width * scale / 2:.1f} {y - height / 2:.1f}) scale({scale:.3f})")


def measure(value: float) -> str:
    """Centimetres as `figure` draws them: "7.5 cm"."""
    return f"{value:g} cm"
