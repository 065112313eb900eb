"""Ink and primitives: colourways with their shades, and SVG shapes on a canvas of 400 by 400 units.

A drawing is a function of an `Ink` and a kind ("plain", "floral", ...) that returns SVG elements. Shading comes from a few shared
gradients; `gradients` writes only those that a drawing refers to.
"""

from __future__ import annotations

import colorsys
import re
from dataclasses import dataclass

COLOURS = {
    "black": "#33363d", "white": "#f1efea", "grey": "#8d949d", "silver": "#c3c9d0", "navy": "#2b3f6b", "blue": "#3f6fb5",
    "sky": "#6fb4de", "teal": "#1f8a8c", "mint": "#8fd0b8", "green": "#4d8b57", "olive": "#7a7a45", "yellow": "#f0bf3f",
    "orange": "#ec8136", "coral": "#ee7565", "red": "#d2403f", "burgundy": "#842b43", "pink": "#ef95b4", "rose": "#dda59b",
    "lilac": "#b8a2da", "violet": "#7a5cb5", "beige": "#dcc7a5", "brown": "#8a5a3b", "gold": "#d9ab4a", "natural": "#d2a46c",
}  # fmt: skip

_ACCENTS = {
    "black": "#ec8136", "white": "#6fb4de", "grey": "#f0bf3f", "silver": "#1f8a8c", "navy": "#f0bf3f", "blue": "#f3efe6",
    "sky": "#fff3d6", "teal": "#f6c667", "mint": "#ee7565", "green": "#f6d58a", "olive": "#ec8136", "yellow": "#2f6f8f",
    "orange": "#2b3f6b", "coral": "#fff0d9", "red": "#fbe8d3", "burgundy": "#e9bd8f", "pink": "#fff4e8", "rose": "#8a4a55",
    "lilac": "#fdf3c4", "violet": "#f7c8d4", "beige": "#a5674a", "brown": "#efd7ae", "gold": "#7a3346", "natural": "#8a4a2c",
}  # fmt: skip

MAIN, ROUND, ACCENT = "url(#main)", "url(#round)", "url(#accent)"
STEEL, GOLD, WOOD, DARK, PAPER, GLASS, SCREEN, LEAF, GLOW = (
    f"url(#{name})" for name in ("steel", "gold", "wood", "dark", "paper", "glass", "screen", "leaf", "glow")
)
SKIN = "#f3cba9"


@dataclass(frozen=True, slots=True)
class Ink:
    """A colourway: its base colour, lighter and darker shades of it, and a colour that goes well with it (all "#rrggbb")."""

    base: str
    accent: str

    @classmethod
    def of(cls, colour: str) -> Ink:
        """The ink of a colour by name. Raises KeyError on an unknown one."""
        return cls(COLOURS[colour], _ACCENTS[colour])

    @property
    def light(self) -> str:
        return mix(self.base, "#ffffff", 0.32)

    @property
    def pale(self) -> str:
        return mix(self.base, "#ffffff", 0.66)

    @property
    def dark(self) -> str:
        return mix(self.base, "#1c1426", 0.24)

    @property
    def deep(self) -> str:
        return mix(self.base, "#1c1426", 0.5)


