"""Drawings: jewellery, watches, glasses, hats and scarves."""

from __future__ import annotations

from math import cos, pi, sin

from caravan.project.demo.art.board import drawing
from caravan.project.demo.art.paint import (
    ACCENT,
    GOLD,
    MAIN,
    STEEL,
    Ink,
    both,
    disc,
    fold,
    inside,
    line,
    mix,
    oval,
    path,
    prop,
    rect,
    shine,
    stitch,
    turn,
)


def _gem(x: float, y: float, r: float, base: str) -> str:
    """A round brilliant seen from above."""
    pale, dark = mix(base, "#ffffff", 0.6), mix(base, "#1c1426", 0.35)
    facets = "".join(
        turn(a, path(f"M{x} {y} L{x - r * 0.38:.1f} {y - r * 0.92:.1f} L{x + r * 0.38:.1f} {y - r * 0.92:.1f}z", c), x, y)
        for a, c in zip(range(0, 360, 45), (pale, base, pale, dark, base, dark, pale, base), strict=True)
    )
    return (
        disc(x, y, r, base)
        + facets
        + turn(22, rect(x - r * 0.4, y - r * 0.4, r * 0.8, r * 0.8, pale), x, y)
        + disc(x - r * 0.35, y - r * 0.4, r * 0.14, "#ffffff")
    )


def _sparkle(x: float, y: float, r: float) -> str:
    return path(f"M{x} {y - r} Q{x} {y} {x + r} {y} Q{x} {y} {x} {y + r} Q{x} {y} {x - r} {y} Q{x} {y} {x} {y - r}z", "#ffffff")


@drawing(floor=348, width=220)
def ring(ink: Ink, kind: str) -> str:
    band = (
        oval(200, 250, 96, 92, "none", stroke=ink.deep, stroke_width=28)
        + oval(200, 247, 96, 92, "none", stroke=MAIN, stroke_width=25)
        + oval(200, 250, 85, 82, "none", stroke=ink.deep, stroke_width=3, o=0.5)
        + line("M118 226 Q132 174 168 158", "#ffffff", 7, 0.7)
        + line("M246 330 Q276 314 288 286", ink.pale, 6, 0.7)
    )
    prongs = path("M150 140 L172 176 H228 L250 140z", ink.dark) + both(line("M152 140 L174 172", ink.light, 7))
    side = both("".join(disc(128 + 15 * n, 186 - 13 * n, 8, "#eaf6ff", stroke="#9db8cc", stroke_width=2) for n in range(2)))
    stone = (
        path("M132 96 H268 L200 172z", "#cfe9fb")
        + path("M154 66 H246 L268 96 H132z", "#eaf7ff")
        + path("M154 66 L132 96 H172z M246 66 L268 96 H228z", "#a9cfe8")
        + path("M172 96 H228 L200 172z", "#ffffff")
    )
    stone += (
        path("M154 66 L172 96 L200 66z M246 66 L228 96 L200 66z", "#d4edfb")
        + path("M172 96 L200 172 L132 96z", "#b4d8ef")
        + line("M154 66 H246 L268 96 L200 172 L132 96z", "#7fa9c4", 2, 0.6)
    )
    return band + prongs + stone + side + prop(_sparkle(262, 62, 30) + _sparkle(128, 74, 18) + _sparkle(292, 116, 12))


@drawing(floor=None)
def earrings(ink: Ink, kind: str) -> str:
    hook = line("M128 118 C92 116 96 50 128 52 C152 54 152 84 150 96", "#c99a3b", 6) + line(
        "M126 116 C96 112 98 54 126 55", "#f7e2a0", 2
    )
    top = disc(128, 136, 18, GOLD) + _gem(128, 136, 11, ink.light) + disc(128, 162, 6, GOLD)
    tear = path("M128 172 C156 220 180 246 180 284 A52 52 0 0 1 76 284 C76 246 100 220 128 172z", GOLD)
    stone = path("M128 196 C148 232 166 254 166 284 A38 38 0 0 1 90 284 C90 254 108 232 128 196z", MAIN)
    facets = (
        path("M128 196 L148 268 L128 322 L108 268z", ink.light, o=0.9)
        + path("M128 196 L108 268 L90 284 Q92 250 128 196z", ink.pale, o=0.6)
        + path("M148 268 L166 284 Q160 316 128 322z", ink.deep, o=0.45)
    )
    beads = "".join(
        disc(128 + 53 * cos(a), 284 + 53 * sin(a), 6, "#fbe9b3", stroke="#a87422", stroke_width=1.5)
        for a in (pi * n / 8 for n in range(9))
    )
    one = hook + top + tear + stone + facets + beads + _sparkle(112, 262, 12)
    return both(one)


