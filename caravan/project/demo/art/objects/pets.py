"""Drawings: for cats, dogs and fish."""

from __future__ import annotations

from caravan.project.demo.art.board import drawing
from caravan.project.demo.art.paint import (
    ACCENT,
    DARK,
    GOLD,
    LEAF,
    MAIN,
    STEEL,
    Ink,
    both,
    disc,
    fold,
    group,
    inside,
    line,
    mix,
    oval,
    path,
    prop,
    rect,
    shine,
    turn,
)


def _paw(x: float, y: float, r: float, fill: str) -> str:
    toes = "".join(
        oval(x + dx * r, y + dy * r, r * 0.3, r * 0.4, fill)
        for dx, dy in ((-0.85, -0.3), (-0.32, -0.85), (0.32, -0.85), (0.85, -0.3))
    )
    return toes + path(
        f"M{x} {y - r * 0.3:.1f} Q{x + r * 0.9:.1f} {y + r * 0.1:.1f} {x + r * 0.6:.1f} {y + r * 0.7:.1f} Q{x} "
        f"{y + r * 0.5:.1f} {x - r * 0.6:.1f} {y + r * 0.7:.1f} Q{x - r * 0.9:.1f} {y + r * 0.1:.1f} {x} {y - r * 0.3:.1f}z",
        fill,
    )


@drawing(floor=326, width=330)
def petbed(ink: Ink, kind: str) -> str:
    inner = mix(ink.pale, "#fff8ec", 0.6)
    back = (
        path("M40 220 C40 140 120 118 200 118 S360 140 360 220 C360 290 300 326 200 326 S40 290 40 220z", ink.dark)
        + oval(200, 220, 122, 58, inner)
        + oval(200, 206, 122, 46, ink.deep, o=0.18)
    )
    if kind == "cat":
        fur, dark = "#e39a4f", "#b8682b"
        animal = (
            path("M110 226 C112 168 170 146 228 156 C286 164 304 204 292 238 Q250 268 190 266 Q124 262 110 226z", fur)
            + line("M288 226 C320 262 236 282 182 262", fur, 24)
            + line("M236 166 q10 20 2 40 M262 176 q10 18 4 36 M210 160 q8 20 0 40", dark, 6, 0.7)
            + path("M100 178 L104 128 L132 150 H160 L188 128 L192 178 C196 220 166 236 146 236 S96 220 100 178z", fur)
            + path("M110 156 l2 -14 l14 12z M182 156 l-2 -14 l-14 12z", "#f3b9a8")
            + line("M116 190 q10 9 20 0 M156 190 q10 9 20 0", "#4a2c1c", 4)
            + path("M141 202 h10 l-5 7z", "#d9776b")
            + line("M146 209 q-8 8 -14 3 M146 209 q8 8 14 3", "#4a2c1c", 3)
            + line("M146 150 v18 M132 154 l3 14 M160 154 l-3 14", dark, 5, 0.8)
            + line("M92 204 l22 2 M94 218 l20 -4 M200 204 l-22 2 M198 218 l-20 -4", "#fff6e6", 2)
        )
    else:
        fur, dark = "#c98f55", "#7a4c2a"
        animal = (
            path("M96 236 C100 176 180 158 240 164 C296 170 318 210 300 244 Q250 270 180 268 Q110 266 96 236z", fur)
            + oval(258, 190, 34, 20, "#fff3e0", o=0.8)
            + line("M300 222 Q332 216 330 190", fur, 15)
            + path("M92 188 C92 140 128 126 156 128 C190 130 208 156 204 190 C202 232 176 244 148 244 S92 232 92 188z", fur)
            + path("M100 146 C72 150 64 196 82 224 C104 220 112 180 116 150z", dark)
            + path("M190 142 C220 148 230 192 214 220 C194 216 184 180 180 148z", dark)
            + oval(148, 214, 32, 24, "#fff3e0")
            + oval(148, 202, 12, 9, "#33231b")
            + line("M148 212 v10 q-10 8 -18 2 M148 222 q10 8 18 2", "#33231b", 3)
            + line("M118 182 q9 8 18 0 M160 182 q9 8 18 0", "#33231b", 4)
        )
    rim = path("M40 220 C44 262 110 282 200 282 S356 262 360 220 C366 296 300 330 200 330 S34 296 40 220z", MAIN) + fold(
        "M70 262 Q66 290 90 306 M330 262 Q334 290 310 306 M140 280 Q136 306 146 322 M260 280 Q264 306 254 322", ink, 4, 0.3
    )
    return (
        back
        + animal
        + rim
        + rect(168, 290, 64, 30, ink.pale, 8)
        + _paw(200, 306, 10, ink.deep)
        + shine("M56 240 Q80 268 130 274", 6, 0.4)
    )


