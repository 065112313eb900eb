"""Drawings: bedding, lamps and things that dress a home."""

from __future__ import annotations

from math import pi, sin

from caravan.project.demo.art.board import drawing
from caravan.project.demo.art.paint import (
    ACCENT,
    GLOW,
    GOLD,
    MAIN,
    PAPER,
    WOOD,
    Ink,
    both,
    disc,
    flower,
    fold,
    group,
    inside,
    line,
    oval,
    path,
    prop,
    rect,
    shine,
    spots,
    stitch,
    turn,
)

_GLOW = "#ffe9ad"


@drawing(floor=336, width=330)
def bed(ink: Ink, kind: str) -> str:
    head = path("M54 96 Q54 74 76 74 H324 Q346 74 346 96 V220 H54z", WOOD) + "".join(
        line(f"M{84 + 46 * n} 84 V200", "#8a5a33", 3, 0.4) for n in range(6)
    )
    legs = both(rect(48, 296, 20, 42, "#8a5a33", 4))
    pillows = both(
        path("M78 150 Q74 128 96 130 Q140 122 178 130 Q196 130 192 152 Q190 176 194 196 Q140 206 80 196 Q86 172 78 150z", PAPER)
        + fold("M90 190 Q140 196 186 188", ink, 3, 0.2)
    )
    small = path("M148 172 Q200 158 252 172 Q258 196 254 216 H146 Q142 196 148 172z", ACCENT) + stitch(
        "M158 182 Q200 170 242 182", "#ffffff"
    )
    cover = "M42 214 Q44 200 62 200 H338 Q356 200 358 214 L370 300 Q372 318 352 318 H48 Q28 318 30 300z"
    pattern = inside(
        cover,
        spots(36, 222, 340, 100, 30, 5, ink.pale, 0.9)
        + fold("M120 206 Q110 270 90 320", ink, 7, 0.22)
        + fold("M280 206 Q296 260 320 320", ink, 7, 0.22)
        + fold("M200 220 Q210 270 196 320", ink, 6, 0.18),
    )
    turned = path("M42 216 Q44 198 62 198 H338 Q356 198 358 216 L360 232 Q200 246 40 232z", ink.pale) + fold(
        "M42 232 Q200 246 358 232", ink, 3, 0.3
    )
    return legs + head + pillows + small + path(cover, MAIN) + pattern + turned + shine("M48 250 L42 296", 7, 0.35)


@drawing(floor=318, width=310)
def pillow(ink: Ink, kind: str) -> str:
    if kind == "cushion":
        outline = (
            "M72 66 Q60 44 86 56 Q200 84 314 56 Q340 44 328 66 Q304 190 330 "
            "306 Q340 332 314 320 Q200 296 86 320 Q60 332 70 306 Q96 190 72 66z"
        )
        rows = "".join(
            path(
                f"M{40 + 80 * c + 40 * (r % 2)} {60 + 44 * r} l40 -44 l40 44 l-40 44z",
                (ACCENT, ink.pale, ink.dark)[(c + r) % 3],
                o=0.85,
            )
            + path(f"M{62 + 80 * c + 40 * (r % 2)} {60 + 44 * r} l18 -20 l18 20 l-18 20z", ink.base)
            for r in range(8)
            for c in range(-1, 4)
        )
        shade = path(
            "M72 66 Q96 190 70 306 Q60 332 86 320 Q200 296 314 320 Q340 "
            "332 330 306 Q320 260 316 210 Q250 290 120 280 Q92 200 72 66z",
            "#1c1426",
            o=0.14,
        )
        return (
            path(outline, MAIN)
            + inside(outline, rows)
            + shade
            + path("M96 84 Q200 106 250 92 Q140 130 116 230 Q106 150 96 84z", "#ffffff", o=0.2)
        )
    outline = (
        "M52 150 Q40 116 78 124 Q200 88 322 124 Q360 116 348 150 Q328 212 352 "
        "282 Q362 316 324 308 Q200 330 76 308 Q38 316 48 282 Q72 212 52 150z"
    )
    folds = both(
        fold("M62 136 Q84 156 104 160", ink, 4, 0.35)
        + fold("M60 298 Q80 276 104 270", ink, 4, 0.35)
        + fold("M92 290 Q130 276 150 282", ink, 4, 0.2)
    )
    dent = oval(196, 208, 90, 44, ink.deep, o=0.07) + fold("M130 222 Q196 258 266 220", ink, 4, 0.15)
    trim = line(
        "M56 150 Q46 122 80 128 Q200 94 320 128 Q354 122 344 150 Q324 212 348 "
        "280 Q356 310 322 303 Q200 324 78 303 Q44 310 52 280 Q76 212 56 150z",
        ink.accent,
        3.5,
        0.9,
    )
    feather = turn(
        -24, path("M300 60 q26 -44 0 -52 q-26 16 0 52z", "#ffffff", o=0.95) + line("M300 72 V16", "#b8c4cc", 2), 300, 60
    )
    return prop(feather) + path(outline, MAIN) + trim + dent + folds + shine("M96 150 Q180 120 260 126", 12, 0.6)