@drawing(floor=None)
def necklace(ink: Ink, kind: str) -> str:
    chain = "M58 50 C70 190 140 246 200 250 C260 246 330 190 342 50"
    links = line(chain, "#a87422", 7) + line(chain, "#f6dd95", 4.5, stroke_dasharray="7 5")
    bail = path("M188 240 h24 l-5 26 h-14z", GOLD) + disc(200, 246, 9, "none", stroke="#c99a3b", stroke_width=5)
    pendant = path(
        "M200 262 C236 262 252 288 246 314 C240 340 218 356 200 366 C182 356 160 340 154 314 C148 288 164 262 200 262z", GOLD
    )
    stone = _gem(200, 310, 36, ink.base)
    halo = "".join(
        disc(200 + 43 * cos(a), 310 + 43 * sin(a), 4.5, "#fffdf4", stroke="#b98b33", stroke_width=1)
        for a in (pi * n / 9 for n in range(18))
    )
    side = both(_gem(140, 226, 11, ink.light) + disc(140, 226, 12, "none", stroke="#c99a3b", stroke_width=3))
    return links + side + bail + pendant + halo + stone + _sparkle(226, 282, 20) + _sparkle(176, 338, 9)


@drawing(floor=316, width=270)
def bracelet(ink: Ink, kind: str) -> str:
    beads = []
    for n in range(22):
        a = 2 * pi * n / 22 - pi / 2
        x, y, r = 200 + 128 * cos(a), 212 + 84 * sin(a), 17 + 6 * sin(a)
        metal = n % 11 == 0
        base = "#d9ab4a" if metal else (ink.dark, ink.base, ink.light)[n % 3]
        shade = mix(base, "#1c1426", 0.35)
        beads.append(
            (
                y,
                disc(x, y, r, shade)
                + disc(x - 1, y - 2, r * 0.86, base)
                + disc(x - r * 0.3, y - r * 0.38, r * 0.26, "#ffffff", o=0.75),
            )
        )
    charm = line("M200 318 v12", "#c99a3b", 5) + path(
        "M200 330 l9 16 l18 3 l-13 13 l3 18 l-17 -8 l-17 8 l3 -18 l-13 -13 l18 -3z", GOLD
    )
    return "".join(bead for _, bead in sorted(beads, key=lambda bead: bead[0])) + charm


@drawing(floor=None)
def watch(ink: Ink, kind: str) -> str:
    chrono = kind == "chrono"
    if chrono:
        strap = (
            path("M152 118 L160 22 H240 L248 118z", MAIN)
            + path("M152 282 L160 378 H240 L248 282z", MAIN)
            + both(stitch("M162 112 L168 30 M162 288 L168 370", ink.pale))
        )
        strap += "".join(oval(200, 322 + 15 * n, 5, 4, ink.deep) for n in range(4)) + rect(152, 34, 96, 15, ink.dark, 6, o=0.7)
        case = (
            both(path("M146 128 L150 106 H176 L170 128z", STEEL) + path("M146 272 L150 294 H176 L170 272z", STEEL))
            + rect(298, 188, 18, 26, STEEL, 5)
            + turn(-32, rect(296, 190, 14, 18, STEEL, 4))
            + turn(32, rect(296, 190, 14, 18, STEEL, 4))
        )
        r, dial, mark = 102, "#1d2330" if ink.base != "#2b3f6b" else "#233561", "#f4f1ea"
        inner = "".join(
            disc(x, y, 21, "#ffffff", o=0.1)
            + disc(x, y, 21, "none", stroke="#aeb6c2", stroke_width=2)
            + line(f"M{x} {y} l8 -11", "#ff8a5c", 3)
            for x, y in ((162, 206), (238, 206), (200, 244))
        )
    else:
        mesh = "".join(line(f"M168 {30 + 8 * n} H232", ink.deep, 2, 0.3) for n in range(44))
        strap = inside("M166 110 L172 22 H228 L234 110z M166 290 L172 378 H228 L234 290z", rect(160, 20, 80, 360, MAIN) + mesh)
        case = both(path("M160 134 L166 104 H182 L180 134z M160 266 L166 296 H182 L180 266z", GOLD)) + rect(
            276, 192, 14, 18, GOLD, 5
        )
        r, dial, mark = 82, "#fdf8f1", "#a5762c"
        inner = oval(176, 178, 44, 30, "#f6dfe6", o=0.5) + oval(226, 226, 40, 28, "#dcecf2", o=0.6)
    bezel = (
        disc(200, 200, r, STEEL if chrono else GOLD)
        + disc(200, 200, r - 8, "#14161c" if chrono else "#c08a2e", o=0.75 if chrono else 0.5)
        + disc(200, 200, r - 12, dial)
    )
    ticks = "".join(
        turn(30 * n, line(f"M200 {216 - r} v{14 if n % 3 == 0 else 8}", mark, 5 if n % 3 == 0 else 3)) for n in range(12)
    )
    hands = (
        line("M200 200 L166 164", mark, 7)
        + line(f"M200 200 L{200 + r * 0.42:.0f} {200 - r * 0.52:.0f}", mark, 5)
        + line(f"M200 214 V{220 - r * 0.9:.0f}", "#ff7a4d" if chrono else "#d2403f", 2)
        + disc(200, 200, 6, mark)
    )
    glare = path(f"M{212 - r} 190 A{r - 12} {r - 12} 0 0 1 206 {212 - r} L{222 - r} 240z", "#ffffff", o=0.12)
    return strap + case + bezel + inner + ticks + hands + glare


