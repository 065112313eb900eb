"""Marks and banners of stores: geometry from a seed, never letters."""

from __future__ import annotations

from math import cos, pi, sin
from random import Random

from caravan.project.demo.art.paint import Ink, disc, line, mix, oval, path, rect, turn

_BOLD = ("navy", "blue", "teal", "green", "orange", "coral", "red", "burgundy", "violet", "brown", "sky", "gold")


def store_logo(seed: int) -> str:
    """SVG text of a square mark, 256 units wide."""
    random = Random(f"logo {seed}")
    ink = Ink.of(random.choice(_BOLD))
    draw = random.choice((_petals, _rings, _peaks, _weave, _sunrise, _leaves, _hexagon, _orbit))
    reverse = random.random() < 0.5
    ground, first, second = (
        (ink.base, "#fffaf2", mix(ink.accent, "#ffffff", 0.1))
        if reverse
        else (mix(ink.base, "#ffffff", 0.86), ink.base, ink.accent)
    )
    if not reverse and sum(int(second[i : i + 2], 16) for i in (1, 3, 5)) > 600:
        second = ink.light
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 256 256" width="256" '
        f'height="256">{rect(0, 0, 256, 256, ground)}{draw(random, first, second)}</svg>'
    )


def store_banner(seed: int, colour: str) -> str:
    """SVG text of a banner, 1200 by 300 units, in a colour named in `paint.COLOURS`. Raises KeyError on an unknown one."""
    random = Random(f"banner {seed}")
    ink = Ink.of(colour)
    draw = random.choice((_hills, _tiles, _ribbons, _bubbles))
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 300" width="1200" '
        f'height="300">{rect(0, 0, 1200, 300, ink.base)}{draw(random, ink)}</svg>'
    )


def _petals(random: Random, first: str, second: str) -> str:
    count = random.choice((5, 6, 8))
    petals = "".join(turn(360 / count * n, oval(128, 76, 118 / count + 8, 46, first, o=0.9), 128, 128) for n in range(count))
    return petals + disc(128, 128, 24, second)


def _rings(random: Random, first: str, second: str) -> str:
    lean = random.randrange(0, 180, 30)
    return turn(
        lean,
        disc(96, 128, 50, "none", stroke=first, stroke_width=20)
        + disc(160, 128, 50, "none", stroke=second, stroke_width=20)
        + path("M128 90 A50 50 0 0 0 128 166", "none", stroke=first, stroke_width=20),
        128,
        128,
    )


def _peaks(random: Random, first: str, second: str) -> str:
    tip = random.randrange(96, 160, 8)
    return (
        disc(tip + 44 if tip < 128 else tip - 44, 84, 20, second)
        + path(f"M36 196 L{tip} 68 L220 196z", first)
        + path(f"M{tip} 68 L{tip + 26} 104 L{tip} 122 L{tip - 24} 102z", second)
        + path("M110 196 L168 130 L220 196z", second, o=0.75)
    )


def _weave(random: Random, first: str, second: str) -> str:
    lean = random.choice((0, 45))
    bars = "".join(rect(58 + 52 * n, 46, 36, 164, first, 18) for n in range(3)) + "".join(
        rect(46, 58 + 52 * n, 164, 36, second, 18) for n in range(3)
    )
    over = "".join(rect(58 + 52 * n, 54 + 52 * m, 36, 44, first) for n in range(3) for m in range(3) if (n + m) % 2 == 0)
    return turn(lean, bars + over, 128, 128)


def _sunrise(random: Random, first: str, second: str) -> str:
    rays = random.choice((7, 9, 11))
    beams = "".join(turn(-90 + 180 / (rays - 1) * n, line("M128 84 V52", first, 12), 128, 156) for n in range(rays))
    return (
        beams
        + path("M76 156 a52 52 0 0 1 104 0z", second)
        + "".join(line(f"M{52 + 20 * n} {176 + 20 * n} H{204 - 20 * n}", first, 11) for n in range(3))
    )