@drawing(floor=330, width=310)
def blanket(ink: Ink, kind: str) -> str:
    """A folded stack with its top layer drawn over the front, chunky knit and fringed."""
    folds = "".join(
        rect(44, 250 - 56 * n, 312, 70, tone, 34) + line(f"M76 {286 - 56 * n} H340", ink.deep, 4, 0.25)
        for n, tone in enumerate((ink.dark, MAIN, ink.light))
    )
    ends = "".join(rect(316, 258 - 56 * n, 32, 54, "#ffffff", 16, o=0.14) for n in range(3))
    drape = "M92 138 Q94 112 122 112 H276 Q304 112 306 138 L300 290 H98z"
    plaits = "".join(
        oval(
            118 + 40 * column + side,
            130 + 22 * row,
            15,
            8,
            ink.pale,
            transform=(f"rotate({38 * side // 9} {118 + 40 * column + side} {130 + 22 * row})"),
        )
        for column in range(5)
        for row in range(8)
        for side in (-9, 9)
    )
    fringe = "".join(
        line(f"M{104 + 12 * n} 292 q{3 - n % 3 * 3} 16 0 32", ink.pale if n % 2 else ink.light, 6) for n in range(17)
    )
    edge = fold("M98 290 L92 140 M300 290 L306 140", ink, 5, 0.3)
    return folds + ends + fringe + path(drape, MAIN) + inside(drape, plaits) + edge + shine("M124 118 H250", 5, 0.4)


@drawing(floor=346, width=190)
def tablelamp(ink: Ink, kind: str) -> str:
    glow = prop(oval(200, 190, 190, 170, GLOW))
    base = (
        path("M176 214 H224 C226 240 262 256 262 292 C262 322 236 338 200 338 S138 322 138 292 C138 256 174 240 176 214z", ACCENT)
        + path("M224 214 C226 240 262 256 262 292 C262 322 236 338 200 338 C236 316 240 270 214 240 L212 214z", "#1c1426", o=0.2)
        + rect(154, 332, 92, 14, GOLD, 6)
    )
    neck = rect(190, 190, 20, 30, GOLD, 4) + rect(182, 208, 36, 9, GOLD, 4)
    shade = (
        path("M142 52 H258 L314 196 Q200 214 86 196z", MAIN)
        + path("M86 196 Q200 214 314 196 L311 188 Q200 206 89 188z", ink.deep, o=0.5)
        + oval(200, 156, 96, 74, GLOW, o=0.8)
    )
    pleats = "".join(line(f"M{148 + 11.5 * n:.1f} 56 L{100 + 22.2 * n:.1f} 196", ink.deep, 2, 0.22) for n in range(10))
    return glow + base + neck + shade + pleats + line("M142 52 H258", ink.pale, 5) + shine("M152 270 Q148 300 166 318", 7, 0.5)


