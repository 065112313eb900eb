"""From SVG text to PNG. The pictures hold no text elements, so no font is looked for."""

from __future__ import annotations

import resvg_py


def render(svg: str, size: int = 800) -> bytes:
    """A PNG `size` pixels wide; its height follows from the picture's own proportions."""
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, width=size, skip_system_fonts=True))
