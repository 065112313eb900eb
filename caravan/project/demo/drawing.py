"""What processes that draw import: pictures, and nothing of Django."""

from __future__ import annotations

from caravan.project.demo.art import marks, scene
from caravan.project.demo.art.render import render

LOGO_PIXELS = 256


def draw(art: str, colour: str, view: int, pixels: int) -> bytes:
    """The picture as a PNG of `pixels` by `pixels`."""
    return render(scene.picture(art, colour, view, seed=0), pixels)


def logo(seed: int) -> bytes:
    """A store's mark, as its owner would upload it."""
    return render(marks.store_logo(seed), LOGO_PIXELS)