@drawing(floor=346, width=180)
def desklamp(ink: Ink, kind: str) -> str:
    beam = path("M84 176 L196 132 L250 346 H20z", _GLOW, o=0.55)
    base = (
        path("M196 334 Q198 306 262 306 T330 334z", ink.dark)
        + rect(188, 332, 150, 14, ink.deep, 7)
        + rect(214, 318, 22, 7, "#5fe3a1", 3)
    )
    lower = line("M262 312 L320 196", "#aab1b9", 12) + line("M262 312 L318 200", "#e9edf0", 4)
    upper = line("M318 194 L176 92", "#aab1b9", 12) + line("M314 190 L180 94", "#e9edf0", 4)
    joints = (
        disc(318, 196, 17, MAIN)
        + disc(318, 196, 7, "#e9edf0")
        + disc(262, 310, 13, MAIN)
        + line("M292 256 L262 152", "#8e979f", 3, 0.7, stroke_dasharray="3 3")
    )
    head = turn(
        -21,
        path("M70 144 Q72 100 122 100 Q174 100 178 144z", MAIN)
        + rect(64, 142, 120, 12, ink.deep, 6)
        + rect(74, 151, 100, 7, "#fff8df", 3)
        + rect(112, 84, 24, 20, ink.dark, 6)
        + shine("M88 130 Q92 112 112 110", 6, 0.5),
        124,
        130,
    )
    return prop(beam) + base + lower + upper + joints + group(head, "translate(14 4)")


@drawing(floor=366, width=210)
def floorlamp(ink: Ink, kind: str) -> str:
    glow = prop(oval(200, 130, 180, 150, GLOW))
    legs = (
        line("M200 180 L128 362", "#9a6a3f", 11)
        + line("M200 180 L272 362", "#b98552", 11)
        + line("M200 180 L212 364", "#7d5230", 11)
        + line("M158 290 L242 290", "#8a5a33", 5)
        + disc(200, 188, 13, GOLD)
    )
    shade = (
        path("M138 40 H262 L296 166 Q200 180 104 166z", MAIN)
        + oval(200, 118, 90, 66, GLOW, o=0.8)
        + line("M139 41 H261", ink.pale, 5)
        + line("M105 163 Q200 177 295 163", ink.deep, 5, 0.5)
    )
    weave = "".join(line(f"M{134 - 5.5 * n} {60 + 20 * n} H{266 + 5.5 * n}", ink.deep, 1.5, 0.18) for n in range(6))
    chain = line("M236 172 V220", "#c99a3b", 2.5) + disc(236, 224, 5, GOLD)
    plant = path("M318 330 h44 l-6 34 h-32z", "#c96f4a") + "".join(
        turn(a, path("M340 330 q-12 -30 0 -56 q12 26 0 56z", "url(#leaf)"), 340, 330) for a in (-46, -20, 8, 34, 56)
    )
    return glow + prop(plant) + legs + shade + weave + chain


@drawing(floor=None)
def pendant(ink: Ink, kind: str) -> str:
    glow = prop(oval(200, 270, 190, 120, GLOW))
    cord = rect(197, 0, 6, 112, "#33363d") + rect(182, 104, 36, 40, GOLD, 6) + rect(188, 94, 24, 14, "#8f5f1b", 4)
    dome = path("M176 138 H224 C290 148 322 206 322 262 H78 C78 206 110 148 176 138z", MAIN) + path(
        "M224 138 C290 148 322 206 322 262 H262 C264 206 250 158 212 138z", ink.deep, o=0.25
    )
    rim = (
        oval(200, 262, 122, 20, ink.deep)
        + oval(200, 264, 110, 14, "#f6d98d")
        + disc(200, 268, 30, "#fffbe8")
        + disc(200, 268, 21, "#ffffff")
    )
    return glow + cord + rim + dome + line("M79 262 Q200 284 321 262", "#d9ab4a", 6) + shine("M104 236 Q118 180 160 160", 10, 0.5)


