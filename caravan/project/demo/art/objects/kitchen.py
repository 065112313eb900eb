"""Drawings: the kitchen and the table."""

from __future__ import annotations

from caravan.project.demo.art.board import drawing
from caravan.project.demo.art.paint import (
    DARK,
    GLASS,
    GOLD,
    MAIN,
    STEEL,
    Ink,
    both,
    disc,
    flower,
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


@drawing(floor=344, width=230)
def kettle(ink: Ink, kind: str) -> str:
    base = oval(196, 334, 104, 16, "#202229") + oval(196, 328, 104, 15, "#3a3d45") + rect(270, 324, 20, 7, ink.accent, 3)
    handle = path(
        "M262 116 C350 96 366 180 348 250 C342 280 316 296 288 292 L292 266 C312 266 320 252 324 232 C334 178 328 138 272 146z",
        DARK,
    )
    spout = path("M126 130 L72 112 Q60 112 66 124 L108 206z", ink.dark) + path(
        "M72 112 Q60 112 66 124 L76 134 L98 120z", ink.deep
    )
    body = path("M138 98 H254 C270 160 296 240 298 312 Q298 326 282 326 H112 Q96 326 96 312 C98 240 122 160 138 98z", MAIN)
    lid = (
        path("M136 100 C140 70 252 70 256 100z", ink.dark) + rect(180, 58, 32, 20, "#2b2e35", 9) + rect(134, 96, 124, 8, STEEL, 4)
    )
    window = (
        rect(182, 190, 26, 104, "#dfeff5", 13)
        + rect(185, 226, 20, 65, "#8cc9e6", 10)
        + "".join(line(f"M214 {206 + 18 * n} h10", ink.deep, 3, 0.6) for n in range(5))
    )
    steam = "".join(line(f"M{50 + 18 * n} {96 - 8 * n} q-14 -16 0 -30 t0 -30", "#ffffff", 6, 0.85) for n in range(2))
    return prop(steam) + base + handle + spout + body + lid + window + shine("M150 128 C134 190 122 250 120 300", 10, 0.45)


@drawing(floor=None)
def pan(ink: Ink, kind: str) -> str:
    handle = (
        path("M262 232 L284 212 L372 312 Q386 334 368 346 Q354 352 344 340z", DARK)
        + disc(360, 328, 8, "#f6f4f0")
        + path("M250 240 L284 206 L298 222 L266 256z", STEEL)
    )
    rim = (
        disc(164, 160, 132, ink.deep)
        + disc(164, 158, 130, MAIN)
        + disc(164, 160, 112, "#26282e")
        + disc(164, 160, 104, "#34373f")
        + "".join(disc(164, 160, r, "none", stroke="#474b55", stroke_width=2) for r in (88, 66, 44))
    )
    egg = path(
        "M104 150 C100 112 146 96 178 106 C214 102 244 136 230 172 C232 210 190 220 162 212 C126 220 98 190 104 150z", "#fffdf8"
    ) + path(
        "M112 172 C120 206 160 204 176 200 C210 206 226 186 226 164 C220 196 176 190 160 200 C140 200 118 190 112 172z",
        "#e6dfd2",
        o=0.8,
    )
    yolk = disc(166, 156, 34, "#f5a623") + disc(163, 152, 30, "#fcc246") + oval(152, 142, 9, 6, "#fff1c9")
    herbs = "".join(
        turn(37 * n, oval(x, y, 7, 3.5, "#5a9a57"), x, y)
        for n, (x, y) in enumerate(((98, 214), (236, 112), (250, 196), (132, 90), (196, 238), (84, 124)))
    )
    return (
        handle + rim + egg + yolk + herbs + path("M44 120 A128 128 0 0 1 130 36 L128 52 A112 112 0 0 0 58 126z", "#ffffff", o=0.3)
    )


@drawing(floor=None)
def knife(ink: Ink, kind: str) -> str:
    blade = path("M18 178 C90 168 190 162 262 162 L262 244 C170 250 70 226 18 178z", STEEL) + path(
        "M18 178 C70 226 170 250 262 244 L262 230 C170 234 80 214 18 178z", "#f5f7f8"
    )
    waves = inside(
        "M18 178 C90 168 190 162 262 162 L262 230 C170 234 80 214 18 178z",
        "".join(line(f"M20 {170 + 9 * n} q18 -10 36 0 t36 0 t36 0 t36 0 t36 0 t36 0 t36 0", "#6d7680", 2, 0.4) for n in range(8)),
    )
    bolster = path("M256 160 h20 v62 l-14 24 h-6z", "#8e979f")
    handle = path(
        "M274 164 C310 156 350 166 380 162 Q392 166 388 186 C384 206 376 214 360 212 C330 208 300 218 274 214z", MAIN
    ) + "".join(disc(x, 188, 6, GOLD) + disc(x, 188, 2.5, "#8f5f1b") for x in (296, 328, 360))
    grain = line("M282 176 Q330 170 380 174 M282 202 Q330 196 376 200", ink.deep, 2, 0.4)
    herbs = "".join(
        turn(a, oval(x, y, 15, 8, "url(#leaf)"), x, y)
        for x, y, a in ((96, 312, -30), (122, 320, 10), (80, 330, 30), (150, 330, -20))
    ) + "".join(
        disc(x, y, 19, "#d9483b")
        + disc(x, y, 15, "#ef7a5d")
        + "".join(turn(a, oval(x, y - 8, 3, 5, "#fbe3b0"), x, y) for a in range(0, 360, 60))
        for x, y in ((220, 318), (262, 326))
    )
    return turn(-14, blade + waves + bolster + handle + grain + shine("M284 170 Q330 162 370 168", 4, 0.4)) + prop(herbs)


@drawing(floor=346, width=200)
def frenchpress(ink: Ink, kind: str) -> str:
    rod = rect(195, 30, 10, 120, STEEL, 3) + disc(200, 30, 18, MAIN) + disc(194, 24, 5, "#ffffff", o=0.5)
    handle = path("M270 140 C350 130 350 280 270 284 V262 C316 258 318 164 270 166z", MAIN)
    glass = (
        path("M120 120 H280 V326 Q280 336 270 336 H130 Q120 336 120 326z", "#eef6f8", o=0.9)
        + path("M124 176 H276 V326 Q276 332 270 332 H130 Q124 332 124 326z", "#4a2c1c")
        + path("M124 176 H276 V196 H124z", "#a9744a")
        + rect(124, 166, 152, 12, "#d9b48c", 6)
    )
    plunger = rect(128, 204, 144, 9, STEEL, 4) + rect(195, 140, 10, 68, "#b9c0c6")
    lid = (
        path("M114 112 C120 78 280 78 286 112z", ink.dark)
        + rect(108, 108, 184, 18, STEEL, 8)
        + path("M112 112 L92 104 L94 122 L114 126z", STEEL)
    )
    frame = (
        both(rect(118, 118, 10, 222, STEEL, 4))
        + rect(112, 316, 176, 24, ink.dark, 8)
        + both(rect(116, 336, 22, 12, ink.deep, 4))
        + rect(112, 226, 176, 9, STEEL, 3)
    )
    return handle + glass + plunger + rod + lid + frame + shine("M142 136 V306", 10, 0.5) + shine("M262 140 V220", 4, 0.4)


@drawing(floor=348, width=210)
def blender(ink: Ink, kind: str) -> str:
    jug = path("M124 84 H276 L258 236 H142z", "#eef6f8", o=0.95)
    drink = inside(
        "M126 96 H274 L258 236 H142z",
        rect(110, 126, 180, 120, "#ef7f9a")
        + path("M110 126 q22 -14 45 0 t45 0 t45 0 t45 0 V146 H110z", "#f7a9ba")
        + "".join(
            disc(x, y, r, c)
            for x, y, r, c in (
                (160, 160, 14, "#d9405a"),
                (230, 170, 12, "#7d4fa0"),
                (196, 190, 15, "#d9405a"),
                (170, 208, 10, "#f6c667"),
                (236, 206, 11, "#f6c667"),
                (206, 154, 8, "#7d4fa0"),
            )
        ),
    )
    handle = path("M270 100 C336 100 336 214 262 214 L264 194 C306 190 306 122 268 122z", GLASS, stroke="#a8bcc4", stroke_width=3)
    lid = path("M116 86 Q118 62 140 60 H260 Q282 62 284 86z", "#2b2e35") + rect(174, 42, 52, 22, "#3f434c", 8)
    blade = (
        both(path("M200 222 L158 206 L196 214z", STEEL))
        + rect(192, 212, 16, 26, STEEL, 4)
        + rect(138, 232, 124, 14, "#2b2e35", 5)
    )
    base = path("M142 244 H258 C282 262 292 310 292 336 Q292 348 278 348 H122 Q108 348 108 336 C108 310 118 262 142 244z", MAIN)
    dial = (
        disc(200, 300, 27, "#2b2e35")
        + disc(200, 300, 20, STEEL)
        + line("M200 300 L210 286", "#2b2e35", 5)
        + "".join(turn(a, disc(200, 262, 3, ink.pale), 200, 300) for a in range(-120, 121, 40))
        + both(rect(130, 296, 26, 11, ink.pale, 5, o=0.85))
    )
    return (
        jug
        + drink
        + blade
        + handle
        + lid
        + base
        + dial
        + shine("M142 104 L154 222", 9, 0.6)
        + shine("M134 278 Q124 304 124 326", 6, 0.4)
    )


@drawing(floor=None)
def board(ink: Ink, kind: str) -> str:
    wood = "M70 84 H330 Q356 84 356 110 V292 Q356 318 330 318 H70 Q44 318 44 292 V110 Q44 84 70 84z"
    tones = (ink.base, ink.light, mix(ink.base, ink.dark, 0.5), mix(ink.base, ink.light, 0.5), ink.light)
    planks = "".join(
        rect(44, 84 + 39 * n, 312, 39, tone)
        + "".join(
            line(f"M{40 + 90 * k} {96 + 39 * n + 6 * (k % 2)} q50 {8 - 5 * (k % 3)} 84 0", ink.deep, 1.6, 0.3) for k in range(4)
        )
        for n, tone in enumerate((*tones, ink.base))
    )
    groove = rect(62, 102, 276, 198, "none", 14, stroke=ink.deep, stroke_width=5, o=0.4) + rect(
        62, 104, 276, 198, "none", 14, stroke="#ffffff", stroke_width=2, o=0.3
    )
    hole = rect(306, 170, 20, 62, ink.deep, 10) + rect(309, 174, 15, 57, "#fbf6ee", 8)
    tomato = (
        disc(134, 232, 34, "#c7352f")
        + disc(132, 228, 32, "#e4523f")
        + oval(120, 214, 9, 6, "#ffb9a0", o=0.8)
        + "".join(turn(72 * n, path("M134 206 q6 -12 0 -20 q-8 8 0 20z", "#4d8b57"), 134, 207) for n in range(5))
    )
    slices = "".join(
        disc(x, y, 27, "#d33f34")
        + disc(x, y, 23, "#f28a6b")
        + "".join(turn(60 * n, oval(x, y - 13, 5, 8, "#fbd79b"), x, y) for n in range(6))
        for x, y in ((214, 246), (252, 222))
    )
    basil = "".join(
        turn(a, path(f"M{x} {y} q24 -26 50 0 q-26 22 -50 0z", "url(#leaf)") + line(f"M{x + 4} {y} h40", "#2f6b45", 2, 0.6), x, y)
        for x, y, a in ((132, 152, -14), (170, 160, 24), (154, 132, -50))
    )
    return group(path(wood, ink.deep), "translate(0 9)") + inside(wood, planks) + groove + hole + slices + tomato + basil


@drawing(floor=326, width=220)
def mug(ink: Ink, kind: str) -> str:
    handle = path("M272 164 C356 146 370 284 272 284 V258 C330 254 326 178 272 190z", ink.dark)
    body = path("M96 136 C96 230 100 300 126 318 Q190 334 254 318 C280 300 284 230 284 136z", MAIN)
    glaze = path(
        "M96 136 H284 C284 160 284 180 282 196 q-16 22 -28 2 q-12 -14 -26 10 q-12 20 -26 "
        "-4 q-12 -16 -28 8 q-14 18 -26 -6 q-12 -16 -24 4 q-14 16 -24 -12 q-12 -10 -12 -62z",
        ink.pale,
        o=0.75,
    )
    speckle = "".join(disc(110 + (n * 59) % 158, 214 + (n * 41) % 96, 1.8, ink.deep, o=0.4) for n in range(26))
    rim = (
        oval(190, 136, 94, 25, ink.pale)
        + oval(190, 138, 84, 19, ink.deep)
        + oval(190, 142, 78, 15, "#5b3623")
        + oval(178, 140, 40, 7, "#8a5a3b", o=0.7)
    )
    steam = "".join(line(f"M{160 + 34 * n} 104 q-14 -16 0 -32 t0 -32", "#ffffff", 7, 0.9) for n in range(3))
    return (
        prop(steam)
        + handle
        + body
        + speckle
        + inside("M96 136 C96 230 100 300 126 318 Q190 334 254 318 C280 300 284 230 284 136z", glaze)
        + rim
        + shine("M112 176 C112 230 116 272 126 296", 9, 0.45)
    )


@drawing(floor=330, width=300)
def plates(ink: Ink, kind: str) -> str:
    """A plate on edge behind a stack of smaller ones, and a bowl."""
    stand = (
        disc(176, 172, 134, ink.dark) + disc(173, 168, 133, MAIN) + disc(173, 168, 124, "none", stroke=ink.pale, stroke_width=5)
    )
    well = disc(174, 170, 88, ink.dark, o=0.55) + disc(175, 172, 84, ink.light) + disc(175, 172, 84, MAIN, o=0.45)
    sprigs = "".join(
        turn(
            45 * n,
            line("M173 58 V38", ink.deep, 3, 0.6) + oval(166, 46, 5, 10, ink.accent) + oval(180, 52, 5, 10, ink.accent),
            173,
            168,
        )
        for n in range(8)
    )
    glint = path("M62 128 A118 118 0 0 1 140 56 L145 72 A100 100 0 0 0 78 134z", "#ffffff", o=0.45)
    stack = "".join(
        path(
            f"M54 {286 - 15 * n} H250 Q244 {306 - 15 * n} 214 {308 - 15 * n} H90 Q60 {306 - 15 * n} 54 {286 - 15 * n}z",
            ink.dark if n % 2 else MAIN,
        )
        + oval(152, 286 - 15 * n, 98, 9, ink.light)
        for n in range(3)
    )
    bowl = path("M232 220 H364 C360 290 336 328 298 328 S236 290 232 220z", MAIN) + path(
        "M330 220 H364 C360 290 336 328 298 328 Q332 300 330 220z", ink.deep, o=0.25
    )
    bowl += oval(298, 220, 66, 15, ink.pale) + oval(298, 222, 57, 10, ink.deep) + line("M238 252 Q298 268 358 252", ink.accent, 6)
    foot = rect(110, 306, 84, 12, ink.deep, 5) + rect(272, 322, 52, 9, ink.deep, 4)
    return (
        stand + well + sprigs + glint + group(stack, "translate(0 4)") + foot + bowl + shine("M248 244 Q254 284 274 308", 7, 0.5)
    )


@drawing(floor=352, width=260)
def glass(ink: Ink, kind: str) -> str:
    bowl = "M82 56 H174 C194 128 190 196 128 202 C66 196 62 128 82 56z"
    wine = inside(bowl, path("M50 120 H210 V210 H50z", MAIN) + oval(128, 120, 62, 10, ink.light))
    stem = (
        path("M122 200 H134 L136 310 Q140 332 184 340 H72 Q116 332 120 310z", GLASS, stroke="#b4c8d0", stroke_width=2)
        + oval(128, 341, 57, 10, "#e6f0f3")
        + oval(128, 339, 50, 7, GLASS)
    )
    one = (
        path(bowl, "#f4fafb", o=0.75)
        + wine
        + path(bowl, GLASS, stroke="#b9ccd3", stroke_width=2.5)
        + oval(128, 56, 46, 7, "#ffffff", o=0.6, stroke="#b9ccd3", stroke_width=2)
        + stem
        + shine("M88 84 C78 130 82 164 100 182", 8, 0.7)
        + shine("M168 90 Q174 130 166 160", 4, 0.5)
    )
    return prop(group(one, "translate(144 0)")) + one


@drawing(floor=330, width=260)
def teapot(ink: Ink, kind: str) -> str:
    handle = line("M286 172 C372 150 376 286 286 286", ink.dark, 20) + line("M286 172 C368 152 372 282 288 284", ink.base, 11)
    spout = path("M112 268 C68 262 64 196 26 156 L58 142 C80 174 96 184 122 184z", MAIN) + oval(42, 149, 17, 8, ink.deep)
    body = path(
        "M200 128 C276 128 310 180 310 234 C310 286 276 322 246 326 H154 C124 322 90 286 90 234 C90 180 124 128 200 128z", MAIN
    )
    lid = (
        path("M136 142 C140 110 260 110 264 142 Q200 160 136 142z", ink.light)
        + disc(200, 98, 17, GOLD)
        + line("M136 142 Q200 162 264 142", ink.deep, 4, 0.4)
    )
    blossom = (
        flower(196, 232, 25, ink.pale, ink.accent)
        + flower(246, 262, 15, ink.pale, ink.accent)
        + flower(148, 258, 14, ink.pale, ink.accent)
    )
    sprig = "".join(
        turn(a, oval(x, y, 17, 7, "#5a9a57"), x, y)
        for x, y, a in ((232, 206, -30), (162, 206, 30), (206, 284, 10), (270, 228, 60), (126, 230, -60))
    )
    foot = path("M148 322 H252 L246 334 H154z", ink.deep)
    steam = line("M30 128 q-12 -16 0 -30 t0 -30", "#ffffff", 7, 0.9)
    return prop(steam) + handle + spout + foot + body + sprig + blossom + lid + shine("M114 212 Q122 162 166 150", 9, 0.5)