@drawing(floor=362, width=240)
def cattree(ink: Ink, kind: str) -> str:
    def post(x: float, y: float, h: float) -> str:
        return rect(x, y, 30, h, "#d9b98a", 4) + "".join(
            line(f"M{x} {y + 6 + 8 * n} l30 5", "#a8824f", 2.5, 0.7) for n in range(int(h // 8) - 1)
        )

    posts = post(92, 96, 260) + post(274, 180, 176) + post(184, 250, 100)
    base = rect(58, 340, 284, 24, ink.dark, 10) + rect(58, 336, 284, 16, MAIN, 8)
    high = oval(108, 92, 78, 22, ink.dark) + oval(108, 86, 78, 22, MAIN) + oval(108, 82, 58, 13, ink.pale)
    middle = rect(160, 172, 176, 20, ink.dark, 9) + rect(160, 166, 176, 16, MAIN, 8)
    house = (
        rect(146, 252, 122, 86, MAIN, 14)
        + rect(146, 252, 122, 14, ink.light, 7)
        + path("M180 338 V306 a26 26 0 0 1 52 0 V338z", ink.deep)
    )
    toy = (
        line("M318 184 V232", "#8a5a33", 2.5)
        + disc(318, 244, 14, ACCENT)
        + "".join(turn(a, line("M318 258 v14", ink.accent, 4), 318, 250) for a in (-24, 0, 24))
    )
    fur = "#4a4e58"
    cat = (
        path("M222 166 C212 120 232 100 250 100 C282 104 292 140 290 166z", fur)
        + line("M288 160 C330 160 326 120 312 112", fur, 12)
        + path("M216 88 L216 52 L234 66 H254 L272 52 L272 88 C272 112 258 118 244 118 S216 112 216 88z", fur)
        + oval(233, 84, 6, 8, "#b8e06a")
        + oval(255, 84, 6, 8, "#b8e06a")
        + oval(233, 84, 2, 7, "#1d1f25")
        + oval(255, 84, 2, 7, "#1d1f25")
        + path("M239 97 h10 l-5 6z", "#e58a94")
        + path("M232 128 Q246 150 260 128 Q256 166 246 166 Q236 166 232 128z", "#f3f1ec")
        + line("M206 98 l20 2 M282 98 l-20 2", "#ffffff", 1.6)
    )
    return posts + toy + base + house + middle + prop(cat) + high


@drawing(floor=None)
def collar(ink: Ink, kind: str) -> str:
    ring = oval(200, 176, 140, 104, "none", stroke=ink.deep, stroke_width=40) + oval(
        200, 172, 140, 104, "none", stroke=MAIN, stroke_width=36
    )
    seams = oval(200, 172, 152, 116, "none", stroke=ink.pale, stroke_width=2.5, stroke_dasharray="7 6", o=0.8) + oval(
        200, 172, 128, 92, "none", stroke=ink.pale, stroke_width=2.5, stroke_dasharray="7 6", o=0.8
    )
    buckle = turn(
        -8,
        rect(130, 44, 66, 52, "none", 10, stroke="#c4cad0", stroke_width=9)
        + rect(156, 62, 48, 9, STEEL, 4)
        + rect(206, 42, 18, 58, ink.dark, 6),
        166,
        70,
    )
    holes = "".join(disc(x, y, 5, ink.deep) for x, y in ((256, 79), (280, 90), (302, 106)))
    tag = (
        disc(200, 292, 17, "none", stroke="#aab1b9", stroke_width=7)
        + disc(200, 340, 44, "#a87422")
        + disc(198, 338, 42, GOLD)
        + _paw(199, 342, 21, "#8f5f1b")
    )
    return ring + seams + holes + buckle + tag + shine("M76 136 Q98 92 140 80", 7, 0.4)


@drawing(floor=318, width=310)
def petbowl(ink: Ink, kind: str) -> str:
    kibble = "".join(
        disc(x, y, 12, ("#a8693a", "#8f5730", "#c08048")[(x + y) // 9 % 3])
        for y, half in ((140, 44), (154, 70), (168, 92), (182, 104), (196, 92))
        for x in range(200 - half, 201 + half, 15)
    )
    bone = turn(
        -24,
        rect(196, 118, 84, 20, "#f7ead2", 9)
        + "".join(disc(x, y, 13, "#f7ead2") for x, y in ((196, 117), (196, 139), (280, 117), (280, 139)))
        + line("M210 124 h56", "#d8c7a4", 3, 0.8),
        238,
        128,
    )
    inner = oval(200, 186, 124, 34, "#5d656e") + oval(200, 188, 118, 30, STEEL)
    body = path("M68 190 C100 226 300 226 332 190 L362 300 Q364 318 340 318 H60 Q36 318 38 300z", MAIN) + oval(
        200, 186, 132, 38, "none", stroke=ink.light, stroke_width=9
    )
    ring = path("M40 296 H360 L362 304 Q362 320 340 320 H60 Q38 320 38 304z", ink.deep)
    return (
        inner
        + kibble
        + bone
        + body
        + ring
        + _paw(200, 264, 30, ink.pale)
        + both(_paw(110, 262, 14, ink.light))
        + shine("M84 216 L66 284", 9, 0.4)
    )


@drawing(floor=332, width=250)
def fountain(ink: Ink, kind: str) -> str:
    body = path("M84 190 C84 300 110 332 140 332 H260 C290 332 316 300 316 190z", MAIN) + path(
        "M280 190 H316 C316 300 290 332 260 332 H232 Q276 300 280 190z", ink.deep, o=0.18
    )
    bowl = (
        oval(200, 186, 122, 42, ink.dark)
        + oval(200, 182, 118, 38, ink.light)
        + oval(200, 188, 102, 29, "#7cc4e8")
        + oval(200, 186, 74, 18, "#a9dcf3")
        + oval(200, 185, 44, 10, "#d9f1fb")
    )
    tap = path(
        "M180 176 C178 120 170 84 200 76 C244 66 262 96 254 122 L234 118 C238 100 224 94 212 100 C204 108 210 140 214 176z", STEEL
    ) + oval(244, 122, 12, 5, "#5d656e")
    water = (
        path("M234 122 C240 150 248 164 246 186 H262 C262 160 258 140 254 122z", "#a9dcf3", o=0.9)
        + line("M246 130 Q254 156 254 178", "#ffffff", 3, 0.9)
        + "".join(disc(x, y, 4, "#c9ebf8") for x, y in ((232, 170), (276, 166), (284, 178)))
    )
    window = (
        rect(118, 236, 26, 66, "#dff0f8", 12)
        + rect(121, 260, 20, 39, "#7cc4e8", 9)
        + disc(252, 270, 9, "#5fe3a1")
        + path("M204 248 q20 26 20 38 a20 20 0 0 1 -40 0 q0 -12 20 -38z", "#6fb4de")
    )
    return body + bowl + tap + water + window + rect(128, 326, 144, 10, ink.deep, 5) + shine("M100 220 Q104 274 122 306", 8, 0.5)


def _fish(x: float, y: float, size: float, hue: str, ahead: int = 1) -> str:
    """Swimming to the right, or to the left with `ahead` -1."""
    shown = (
        path("M-30 0 L-58 -20 Q-50 0 -58 20z", mix(hue, "#1c1426", 0.15))
        + path("M-36 0 C-20 -30 20 -30 38 0 C20 30 -20 30 -36 0z", hue)
        + path("M-6 -22 Q8 -40 22 -16z", mix(hue, "#1c1426", 0.2))
        + line("M-2 -20 Q6 0 -2 20 M12 -18 Q18 0 12 18", "#ffffff", 5, 0.85)
        + disc(24, -5, 5, "#ffffff")
        + disc(25, -5, 2.8, "#22252b")
    )
    return group(shown, f"translate({x} {y}) scale({size * ahead} {size})")


@drawing(floor=336, width=330)
def aquarium(ink: Ink, kind: str) -> str:
    water = "M44 112 H356 V308 H44z"
    plants = "".join(
        path(
            f"M{x} 304 C{x - 26} {304 - h * 0.4:.0f} {x + 22} {304 - h * 0.6:.0f} {x - 4} "
            f"{304 - h} C{x + 34} {304 - h * 0.6:.0f} {x + 2} {304 - h * 0.4:.0f} {x + 12} 304z",
            LEAF,
        )
        for x, h in ((70, 130), (92, 90), (320, 150), (300, 96), (338, 80))
    )
    sand = path("M44 284 Q110 268 190 284 T356 276 V308 H44z", "#ecd2a0") + "".join(
        oval(x, 300, 9, 5, c) for x, c in ((124, "#c9a577"), (150, "#f6e6c4"), (250, "#b8906a"), (230, "#f6e6c4"))
    )
    castle = path("M176 290 V232 h12 v10 h12 v-10 h14 v10 h12 v-10 h12 V290z", "#c9a3a0") + path(
        "M196 290 v-22 a11 11 0 0 1 22 0 v22z", "#6b4a4f"
    )
    bubbles = "".join(
        disc(x, y, r, "#ffffff", o=0.7)
        for x, y, r in ((262, 150, 7), (272, 176, 5), (258, 200, 4), (150, 140, 5), (140, 160, 3.5))
    )
    tank = (
        path(water, "#8fd3ee")
        + path("M44 112 H356 V180 Q200 206 44 170z", "#c6ebf8")
        + inside(water, path("M80 112 h60 L40 308 h-60z M230 112 h34 L170 308 h-34z", "#ffffff", o=0.25))
    )
    frame = (
        rect(32, 70, 336, 46, DARK if ink.base == "#33363d" else MAIN, 14)
        + rect(56, 104, 288, 9, "#fff8dc", 4)
        + rect(32, 304, 336, 34, DARK if ink.base == "#33363d" else MAIN, 10)
        + both(rect(36, 112, 8, 196, "#d5eaf1", o=0.9))
    )
    return (
        tank
        + plants
        + castle
        + sand
        + _fish(150, 196, 0.95, "#f28c3a", 1)
        + _fish(268, 232, 0.66, "#f0cf4f", -1)
        + _fish(236, 156, 0.6, "#4a7fd6", -1)
        + bubbles
        + frame
        + disc(340, 92, 5, "#5fe3a1")
        + shine("M52 82 H180", 5, 0.35)
    )
