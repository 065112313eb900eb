"""Product pictures: a drawing set on a background, close up, or with its measures."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from random import Random

from PIL import Image

from caravan.project.demo.art import objects
from caravan.project.demo.art.board import DRAWINGS, Drawing
from caravan.project.demo.art.figures import figure, measure
from caravan.project.demo.art.paint import Ink, backdrop_of, disc, gradients, group, line, mix, oval, path, rect, without_props
from caravan.project.demo.art.render import render

__all__ = ["objects", "picture"]


def picture(art: str, colour: str, view: int, seed: int, *, cm: tuple[float, float] | None = None) -> str:
    """SVG text, 400 units square, of `art` ("<drawing> [kind]") in a colour named in `paint.COLOURS`.

    View 0 shows the whole object, 1 a close look on a warmer ground, 2 its measures: width and height in `cm`. `seed` chooses
    among backgrounds. Raises KeyError on an unknown drawing or colour, ValueError on another view or a missing `cm`.
    """
    name, _, kind = art.partition(" ")
    drawn, ink = DRAWINGS[name], Ink.of(colour)
    body = drawn.draw(ink, kind)
    random = Random(f"{art} {colour} {view} {seed}")
    if view == 0:
        return _svg(ink, _ground(drawn, ink, random) + body)
    if view == 1:
        return _svg(ink, _close(drawn, ink, body, extent(art), random))
    if view == 2 and cm:
        return _svg(ink, _sized(ink, without_props(body), extent(art), cm))
    raise ValueError(f"no view {view} of {art!r}: give 0, 1, or 2 with `cm`")


@cache
def extent(art: str) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of the object on its canvas, without the props beside it."""
    name, _, kind = art.partition(" ")
    ink = Ink.of("red")
    # A third of a unit per side is exact enough for arrows, and a small rendering takes a millisecond.
    alpha = Image.open(BytesIO(render(_svg(ink, without_props(DRAWINGS[name].draw(ink, kind))), 200))).getchannel("A")
    left, top, right, bottom = alpha.point(lambda a: 255 if a > 100 else 0).getbbox() or (0, 0, 200, 200)
    return left * 2, top * 2, right * 2, bottom * 2


def _svg(ink: Ink, content: str) -> str:
    defs = gradients(ink, content)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400" '
        f'width="400" height="400"><defs>{defs}</defs>{content}</svg>'
    )


def _ground(drawn: Drawing, ink: Ink, random: Random) -> str:
    """A wall with a shape on it, and a floor with a shadow where the object stands on one. Light falls from the upper left.

    All of it is opaque, blended beforehand: on so large a field a gradient would take longer to render than the object.
    """
    light, shade = backdrop_of(ink.base)
    paler, wall = mix(light, "#ffffff", 0.55), mix(light, shade, 0.35)
    content = rect(0, 0, 400, 400, wall) + _motif(random, wall, paler)
    if drawn.floor is None:
        return content + disc(200, 200, 178, paler) + _blend(212, 222, 158, 160, paler, mix(paler, "#1c1426", 0.18), 14)
    edge, shadow = drawn.floor - 26, mix(shade, "#1c1426", 0.42)
    floor = rect(0, edge, 400, 400 - edge, shade) + rect(0, edge, 400, 5, mix(wall, shade, 0.5))
    return content + floor + _blend(214, drawn.floor, min(drawn.width * 0.66, 182), 23, shade, shadow, 12)


def _motif(random: Random, wall: str, paler: str) -> str:
    kind = random.randrange(4)
    soft = mix(wall, paler, 0.6)
    if kind == 0:
        return disc(200, 190, 172, paler)
    if kind == 1:
        return path("M52 400 V190 a148 148 0 0 1 296 0 V400z", paler)
    if kind == 2:
        return path("M40 0 H170 L20 400 H-110z M230 0 H390 L240 400 H80z", soft)
    x = random.choice((96, 304))
    return disc(x, 110, 140, paler) + disc(400 - x, 310, 130, soft)