def _leaves(random: Random, first: str, second: str) -> str:
    pairs = random.choice((2, 3))
    leaf = "M128 0 C84 -12 52 -40 50 -78 C92 -78 124 -46 128 0z"
    side = "".join(
        f'<g transform="translate(0 {196 - 50 * n})">{path(leaf, first)}</g><g '
        f'transform="translate(256 {196 - 50 * n}) scale(-1 1)">{path(leaf, second)}</g>'
        for n in range(pairs)
    )
    return side + line("M128 208 V92", first, 9)


def _hexagon(random: Random, first: str, second: str) -> str:
    corner = [(128 + 88 * cos(pi * n / 3 + pi / 6), 128 + 88 * sin(pi * n / 3 + pi / 6)) for n in range(6)]
    start = random.randrange(2)
    faces = "".join(
        path(
            f"M128 128 L{corner[n][0]:.0f} {corner[n][1]:.0f} "
            f"L{corner[(n + 1) % 6][0]:.0f} "
            f"{corner[(n + 1) % 6][1]:.0f} "
            f"L{corner[(n + 2) % 6][0]:.0f} {corner[(n + 2) % 6][1]:.0f}z",
            c,
            o=o,
        )
        for n, c, o in zip(range(start, start + 6, 2), (first, second, first), (1, 1, 0.6), strict=True)
    )
    return faces + disc(128, 128, 22, "#ffffff", o=0.9)


def _orbit(random: Random, first: str, second: str) -> str:
    lean = random.randrange(-40, 41, 10)
    ring = oval(128, 128, 96, 36, "none", stroke=second, stroke_width=13)
    return turn(
        lean,
        ring
        + disc(128, 128, 54, first)
        + path("M32 128 A96 36 0 0 0 224 128", "none", stroke=second, stroke_width=13)
        + disc(214, 110, 15, second),
        128,
        128,
    )


def _hills(random: Random, ink: Ink) -> str:
    sun = disc(random.randrange(700, 1080, 20), 110, 62, mix(ink.accent, "#ffffff", 0.2))
    shades = (ink.light, mix(ink.base, ink.light, 0.4), ink.dark, ink.deep)
    layers = ""
    for n, shade in enumerate(shades):
        y = 130 + 46 * n
        points = [(x, y + random.randrange(-34, 35)) for x in range(-100, 1401, 300)]
        curve = "".join(f" S{x - 140} {h} {x} {h}" for x, h in points[1:])
        layers += path(f"M-100 300 V{points[0][1]}{curve} V300z", shade)
    return rect(0, 0, 1200, 300, ink.pale) + sun + layers


def _tiles(random: Random, ink: Ink) -> str:
    shades = (ink.base, ink.light, ink.dark, ink.accent, ink.pale)
    forms = (
        lambda x, y, c: path(f"M{x} {y} h100 a100 100 0 0 1 -100 100z", c),
        lambda x, y, c: disc(x + 50, y + 50, 36, c),
        lambda x, y, c: path(f"M{x} {y + 100} L{x + 100} {y} V{y + 100}z", c),
        lambda x, y, c: path(f"M{x + 100} {y + 100} h-100 a100 100 0 0 1 100 -100z", c),
        lambda x, y, c: disc(x + 50, y + 50, 26, "none", stroke=c, stroke_width=18),
    )
    cells = ""
    for x in range(0, 1200, 100):
        for y in range(0, 300, 100):
            ground, figure_ = random.sample(shades, 2)
            cells += rect(x, y, 100, 100, ground) + random.choice(forms)(x, y, figure_)
    return cells


def _ribbons(random: Random, ink: Ink) -> str:
    shades = (ink.dark, ink.light, ink.accent, ink.pale, ink.deep)
    start = random.randrange(5)
    return "".join(
        line(
            f"M-60 {40 + 58 * n} C300 {random.randrange(-60, 300)} 800 {random.randrange(0, 360)} 1260 {20 + 60 * n}",
            shades[(start + n) % 5],
            random.randrange(22, 56),
            0.9,
        )
        for n in range(5)
    )


def _bubbles(random: Random, ink: Ink) -> str:
    shades = (ink.dark, ink.light, ink.accent, ink.pale)
    return "".join(
        disc(random.randrange(0, 1201), random.randrange(0, 301), random.randrange(18, 110), random.choice(shades), o=0.55)
        for _ in range(26)
    )