def mix(first: str, second: str, share: float) -> str:
    """`share` of `second` in `first`, channel by channel."""
    pairs = zip(_channels(first), _channels(second), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def backdrop_of(colour: str) -> tuple[str, str]:
    """A quiet pair (light, shade) of the opposite warmth, so that the object stands off its background."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*(c / 255 for c in _channels(colour)))
    turned = (hue + (0.5 if saturation > 0.15 else 0.08)) % 1
    strength = 0.26 if lightness < 0.85 else 0.38
    shade = 0.87 if lightness < 0.8 else 0.76
    return _hex(turned, 0.965 if lightness < 0.8 else 0.9, strength), _hex(turned, shade, strength)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _hex(hue: float, lightness: float, saturation: float) -> str:
    return "#" + "".join(f"{round(c * 255):02x}" for c in colorsys.hls_to_rgb(hue, lightness, saturation))


def shape(tag: str, attributes: dict[str, object]) -> str:
    """One element; `_` in a name stands for a hyphen. `o` is the opacity of the paint: that of the element would cost a layer."""
    clear = attributes.pop("o", 1)
    if clear != 1:
        attributes |= {f"{paint}_opacity": clear for paint in ("fill", "stroke") if attributes.get(paint, "none") != "none"}
    named = {k.replace("_", "-"): f"{v:.5g}" if isinstance(v, float) else v for k, v in attributes.items()}
    return f"<{tag} " + " ".join(f'{k}="{v}"' for k, v in named.items()) + "/>"


def path(d: str, fill: str, **more: object) -> str:
    return shape("path", {"d": d, "fill": fill, **more})


def rect(x: float, y: float, w: float, h: float, fill: str, r: float = 0, **more: object) -> str:
    return shape("rect", {"x": x, "y": y, "width": w, "height": h, "rx": r, "fill": fill, **more})


def oval(x: float, y: float, rx: float, ry: float, fill: str, **more: object) -> str:
    return shape("ellipse", {"cx": x, "cy": y, "rx": rx, "ry": ry, "fill": fill, **more})


def disc(x: float, y: float, r: float, fill: str, **more: object) -> str:
    return shape("circle", {"cx": x, "cy": y, "r": r, "fill": fill, **more})


def line(d: str, stroke: str, w: float = 4, o: float = 1, **more: object) -> str:
    """A stroke with round ends."""
    ends = {"stroke_linecap": "round", "stroke_linejoin": "round"}
    return shape("path", {"d": d, "fill": "none", "stroke": stroke, "stroke-width": w, "o": o, **ends, **more})


def shine(d: str, w: float = 8, o: float = 0.4) -> str:
    """A highlight."""
    return line(d, "#ffffff", w, o)


def fold(d: str, ink: Ink, w: float = 4, o: float = 0.3) -> str:
    """A crease of cloth or an edge between parts: a darker, see-through stroke."""
    return line(d, ink.deep, w, o)


def stitch(d: str, colour: str, w: float = 2, o: float = 0.7) -> str:
    """A seam: a dashed stroke."""
    return line(d, colour, w, o, stroke_dasharray="5 5")


def inside(d: str, content: str, name: str = "a") -> str:
    """The content cut to the outline `d`; each cut in one drawing has its own name."""
    return f'<clipPath id="cut-{name}"><path d="{d}"/></clipPath><g clip-path="url(#cut-{name})">{content}</g>'


def prop(content: str) -> str:
    """Something beside the product (steam, a herb, the sand below): `without_props` leaves it out."""
    return f"<!--prop-->{content}<!--/prop-->"


def without_props(body: str) -> str:
    return re.sub("<!--prop-->.*?<!--/prop-->", "", body)


def group(content: str, transform: str) -> str:
    return f'<g transform="{transform}">{content}</g>'


def turn(degrees: float, content: str, x: float = 200, y: float = 200) -> str:
    return group(content, f"rotate({degrees} {x} {y})")


def both(content: str) -> str:
    """The content and its mirror image about the middle (x = 200)."""
    return content + group(content, "translate(400 0) scale(-1 1)")


def dots(x: float, y: float, columns: int, rows: int, gap: float, r: float, fill: str, o: float = 1) -> str:
    """A grid of discs from its upper left corner."""
    return "".join(disc(x + c * gap, y + w * gap, r, fill, o=o) for w in range(rows) for c in range(columns))


def spots(x: float, y: float, w: float, h: float, gap: float, r: float, fill: str, o: float = 1) -> str:
    """Staggered dots that fill a field, for prints cut to an outline."""
    rows = range(int(h // gap) + 1)
    return "".join(dots(x + (n % 2) * gap / 2, y + n * gap, int(w // gap) + 1, 1, gap, r, fill, o) for n in rows)


def flower(x: float, y: float, r: float, petal: str, heart: str) -> str:
    petals = "".join(turn(a, oval(x, y - r, r * 0.55, r * 0.8, petal), x, y) for a in range(0, 360, 72))
    return petals + disc(x, y, r * 0.5, heart)


def gradients(ink: Ink, used: str) -> str:
    """The definitions of those shared gradients that `used` refers to."""
    white, b = "#ffffff", ink.base
    table = {
        "main": _linear("main", "0 0 0.35 1", (ink.light, b, ink.dark)),
        "round": _linear("round", "0 0 1 0", (ink.dark, ink.light, b, ink.dark, ink.deep)),
        "accent": _linear("accent", "0 0 0.4 1", (mix(ink.accent, white, 0.25), ink.accent, mix(ink.accent, "#1c1426", 0.2))),
        "steel": _linear("steel", "0 0 1 0.2", ("#8e979f", "#f4f6f8", "#c4cad0", "#7d868e")),
        "gold": _linear("gold", "0 0 1 0.3", ("#a87422", "#fbe6a2", "#d9a441", "#8f5f1b")),
        "wood": _linear("wood", "0 0 1 0.4", ("#c08a55", "#e0b483", "#b07a47")),
        "dark": _linear("dark", "0 0 0.4 1", ("#5a5f69", "#34373f", "#202229")),
        "paper": _linear("paper", "0 0 0.3 1", (white, "#f3f1ed", "#d5d2cd")),
        "glass": '<linearGradient id="glass" x2="1" y2=".3"><stop offset="0" stop-color="#fff" stop-opacity=".75"/>'
        '<stop offset=".35" stop-color="#dff0f5" stop-opacity=".25"/><stop offset="1" stop-color="#9fc1cc" stop-opacity=".55"/>'
        "</linearGradient>",
        "glow": '<radialGradient id="glow"><stop offset="0" stop-color="#ffdf8a" stop-opacity=".95"/>'
        '<stop offset="1" stop-color="#ffe9ad" stop-opacity="0"/></radialGradient>',
        "screen": _linear("screen", "0 0 0.7 1", (mix(b, "#4b7be0", 0.5), mix(b, "#c86bd0", 0.55), mix(b, "#ffb37a", 0.65))),
        "leaf": _linear("leaf", "0 0 0.6 1", ("#a4cf7a", "#5a9a57", "#2f6b45")),
    }  # fmt: skip
    return "".join(text for name, text in table.items() if f"url(#{name})" in used)


def _linear(name: str, direction: str, colours: tuple[str, ...]) -> str:
    x1, y1, x2, y2 = direction.split()
    last = len(colours) - 1
    stops = "".join(f'<stop offset="{i / last:.2f}" stop-color="{c}"/>' for i, c in enumerate(colours))
    return f'<linearGradient id="{name}" x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}">{stops}</linearGradient>'