@drawing(floor=None)
def stringlights(ink: Ink, kind: str) -> str:
    wire = "M20 60 Q100 140 200 110 T380 70 M20 168 Q110 248 210 214 T380 174 M20 276 Q110 346 210 312 T380 276"
    bulbs = ""
    for row, (y, tilt) in enumerate(((60, 0), (168, 4), (278, -4))):
        for n in range(7):
            x = 38 + 54 * n
            drop = y + 44 * sin(pi * min(1, (x - 20) / 300)) + (12 - n * 2.4) + tilt
            glow = ("#ffd873", ink.light, "#ffb98a")[(n + row) % 3] if kind else ("#ffd873", ink.light)[(n + row) % 2]
            bulbs += (
                disc(x, round(drop + 34), 32, glow, o=0.28)
                + rect(x - 7, round(drop), 14, 17, "#3c4a3f", 4)
                + path(
                    f"M{x - 8} {round(drop + 15)} C{x - 22} {round(drop + 36)} {x - 12} {round(drop + 56)} {x} "
                    f"{round(drop + 58)} C{x + 12} {round(drop + 56)} {x + 22} {round(drop + 36)} {x + 8} {round(drop + 15)}z",
                    glow,
                )
            )
            bulbs += oval(x, round(drop + 36), 6, 11, "#fffbe6") + disc(x - 5, round(drop + 30), 2.5, "#ffffff")
    return line(wire, "#3c4a3f", 5) + bulbs


@drawing(floor=352, width=190)
def vase(ink: Ink, kind: str) -> str:
    stems = "".join(
        line(d, "#5a8a55", 5)
        for d in (
            "M196 190 Q180 120 140 86",
            "M200 190 V66",
            "M204 190 Q226 120 262 92",
            "M198 190 Q160 150 104 146",
            "M202 190 Q240 154 296 148",
        )
    )
    leaves = "".join(
        turn(a, oval(x, y, 24, 9, "url(#leaf)"), x, y)
        for x, y, a in ((160, 130, 50), (238, 136, -50), (214, 106, -70), (132, 152, 20), (268, 156, -20), (184, 160, 70))
    )
    blooms = (
        flower(200, 60, 27, "#fff6ea", "#e9b64a")
        + flower(136, 84, 23, ink.accent, ink.deep)
        + flower(266, 88, 24, "#f2a9b4", "#e9b64a")
        + flower(100, 146, 18, "#fff6ea", "#e9b64a")
        + flower(300, 146, 18, ink.accent, ink.deep)
    )
    body = path(
        "M172 176 H228 C230 204 290 226 290 282 C290 326 256 352 200 352 S110 326 110 282 C110 226 170 204 172 176z", MAIN
    )
    glaze = path(
        "M172 176 H228 C230 204 290 226 290 262 q-12 20 -24 2 q-14 -18 -28 4 q-14 18 -30 -4 "
        "q-14 -16 -28 6 q-14 14 -26 -6 q-14 -16 -24 4 q-12 12 -20 -4 C112 226 170 204 172 176z",
        ink.light,
        o=0.75,
    )
    return (
        stems
        + leaves
        + blooms
        + body
        + glaze
        + oval(200, 176, 30, 8, ink.deep)
        + shine("M132 270 Q140 232 172 214", 9, 0.55)
        + path("M228 190 C240 220 288 230 290 282 C290 326 256 352 200 352 C262 330 262 260 224 206z", ink.deep, o=0.2)
    )