@drawing(floor=262, width=310)
def sunglasses(ink: Ink, kind: str) -> str:
    if kind == "aviator":
        lens = "M48 146 Q110 124 180 148 Q194 176 178 212 Q158 262 108 258 Q66 250 52 202 Q44 172 48 146z"
        glass = path(lens, "#5a4a3a", o=0.95) + inside(
            lens,
            rect(40, 190, 160, 80, "#d9a86a", o=0.55)
            + rect(40, 216, 160, 60, "#f1cf98", o=0.5)
            + path("M60 250 L120 130 h34 L94 260z", "#ffffff", o=0.16),
        )
        rim = line(lens, ink.dark, 8) + line(lens, ink.light, 3, 0.9)
        bridge = line("M178 154 Q200 140 222 154", ink.dark, 7) + line("M120 138 Q200 122 280 138", ink.base, 6)
        temple = line("M54 150 C26 146 22 196 30 240", ink.dark, 6)
        return both(temple + glass + rim) + bridge
    lens = "M64 148 Q118 136 172 148 Q184 168 174 208 Q164 242 118 242 Q70 242 60 204 Q54 164 64 148z"
    frame = "M44 132 Q118 116 186 138 Q200 150 198 172 Q190 220 178 238 Q160 262 116 260 Q64 258 50 214 Q42 176 44 150z"
    glass = path(lens, mix(ink.deep, "#0d1420", 0.6)) + inside(
        lens, rect(40, 196, 160, 70, ink.light, o=0.4) + path("M66 250 L128 126 h30 L96 262z", "#ffffff", o=0.18)
    )
    temple = path("M46 138 C20 140 14 190 22 246 Q30 254 36 244 C32 200 34 176 56 168z", ink.dark)
    bridge = path("M178 142 Q200 128 222 142 L214 166 Q200 152 186 166z", MAIN)
    return (
        both(temple + path(frame, MAIN) + glass + disc(58, 146, 4, "#f2d68c") + shine("M70 136 Q118 126 164 138", 5, 0.45))
        + bridge
    )


