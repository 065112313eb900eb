"""Drawings: stationery, crafts and music."""

from __future__ import annotations

from caravan.project.demo.art.board import drawing
from caravan.project.demo.art.paint import (
    ACCENT,
    DARK,
    GOLD,
    MAIN,
    PAPER,
    STEEL,
    WOOD,
    Ink,
    both,
    disc,
    dots,
    flower,
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


@drawing(floor=None)
def notebook(ink: Ink, kind: str) -> str:
    pages = rect(98, 52, 222, 300, "#e9e4d8", 10) + "".join(line(f"M{312 + 2 * n} 62 V342", "#c9c2b2", 1.5) for n in range(4))
    cover = rect(84, 46, 226, 300, ink.dark, 14) + rect(84, 46, 222, 296, MAIN, 14) + rect(84, 46, 30, 296, ink.deep, 10, o=0.35)
    botanic = line("M204 270 Q196 200 206 122", ink.pale, 5) + "".join(
        turn(a, oval(x, y, 25, 11, ink.pale, o=0.9), x, y)
        for x, y, a in (
            (178, 232, 30),
            (228, 216, -32),
            (180, 188, 30),
            (228, 172, -32),
            (184, 148, 34),
            (226, 136, -36),
            (206, 108, 90),
        )
    )
    frame = rect(134, 76, 148, 236, "none", 8, stroke=ink.accent, stroke_width=3, o=0.8)
    ribbon = path("M252 338 h16 v46 l-8 -10 l-8 10z", ink.accent)
    band = rect(282, 44, 12, 300, ink.deep)
    pencil = turn(
        24,
        rect(40, 150, 18, 190, ACCENT, 2)
        + path("M40 338 h18 l-9 30z", "#f0cfa0")
        + path("M46 358 h6 l-3 10z", "#33363d")
        + rect(40, 138, 18, 16, "#ef95b4", 5)
        + rect(40, 150, 18, 8, STEEL),
        50,
        240,
    )
    return ribbon + pages + cover + frame + botanic + band + shine("M124 64 V320", 4, 0.3) + prop(pencil)


@drawing(floor=None)
def pen(ink: Ink, kind: str) -> str:
    nib = (
        path("M184 262 H216 L212 300 Q208 330 200 352 Q192 330 188 300z", GOLD)
        + line("M200 300 V350", "#7a5217", 2.5)
        + disc(200, 300, 4.5, "#7a5217")
        + path("M186 250 H214 L217 268 H183z", DARK)
    )
    barrel = (
        path("M176 96 H224 L218 252 H182z", MAIN)
        + rect(173, 88, 54, 13, GOLD, 4)
        + rect(181, 244, 38, 9, GOLD, 3)
        + shine("M188 110 L191 236", 6, 0.5)
    )
    tail = path("M182 24 Q200 12 218 24 L224 90 H176z", ink.dark) + rect(182, 26, 36, 7, GOLD, 3)
    cover = (
        path("M280 150 Q300 138 320 150 L326 304 H274z", MAIN)
        + rect(272, 296, 56, 16, GOLD, 4)
        + line("M318 158 L326 160 L324 246", "#d9ab4a", 8)
        + disc(324, 248, 6, GOLD)
        + shine("M286 166 L284 286", 6, 0.45)
    )
    ink_line = line("M52 330 C74 270 96 350 118 312 S142 346 166 330", ink.base, 6) + line("M44 360 H150", ink.base, 3, 0.4)
    return prop(ink_line) + prop(turn(-10, cover, 300, 230)) + turn(30, tail + barrel + nib, 200, 190)


@drawing(floor=350, width=240)
def pencils(ink: Ink, kind: str) -> str:
    hues = ("#d2403f", "#ec8136", "#f0bf3f", "#8cbf5a", "#3f8f6b", "#3aa5b8", "#3f6fb5", "#7a5cb5", "#d76aa5")
    set_ = ""
    for n, hue in enumerate(hues):
        x, y = 92 + 24 * n, (96, 66, 84, 50, 72, 44, 80, 60, 92)[n]
        set_ += turn(
            (n - 4) * 2.2,
            rect(x, y + 46, 24, 200, hue)
            + rect(x, y + 46, 7, 200, "#ffffff", o=0.28)
            + rect(x + 17, y + 46, 7, 200, "#1c1426", o=0.2)
            + path(f"M{x} {y + 48} L{x + 12} {y} L{x + 24} {y + 48} q-4 -7 -8 0 q-4 -7 -8 0 q-4 -7 -8 0z", "#f1d3a6")
            + path(f"M{x + 8} {y + 16} L{x + 12} {y} L{x + 16} {y + 16}z", hue),
            x + 12,
            330,
        )
    tin = (
        path("M78 196 H322 L312 336 Q310 350 296 350 H104 Q90 350 88 336z", MAIN)
        + rect(70, 186, 260, 24, ink.light, 8)
        + path("M284 210 H321 L312 336 Q310 350 296 350 H270z", ink.deep, o=0.25)
    )
    wave = line("M96 290 q26 -26 52 0 t52 0 t52 0 t52 0", "#ffffff", 6, 0.9) + "".join(
        disc(128 + 48 * n, 250, 11, hues[n * 2]) for n in range(4)
    )
    return set_ + tin + wave + shine("M98 224 L106 326", 7, 0.4)


def _ball(x: float, y: float, r: float, base: str) -> str:
    dark, light = mix(base, "#1c1426", 0.28), mix(base, "#ffffff", 0.35)
    outline = f"M{x - r} {y} a{r} {r} 0 1 1 {2 * r} 0 a{r} {r} 0 1 1 {-2 * r} 0z"
    threads = "".join(
        oval(x, y, r, r * (0.16 + 0.17 * n), "none", stroke=light if n % 2 else dark, stroke_width=r * 0.06) for n in range(5)
    )
    cross = "".join(
        oval(x, y, r * (0.14 + 0.2 * n), r, "none", stroke=light if n % 2 else dark, stroke_width=r * 0.07) for n in range(3)
    )
    return (
        disc(x, y, r, dark)
        + disc(x - r * 0.05, y - r * 0.06, r * 0.93, base)
        + inside(outline, turn(32, threads, x, y) + turn(-24, cross, x, y), f"{x:.0f}")
        + oval(x - r * 0.38, y - r * 0.48, r * 0.26, r * 0.16, "#ffffff", o=0.35)
    )


@drawing(floor=326, width=290)
def yarn(ink: Ink, kind: str) -> str:
    needles = turn(38, rect(196, 20, 9, 330, WOOD, 4) + disc(200, 18, 14, ink.accent), 200, 200) + turn(
        -34, rect(196, 20, 9, 330, WOOD, 4) + disc(200, 18, 14, ink.accent), 200, 200
    )
    tail = line("M286 300 C350 330 320 352 250 344 S90 340 52 352", ink.base, 7)
    return needles + _ball(112, 250, 76, ink.light) + _ball(288, 256, 70, ink.accent) + _ball(200, 212, 104, ink.base) + tail


@drawing(floor=334, width=310)
def paints(ink: Ink, kind: str) -> str:
    lid = path("M64 58 Q66 46 80 46 H320 Q334 46 336 58 L344 176 H56z", ink.dark) + path("M82 62 H318 L326 166 H74z", "#fdfdfb")
    blobs = (
        oval(130, 112, 34, 19, "#6fb4de", o=0.8)
        + oval(184, 104, 30, 17, "#8a7fd0", o=0.75)
        + oval(160, 136, 32, 16, "#6bbf8d", o=0.75)
        + oval(254, 108, 36, 21, "#f2a04f", o=0.8)
        + oval(286, 136, 24, 14, "#e4607a", o=0.75)
    )
    tray = path("M52 176 H348 L362 316 Q362 334 344 334 H56 Q38 334 38 316z", MAIN) + path(
        "M58 184 H342 L345 198 H55z", ink.deep, o=0.7
    )
    hues = (
        "#f7dc5a",
        "#f2a13c",
        "#e4572e",
        "#d0305a",
        "#8f3f97",
        "#4a4fb0",
        "#2f7fd0",
        "#3ab0c8",
        "#2f9a78",
        "#6ab04a",
        "#a8743a",
        "#5c3b24",
        "#f3c6b0",
        "#2b2e35",
    )
    pans = "".join(
        rect(62 + 40 * (n % 7), 210 + 60 * (n // 7), 34, 46, "#fdfdfb", 5)
        + rect(65 + 40 * (n % 7), 213 + 60 * (n // 7), 28, 40, hue, 4)
        + oval(79 + 40 * (n % 7), 226 + 60 * (n // 7), 8, 5, "#ffffff", o=0.35)
        for n, hue in enumerate(hues)
    )
    brush = turn(
        62,
        rect(194, 210, 14, 150, ink.accent, 7)
        + rect(193, 186, 16, 30, STEEL, 3)
        + path("M193 188 Q188 160 201 134 Q214 160 209 188z", "#5b3a24")
        + path("M197 152 Q199 142 201 134 Q206 144 207 156z", "#2f7fd0"),
        200,
        330,
    )
    return lid + blobs + tray + pans + brush


@drawing(floor=328, width=310)
def sewing(ink: Ink, kind: str) -> str:
    base = (
        path("M40 280 H352 Q366 280 366 294 V314 Q366 328 352 328 H40 Q28 328 28 314 V292 Q28 280 40 280z", MAIN)
        + rect(28, 306, 338, 8, ink.deep, o=0.2)
        + rect(54, 272, 120, 12, STEEL, 4)
    )
    arm = path(
        "M62 112 Q62 88 88 88 H316 Q350 88 350 124 V282 H268 V196 Q268 "
        "176 248 176 H138 V208 Q138 218 128 218 H78 Q62 218 62 202z",
        MAIN,
    ) + path("M316 88 Q350 88 350 124 V282 H316z", ink.deep, o=0.15)
    wheel = rect(348, 118, 22, 70, ink.dark, 10) + "".join(line(f"M352 {128 + 12 * n} h14", ink.deep, 3, 0.6) for n in range(5))
    needle = rect(98, 216, 12, 34, STEEL, 2) + line("M104 248 V274", "#6d7680", 3) + path("M84 262 h40 v7 h-40z", STEEL)
    spool = (
        rect(226, 46, 50, 8, "#c08a55", 3)
        + rect(231, 54, 40, 30, ink.accent, 4)
        + "".join(line(f"M231 {60 + 6 * n} h40", "#1c1426", 1.5, 0.2) for n in range(4))
        + rect(226, 82, 50, 8, "#c08a55", 3)
        + line("M232 60 Q160 60 104 92 V250", ink.accent, 2.5)
    )
    dials = (
        disc(300, 148, 26, ink.dark)
        + disc(300, 148, 19, PAPER)
        + line("M300 148 L310 138", ink.deep, 4)
        + disc(244, 138, 14, PAPER, stroke=ink.dark, stroke_width=3)
        + "".join(rect(168 + 18 * n, 130, 10, 18, ink.dark, 3, o=0.6) for n in range(3))
    )
    cloth = (
        path("M20 284 C70 262 120 276 200 274 C220 290 200 318 160 320 C100 326 60 330 20 350 Q4 310 20 284z", ink.accent)
        + line("M30 302 C80 284 140 292 196 288", "#ffffff", 3, 0.9, stroke_dasharray="9 6")
        + dots(44, 316, 6, 1, 24, 4, "#ffffff", 0.6)
    )
    return (
        spool
        + arm
        + wheel
        + needle
        + base
        + cloth
        + dials
        + flower(310, 232, 16, ink.accent, ink.deep)
        + shine("M84 104 H210", 7, 0.5)
    )


@drawing(floor=None)
def guitar(ink: Ink, kind: str) -> str:
    ukulele = kind == "ukulele"
    strings = 4 if ukulele else 6
    neck = (
        rect(184, 54, 32, 160, "#4a2f20", 3)
        + "".join(line(f"M184 {84 + 17 * n - n * n * 0.5:.0f} H216", "#d8c59a", 2) for n in range(8))
        + "".join(disc(200, y, 3, "#fdf6e6") for y in (108, 140, 170))
    )
    head = path("M178 4 Q200 -4 222 4 L218 56 H182z", ink.deep) + both(
        "".join(disc(170, 14 + 14 * n, 6, "#e6e2d8") + rect(174, 12 + 14 * n, 10, 4, "#aab1b9") for n in range(strings // 2))
    )
    outline = (
        "M200 178 C236 158 268 176 266 212 C264 238 252 246 262 268 C290 296 292 372 200 "
        "376 C108 372 110 296 138 268 C148 246 136 238 134 212 C132 176 164 158 200 178z"
    )
    rim = path(outline, ink.deep) + f'<g transform="translate(200 274) scale(.94) translate(-200 -274)">{path(outline, MAIN)}</g>'
    if ukulele:
        hole = (
            disc(200, 240, 24, ink.deep)
            + disc(200, 240, 20, "#2a1a12")
            + disc(200, 240, 28, "none", stroke=ink.accent, stroke_width=3)
        )
        petals = (
            flower(150, 318, 15, ink.pale, ink.accent)
            + flower(246, 330, 13, ink.pale, ink.accent)
            + flower(166, 206, 9, ink.pale, ink.accent)
        )
    else:
        hole = (
            disc(200, 240, 36, "#f3e3c2")
            + disc(200, 240, 32, ink.deep)
            + disc(200, 240, 34, "none", stroke=ink.accent, stroke_width=3, stroke_dasharray="5 3")
            + disc(200, 240, 27, "#22140e")
        )
        petals = path("M232 254 C262 262 268 300 248 320 C232 308 222 282 232 254z", "#2b1a14", o=0.8)
    bridge = rect(166, 320, 68, 14, "#3a2418", 5) + rect(172, 317, 56, 4, "#fdf6e6", 2)
    wires = "".join(
        line(f"M{188 + 24 * n / (strings - 1):.1f} 56 L{182 + 36 * n / (strings - 1):.1f} 324", "#f4efe2", 1.4)
        for n in range(strings)
    )
    return turn(
        24,
        head
        + rim
        + hole
        + petals
        + neck
        + bridge
        + wires
        + shine("M150 204 Q146 190 160 184", 6, 0.5)
        + shine("M132 306 Q128 336 148 354", 7, 0.4),
    )