def _blend(x: float, y: float, rx: float, ry: float, outer: str, inner: str, steps: int) -> str:
    """An oval that passes from one colour at its rim to another in its middle."""
    return "".join(
        oval(x, y, round(rx * (1 - n / steps), 1), round(ry * (1 - n / steps), 1), mix(outer, inner, n / max(steps - 1, 1)))
        for n in range(steps)
    )


def _close(drawn: Drawing, ink: Ink, body: str, box: tuple[float, float, float, float], random: Random) -> str:
    """The object larger than the picture's frame, turned a little, on a ground of its second colour."""
    tint = mix(ink.accent, "#ffffff", 0.62)
    paler, darker = mix(tint, "#ffffff", 0.45), mix(tint, ink.accent, 0.35)
    side = random.choice((-1, 1))
    ground = (
        rect(0, 0, 400, 400, tint)
        + disc(200 + 130 * side, 90, 190, paler)
        + disc(200 - 170 * side, 380, 150, mix(darker, tint, 0.2))
    )
    ground += "".join(disc(200 - side * (172 - 22 * c), 28 + 22 * r, 3, "#ffffff") for c in range(4) for r in range(4))
    left, top, right, bottom = box
    scale = 1.32 * min(400 / max(right - left, bottom - top, 1), 1.5)
    x, y = (left + right) / 2 + side * (right - left) * 0.07, top + (bottom - top) * 0.46
    floor = drawn.floor or 0
    shadow = "".join(oval(214, floor - 1, drawn.width * k, 18 * k, "#1c1426", o=0.1) for k in (0.46, 0.54, 0.62)) if floor else ""
    lean = 0 if drawn.floor else 7 * side
    return ground + group(shadow + body, f"translate(200 200) rotate({lean}) scale({scale:.2f}) translate({-x:.1f} {-y:.1f})")


def _sized(ink: Ink, body: str, box: tuple[float, float, float, float], cm: tuple[float, float]) -> str:
    """On squared paper with an arrow for the width below and one for the height at the right."""
    left, top, right, bottom = box
    scale = min(248 / (right - left), 256 / (bottom - top))
    half_width, half_height = (right - left) * scale / 2, (bottom - top) * scale / 2
    x, y, mark = 160, 172, mix(ink.deep, "#3a3550", 0.5)
    grid = " ".join(f"M{n} 0 V400 M0 {n} H400" for n in range(20, 400, 20))
    paper = rect(0, 0, 400, 400, "#fbfbfc") + line(grid, "#dfe4ec", 0.7)
    under, beside = y + half_height + 24, x + half_width + 24
    arrows = _arrow(x - half_width, under, x + half_width, under, mark) + _arrow(
        beside, y - half_height, beside, y + half_height, mark
    )
    label = figure(measure(cm[0]), x, under + 24, 17, mark) + figure(measure(cm[1]), beside + 48, y, 15, mark)
    return (
        paper
        + arrows
        + label
        + group(body, f"translate({x} {y}) scale({scale:.3f}) translate({-(left + right) / 2:g} {-(top + bottom) / 2:g})")
    )


def _arrow(x1: float, y1: float, x2: float, y2: float, colour: str) -> str:
    """Across or down, with a head and a bar at each end."""
    if y1 == y2:
        heads = (
            f"M{x1 + 8:.1f} {y1 - 5:.1f} L{x1:.1f} {y1:.1f} l8 5 M{x2 - 8:.1f} {y2 - 5:.1f} "
            f"L{x2:.1f} {y2:.1f} l-8 5 M{x1:.1f} {y1 - 9:.1f} v18 M{x2:.1f} {y2 - 9:.1f} v18"
        )
    else:
        heads = (
            f"M{x1 - 5:.1f} {y1 + 8:.1f} L{x1:.1f} {y1:.1f} l5 8 M{x2 - 5:.1f} {y2 - 8:.1f} "
            f"L{x2:.1f} {y2:.1f} l5 -8 M{x1 - 9:.1f} {y1:.1f} h18 M{x2 - 9:.1f} {y2:.1f} h18"
        )
    return line(f"M{x1:.1f} {y1:.1f} L{x2:.1f} {y2:.1f} {heads}", colour, 2.2)
