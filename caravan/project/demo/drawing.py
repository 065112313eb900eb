"""What processes that draw import: pictures, and nothing of Django."""

from __future__ import annotations

from caravan.project.demo.art import marks, scene
from caravan.project.demo.art.render import render

PIXELS, LOGO_PIXELS = 640, 256


def draw(art: str, colour: str, view: int) -> bytes:
    """The picture as a PNG of PIXELS by PIXELS."""
    return render(scene.picture(art, colour, view, seed=0), PIXELS)


def logo(seed: int) -> bytes:
    """A store's mark, as its owner would upload it."""
    return render(marks.store_logo(seed), LOGO_PIXELS)