@drawing(floor=340, width=200)
def candle(ink: Ink, kind: str) -> str:
    glow = prop(disc(200, 92, 120, GLOW))
    flame = path("M200 44 C230 84 232 110 216 128 Q200 138 184 128 C168 110 174 84 200 44z", "#ff9f43") + path(
        "M200 76 C214 98 216 112 208 124 Q200 130 192 124 C184 112 188 96 200 76z", "#fff2c2"
    )
    jar = (
        rect(108, 150, 184, 190, "#f3f8fa", 22, o=0.9)
        + path("M114 184 H286 V318 Q286 334 270 334 H130 Q114 334 114 318z", MAIN)
        + oval(200, 184, 86, 17, ink.pale)
        + oval(200, 186, 40, 8, "#fff6d8")
    )
    wick = rect(194, 122, 12, 64, "#8a5a33", 2) + rect(194, 120, 12, 16, "#3c2a20", 3)
    label = (
        rect(140, 224, 120, 76, "#fdfbf6", 5)
        + line("M160 284 h80", "#b9b3a7", 4)
        + "".join(turn(a, oval(200, 250, 5, 17, ink.dark), 200, 268) for a in (-50, -25, 0, 25, 50))
    )
    return (
        glow
        + jar
        + oval(200, 152, 92, 17, "none", stroke="#d5e2e6", stroke_width=4)
        + wick
        + flame
        + label
        + shine("M124 176 V316", 8, 0.6)
        + shine("M280 186 V310", 4, 0.4)
    )


@drawing(floor=None)
def clock(ink: Ink, kind: str) -> str:
    frame = (
        disc(203, 208, 158, ink.deep, o=0.5)
        + disc(200, 200, 158, MAIN)
        + disc(200, 200, 140, ink.dark)
        + disc(200, 201, 134, "#fdfbf6")
    )
    marks = "".join(
        turn(30 * n, rect(195 if n % 3 == 0 else 197, 78, 10 if n % 3 == 0 else 6, 30 if n % 3 == 0 else 16, ink.deep, 3))
        for n in range(12)
    ) + "".join(turn(6 * n, disc(200, 74, 1.6, "#8d949d")) for n in range(60) if n % 5)
    hands = (
        turn(-56, rect(194, 128, 12, 92, "#2b2e35", 6))
        + turn(52, rect(196, 92, 8, 128, "#2b2e35", 4))
        + turn(160, rect(198, 84, 4, 146, "#d2403f", 2))
        + disc(200, 200, 11, "#2b2e35")
        + disc(200, 200, 5, "#d2403f")
    )
    grain = "".join(
        disc(200, 200, r, "none", stroke=ink.deep, stroke_width=1.4, stroke_dasharray="60 14", o=0.3) for r in (146, 150, 154)
    )
    return (
        frame
        + grain
        + marks
        + hands
        + path("M70 190 A132 132 0 0 1 190 70 L200 84 Q110 110 84 200z", "#ffffff", o=0.55)
        + shine("M58 152 A152 152 0 0 1 118 74", 6, 0.5)
    )


@drawing(floor=338, width=290)
def towels(ink: Ink, kind: str) -> str:
    stack = ""
    for n, (tone, inset) in enumerate(((ink.dark, 0), (MAIN, 10), (ink.light, 4))):
        y, x, w = 266 - 66 * n, 58 + inset, 284 - 2 * inset
        stack += (
            rect(x, y, w, 70, tone, 30)
            + rect(x + w - 42, y + 6, 34, 58, "#ffffff", 17, o=0.16)
            + line(f"M{x + 30} {y + 36} H{x + w - 10}", ink.deep, 4, 0.28)
        )
        stack += "".join(line(f"M{x + 34 + 17 * k} {y + 10} v8", "#ffffff", 3, 0.35) for k in range(13))
    roll = (
        rect(110, 74, 190, 66, ink.pale, 32)
        + disc(112, 107, 33, ink.light)
        + line("M112 107 m-3 0 a6 6 0 0 1 12 2 a13 13 0 0 1 -24 4 a18 18 0 0 1 32 -16 a24 24 0 0 1 -8 30", ink.dark, 4)
        + rect(196, 72, 36, 70, "#e9d9b8", 4)
        + turn(-20, oval(214, 92, 22, 9, "url(#leaf)"), 214, 92)
        + turn(24, oval(222, 112, 20, 8, "url(#leaf)"), 222, 112)
    )
    return stack + roll