@drawing(floor=None)
def beanie(ink: Ink, kind: str) -> str:
    crown = "M92 276 C80 160 128 104 200 104 S320 160 308 276z"
    knit = inside(
        crown,
        "".join(line(f"M{200 + k * 14} 104 Q{200 + k * 26} 180 {200 + k * 27} 280", ink.deep, 4, 0.3) for k in range(-4, 5))
        + "".join(
            line(f"M80 {150 + 44 * n} q12 -14 24 0 t24 0 t24 0 t24 0 t24 0 t24 0 t24 0 t24 0 t24 0 t24 0", ink.pale, 8, 0.85)
            for n in range(2)
        ),
    )
    tufts = ((r, a) for r in (34, 24, 12) for a in range(0, 360, 30))
    pom = "".join(
        disc(
            200 + r * cos(pi * a / 180),
            74 + r * sin(pi * a / 180),
            13,
            (ink.pale, ink.light, "#ffffff", ink.pale)[(a // 30 * 3 + r // 6) % 4],
        )
        for r, a in tufts
    )
    cuff = (
        rect(78, 252, 244, 84, ink.dark, 26)
        + "".join(line(f"M{94 + 14 * n} 260 V328", ink.deep, 5, 0.4) for n in range(16))
        + rect(78, 252, 244, 20, "#ffffff", 14, o=0.1)
    )
    return (
        path(crown, MAIN)
        + knit
        + cuff
        + rect(232, 276, 56, 38, ACCENT, 5)
        + stitch("M238 282 h44 v26 h-44z", ink.deep, 1.5)
        + pom
        + shine("M116 236 Q118 170 152 136", 8, 0.3)
    )


@drawing(floor=None)
def scarf(ink: Ink, kind: str) -> str:
    def tartan(outline: str, name: str, lean: float, x: float, y: float, r: float) -> str:
        """Bands no longer than the part they are cut to, which lies within `r` of its middle: they are see-through, so costly."""
        bands = "".join(
            rect(x - r, y + n, 2 * r, 20, ink.deep, o=0.45) + rect(x - r, y + n + 28, 2 * r, 4, ink.accent, o=0.9)
            for n in range(-int(r), int(r), 62)
        )
        bands += "".join(
            rect(x + n, y - r, 17, 2 * r, ink.deep, o=0.4) + rect(x + n + 26, y - r, 4, 2 * r, "#ffffff", o=0.55)
            for n in range(-int(r), int(r), 54)
        )
        return path(outline, MAIN) + inside(outline, turn(lean, bands, x, y), name)

    def fringe(x: float, y: float, count: int, lean: float) -> str:
        return turn(
            lean,
            "".join(line(f"M{x + 9 * n} {y} q3 16 0 34", (ink.base, ink.dark, ink.accent)[n % 3], 5) for n in range(count)),
            x,
            y,
        )

    tail = "M196 196 L246 180 L312 336 L232 356z"
    front = "M128 200 L206 190 L192 350 L104 344z"
    loop = "M72 122 C84 60 316 60 328 122 C340 194 262 232 200 232 S60 194 72 122z"
    hole = oval(200, 116, 84, 34, ink.deep) + fold("M120 128 Q200 168 280 128", ink, 5, 0.5)
    shade = fold("M84 150 Q140 212 240 214", ink, 7, 0.25) + fold("M122 166 Q180 196 262 182", ink, 5, 0.2)
    return (
        tartan(tail, "tail", -22, 254, 268, 106)
        + fringe(236, 352, 9, -14)
        + tartan(front, "front", 6, 155, 270, 95)
        + fringe(107, 342, 10, 3)
        + fold("M206 190 L196 300", ink, 6, 0.4)
        + tartan(loop, "loop", 38, 200, 154, 140)
        + hole
        + shade
    )


@drawing(floor=None)
def cap(ink: Ink, kind: str) -> str:
    crown = "M84 244 C74 140 130 96 200 92 C274 92 322 150 316 240 Q200 214 84 244z"
    panels = (
        fold("M200 92 Q196 160 198 224", ink, 3, 0.5)
        + fold("M198 92 Q134 140 122 234 M202 92 Q266 140 278 228", ink, 3, 0.4)
        + both(disc(150, 150, 5, ink.deep))
    )
    peak = path(
        "M70 244 C130 206 270 204 330 240 C360 262 378 292 368 302 C340 268 240 262 176 280 C110 298 52 292 70 244z", ink.dark
    )
    rows = "".join(
        stitch(
            f"M{84 - 2 * n} {254 + 8 * n} C140 {226 + 9 * n} 270 {222 + 9 * n} {336 + 8 * n} {254 + 11 * n}", ink.pale, 1.6, 0.5
        )
        for n in range(4)
    )
    badge = (
        path("M200 136 l42 24 v32 q-18 24 -42 30 q-24 -6 -42 -30 v-32z", ACCENT)
        + path("M168 194 l22 -30 l14 16 l10 -12 l20 26z", ink.deep)
        + disc(216, 160, 6, ink.deep)
    )
    return (
        path(crown, MAIN)
        + panels
        + badge
        + peak
        + rows
        + oval(200, 92, 13, 7, ink.dark)
        + shine("M104 206 Q108 144 150 116", 8, 0.3)
    )


@drawing(floor=300, width=330)
def strawhat(ink: Ink, kind: str) -> str:
    straw = "#e3c07f"
    brim = oval(200, 258, 168, 52, "#b98f4c") + oval(200, 251, 168, 50, straw)
    rings = "".join(
        oval(200, 251, 168 - 13 * n, 50 - 4.5 * n, "none", stroke="#b98f4c", stroke_width=2, stroke_dasharray="9 4", o=0.7)
        for n in range(1, 6)
    )
    crown = "M112 246 C108 164 130 104 200 102 S292 164 288 246 Q200 276 112 246z"
    weave = inside(
        crown,
        "".join(
            line(f"M100 {112 + 14 * n} Q200 {136 + 14 * n} 300 {112 + 14 * n}", "#b98f4c", 2, 0.65, stroke_dasharray="10 5")
            for n in range(11)
        )
        + oval(270, 190, 40, 90, "#8a5f25", o=0.25)
        + oval(140, 160, 26, 60, "#fff3d0", o=0.5),
    )
    band = path("M111 212 Q200 246 289 212 L288 248 Q200 278 112 248z", MAIN) + fold("M112 226 Q200 260 288 226", ink, 2, 0.4)
    bow = (
        path("M270 238 C300 206 332 216 322 240 C318 258 290 254 270 242z", ink.dark)
        + path("M270 240 C262 262 284 292 300 286 L288 246z", ink.base)
        + oval(272, 240, 10, 12, ink.deep)
    )
    return brim + rings + path(crown, straw) + weave + band + bow
