"""Drawings: the garden, the terrace and tools."""

from __future__ import annotations

from caravan.project.demo.art.board import drawing
from caravan.project.demo.art.paint import (
    ACCENT,
    DARK,
    LEAF,
    MAIN,
    STEEL,
    WOOD,
    Ink,
    both,
    disc,
    flower,
    fold,
    inside,
    line,
    oval,
    path,
    prop,
    rect,
    shine,
    stitch,
    turn,
)


@drawing(floor=330, width=250)
def wateringcan(ink: Ink, kind: str) -> str:
    hoop = line("M150 152 C150 66 290 60 300 200 C304 250 300 270 286 288", ink.deep, 20) + line(
        "M150 152 C150 68 288 62 298 200 C302 250 298 268 286 286", ink.base, 12
    )
    spout = path("M146 290 L60 156 L82 142 L160 224z", ink.dark) + turn(
        -32, path("M38 156 h64 l-12 -22 h-40z", MAIN) + oval(70, 134, 22, 7, ink.pale), 70, 146
    )
    body = (
        path("M136 166 H276 L290 316 Q290 330 276 330 H136 Q122 330 122 316z", MAIN)
        + oval(206, 166, 70, 16, ink.deep)
        + path("M136 166 a70 16 0 0 1 70 -16 v32 a70 16 0 0 1 -70 -16z", ink.light)
    )
    bands = "".join(
        line(f"M{132 - 5 * n} {200 + 60 * n} Q206 {212 + 60 * n} {279 + 5 * n} {200 + 60 * n}", ink.deep, 5, 0.35)
        for n in range(3)
    )
    rain = "".join(
        path(f"M{x} {y} q9 14 0 20 q-9 -6 0 -20z", "#7cc4e8") for x, y in ((24, 150), (44, 178), (14, 194), (36, 222), (62, 200))
    )
    return (
        hoop
        + spout
        + body
        + bands
        + flower(206, 262, 22, ink.pale, ink.accent)
        + prop(rain)
        + shine("M146 192 L138 306", 9, 0.45)
    )


@drawing(floor=346, width=200)
def planter(ink: Ink, kind: str) -> str:
    def leaf(angle: float, length: float) -> str:
        return turn(
            angle,
            path(
                f"M200 236 C160 {236 - length * 0.4:.0f} "
                f"166 {236 - length * 0.85:.0f} 200 "
                f"{236 - length:.0f} C234 {236 - length * 0.85:.0f} "
                f"240 {236 - length * 0.4:.0f} 200 236z",
                LEAF,
            )
            + line(f"M200 232 V{250 - length:.0f}", "#2f6b45", 3, 0.5),
            200,
            236,
        )

    leaves = "".join(leaf(a, n) for a, n in ((-78, 150), (78, 150), (-52, 176), (54, 172), (-26, 194), (28, 190), (0, 206)))
    pot = (
        path("M116 238 H284 L262 328 Q258 338 248 338 H152 Q142 338 138 328z", MAIN)
        + rect(104, 218, 192, 38, ink.light, 10)
        + path("M116 256 H284 L282 268 Q200 280 118 268z", ink.deep, o=0.3)
    )
    zigzag = line("M128 292 l18 -14 l18 14 l18 -14 l18 14 l18 -14 l18 14 l18 -14 l16 13", ink.accent, 6)
    saucer = path("M118 334 H282 L270 350 H130z", ink.dark)
    return leaves + saucer + pot + zigzag + shine("M120 230 H180", 6, 0.6) + shine("M136 272 L152 322", 6, 0.35)


@drawing(floor=None)
def shears(ink: Ink, kind: str) -> str:
    lower = path("M196 196 C172 150 150 96 168 40 C196 70 222 130 220 190z", "#7d868e") + path(
        "M168 40 C196 70 222 130 220 190 L210 194 C206 140 190 86 168 40z", "#eef1f3"
    )
    upper = path("M204 196 C208 140 230 96 282 72 C290 120 262 170 226 206z", STEEL) + path(
        "M282 72 C290 120 262 170 226 206 L218 202 C250 166 272 120 282 72z", "#ffffff", o=0.7
    )
    left = path(
        "M184 190 L214 214 C196 262 176 310 150 360 Q134 380 118 364 Q110 352 118 336 C146 290 168 240 184 190z", MAIN
    ) + path("M160 270 C150 296 136 322 126 342 L140 352 C152 330 164 306 174 280z", ink.deep, o=0.55)
    right = path(
        "M218 186 L190 214 C212 262 236 306 266 346 Q280 360 294 348 Q304 336 294 322 C266 284 238 236 218 186z", MAIN
    ) + path("M232 266 C246 292 262 314 276 332 L288 322 C274 304 258 280 246 258z", ink.deep, o=0.55)
    spring = line("M182 256 q10 -10 18 0 t18 0", "#8e979f", 6) + line("M176 270 q12 10 24 0 t24 0", "#aab1b9", 5)
    sprig = line("M300 96 Q330 60 372 50", "#5a8a55", 5) + "".join(
        turn(a, oval(x, y, 18, 8, LEAF), x, y) for x, y, a in ((322, 58, 30), (340, 82, -60), (362, 34, 40), (304, 74, 70))
    )
    return (
        prop(sprig)
        + lower
        + left
        + right
        + spring
        + upper
        + disc(204, 202, 17, STEEL)
        + disc(204, 202, 7, "#5d656e")
        + rect(216, 216, 16, 26, ink.accent, 5)
        + shine("M140 310 L128 338", 6, 0.5)
    )


@drawing(floor=352, width=340)
def hammock(ink: Ink, kind: str) -> str:
    trees = "".join(
        path(f"M{x} 40 C{x + 6} 150 {x - 4} 260 {x - 8} 352 H{x + 44} C{x + 36} 260 {x + 30} 150 {x + 32} 40z", "#8a6444")
        + line(f"M{x + 12} 80 q6 60 0 120 M{x + 22} 200 q-6 60 0 110", "#5e4029", 3, 0.5)
        for x in (14, 350)
    )
    crowns = "".join(disc(x, y, r, LEAF) for x, y, r in ((18, 46, 52), (66, 24, 40), (384, 44, 52), (336, 24, 40)))
    ropes = "".join(
        line(f"M46 150 L{96 + 9 * n} {196 + 8 * n} M354 150 L{304 - 9 * n} {196 + 8 * n}", "#e6d3ab", 2.5) for n in range(5)
    ) + both(line("M28 146 H48", "#d8bf8c", 10))
    cloth = "M86 186 C120 262 160 292 200 292 S280 262 314 186 L328 204 C300 306 250 340 200 340 S100 306 72 204z"
    stripes = inside(cloth, "".join(rect(60 + 26 * n, 170, 12, 180, (ink.accent, ink.pale)[n % 2]) for n in range(11)))
    fringe = "".join(line(f"M{92 + 18 * n} {250 + 84 * (1 - abs(n - 6) / 6) ** 0.6:.0f} v18", "#f6ead0", 5) for n in range(13))
    cushion = turn(-28, rect(96, 206, 66, 44, "#fdf6e6", 18), 128, 228)
    return (
        prop(trees + crowns)
        + ropes
        + fringe
        + path("M86 186 C120 262 160 292 200 292 S280 262 314 186 C270 250 240 262 200 262 S130 250 86 186z", ink.deep)
        + cushion
        + path(cloth, MAIN)
        + stripes
        + fold("M72 204 C100 306 150 338 200 338", ink, 4, 0.3)
    )


@drawing(floor=358, width=230)
def grill(ink: Ink, kind: str) -> str:
    legs = (
        line("M148 236 L104 352", "#5d656e", 11)
        + line("M252 236 L296 352", "#5d656e", 11)
        + line("M200 240 V330", "#4a4e58", 9)
        + rect(116, 304, 168, 9, "#8e979f", 4)
        + both(disc(106, 342, 17, "#2b2e35") + disc(106, 342, 7, "#aab1b9"))
    )
    bowl = path("M70 178 H330 C330 240 282 276 200 276 S70 240 70 178z", MAIN) + path(
        "M330 178 C330 240 282 276 200 276 Q290 250 296 178z", ink.deep, o=0.35
    )
    lid = path("M70 166 C76 96 134 64 200 64 S324 96 330 166z", MAIN) + path(
        "M330 166 C324 96 266 64 200 64 Q290 90 300 166z", ink.deep, o=0.3
    )
    rim = rect(62, 162, 276, 18, STEEL, 8)
    knob = rect(172, 44, 56, 14, WOOD, 7) + both(rect(178, 54, 8, 14, "#5d656e"))
    gauge = (
        disc(200, 122, 23, STEEL)
        + disc(200, 122, 17, "#fdfbf6")
        + line("M200 122 L209 112", "#d2403f", 4)
        + both(line("M62 220 H40", "#5d656e", 7) + rect(22, 212, 30, 15, WOOD, 7))
    )
    smoke = "".join(line(f"M{x} 54 q-14 -14 0 -26 t0 -24", "#ffffff", 7, 0.8) for x in (128, 276))
    return (
        prop(smoke)
        + legs
        + bowl
        + lid
        + rim
        + knob
        + gauge
        + disc(200, 252, 9, ink.accent)
        + shine("M98 150 Q112 104 160 86", 10, 0.4)
        + shine("M96 206 Q110 240 140 254", 6, 0.3)
    )


@drawing(floor=356, width=240)
def chair(ink: Ink, kind: str) -> str:
    legs = (
        both(line("M110 250 L292 350", "#4a4e58", 10))
        + both(line("M110 192 V350", "#5d656e", 10) + oval(110, 352, 13, 6, "#2b2e35"))
        + both(disc(292, 350, 9, "#2b2e35"))
    )
    back = (
        path("M112 54 Q200 76 288 54 L292 214 Q200 236 108 214z", MAIN)
        + both(line("M112 48 L110 250", "#5d656e", 11))
        + both(rect(104, 36, 16, 26, "#2b2e35", 6))
    )
    panel = (
        path("M140 88 Q200 100 260 88 L262 176 Q200 190 138 176z", ink.dark, o=0.7)
        + stitch("M146 96 Q200 108 254 96 L256 168 Q200 182 144 168z", ink.pale)
        + path("M156 160 l28 -42 l16 22 l12 -14 l30 34z", ink.accent)
    )
    seat = path("M102 222 H298 L316 262 Q200 288 84 262z", ink.dark) + path("M102 222 H298 L306 240 Q200 264 94 240z", MAIN)
    arms = both(rect(74, 180, 58, 18, ink.base, 9) + fold("M78 192 h48", ink, 3, 0.4))
    cup = (
        path("M288 196 h36 l-5 34 h-26z", ink.deep)
        + oval(306, 196, 18, 5, "#1d1f25")
        + rect(296, 158, 20, 40, "#d9dee2", 6)
        + rect(296, 166, 20, 14, ink.accent)
    )
    return legs + back + panel + seat + arms + cup + shine("M124 76 L120 196", 6, 0.3)


@drawing(floor=344, width=220)
def drill(ink: Ink, kind: str) -> str:
    bit = path("M16 130 l20 -7 h54 v18 h-54z", STEEL) + "".join(line(f"M{40 + 12 * n} 124 l7 15", "#6d7680", 3) for n in range(4))
    chuck = (
        path("M84 112 L104 102 H146 V162 H104 L84 152z", DARK)
        + "".join(line(f"M{112 + 10 * n} 108 v48", "#6a6f7a", 3) for n in range(3))
        + rect(144, 92, 26, 80, "#2b2e35", 6)
        + "".join(line(f"M{150 + 7 * n} 98 v68", "#5b606b", 2.5) for n in range(3))
    )
    body = (
        path("M168 84 H290 C318 84 330 104 330 132 S318 180 290 180 H168z", MAIN)
        + path("M286 84 C316 84 330 104 330 132 S318 180 286 180 Q304 132 286 84z", "#2b2e35")
        + "".join(line(f"M{232 + 14 * n} 104 v26", ink.deep, 6, 0.65) for n in range(4))
    )
    handle = (
        path("M226 176 H294 C288 214 300 250 308 284 H226 C236 250 234 214 226 176z", "#2b2e35")
        + path("M240 180 H282 C276 214 286 250 292 280 H252 C258 250 254 214 240 180z", MAIN)
        + path("M226 184 q-26 4 -24 34 q14 6 28 0z", ink.accent)
    )
    pack = (
        rect(196, 280, 134, 62, "#2b2e35", 10)
        + rect(196, 280, 134, 16, MAIN, 6)
        + "".join(rect(212 + 16 * n, 316, 11, 9, "#5fe3a1" if n < 3 else "#4b505a", 2) for n in range(4))
        + rect(284, 306, 34, 26, ink.accent, 5)
    )
    return bit + chuck + handle + pack + body + rect(176, 140, 80, 12, ink.pale, 6, o=0.8) + shine("M182 98 H272", 7, 0.45)


@drawing(floor=332, width=280)
def saw(ink: Ink, kind: str) -> str:
    teeth = "".join(turn(15 * n, path("M158 122 l14 -18 l6 20z", "#8e979f"), 168, 230) for n in range(24))
    blade = (
        teeth
        + disc(168, 230, 112, STEEL)
        + disc(168, 230, 98, "none", stroke="#8e979f", stroke_width=2)
        + "".join(turn(90 * n, line("M168 150 q10 14 0 26", "#7d868e", 4), 168, 230) for n in range(4))
    )
    guard = path("M50 232 A118 118 0 0 1 286 232 H222 A54 54 0 0 0 114 232z", MAIN) + path(
        "M62 232 A106 106 0 0 1 170 126 L172 140 A92 92 0 0 0 76 232z", "#ffffff", o=0.3
    )
    motor = (
        rect(206, 168, 128, 76, ink.dark, 26)
        + "".join(line(f"M{272 + 14 * n} 184 v44", ink.deep, 6, 0.7) for n in range(4))
        + rect(212, 174, 46, 64, MAIN, 20)
    )
    handle = path(
        "M146 118 C160 60 260 50 320 96 C348 118 352 160 330 184 L308 170 C320 154 316 132 298 118 C260 92 200 92 184 126z",
        "#2b2e35",
    ) + path("M172 104 C196 72 260 70 304 104 L296 114 C256 86 210 86 184 116z", ink.accent)
    plate = rect(36, 240, 300, 15, STEEL, 4) + rect(36, 252, 300, 6, "#6d7680", 3)
    hub = disc(168, 230, 26, "#3a3d45") + disc(168, 230, 12, STEEL) + disc(168, 230, 4, "#3a3d45")
    wood = (
        rect(20, 300, 360, 34, WOOD, 4)
        + line("M30 312 q60 8 120 0 M220 320 q60 -8 140 0", "#8a5a33", 2.5, 0.5)
        + rect(160, 300, 16, 34, "#6b4226", o=0.8)
    )
    return blade + prop(wood) + handle + motor + guard + hub + plate + disc(70, 220, 5, "#ff4a3d")


@drawing(floor=None)
def hammer(ink: Ink, kind: str) -> str:
    handle = (
        path("M186 132 H216 L222 232 H180z", WOOD)
        + path("M178 226 H224 C232 270 232 320 224 366 Q200 384 178 366 C170 320 170 270 178 226z", MAIN)
        + "".join(line(f"M182 {252 + 20 * n} Q200 {260 + 20 * n} 220 {252 + 20 * n}", ink.deep, 5, 0.5) for n in range(5))
    )
    head = (
        path("M176 74 H228 V142 H176z", STEEL)
        + path("M224 82 H262 V134 H224z", "#9aa2aa")
        + rect(258, 72, 44, 72, STEEL, 10)
        + rect(292, 72, 10, 72, "#5d656e", 5)
    )
    claw = path("M182 74 C140 66 96 78 60 128 C98 108 140 112 180 142z", STEEL) + path(
        "M60 128 C90 96 130 92 180 106 L180 114 C130 104 96 110 60 128z", "#6d7680"
    )
    nails = "".join(
        turn(
            a,
            rect(x, y, 8, 60, "#9aa2aa", 2)
            + rect(x - 6, y - 5, 20, 8, "#c4cad0", 3)
            + path(f"M{x} {y + 58} h8 l-4 14z", "#9aa2aa"),
            x,
            y,
        )
        for x, y, a in ((300, 250, 24), (338, 270, -16), (110, 276, 40))
    )
    return prop(nails) + turn(
        16, handle + head + claw + shine("M186 84 V132", 7, 0.6) + shine("M190 246 Q186 300 190 352", 6, 0.4), 200, 210
    )


@drawing(floor=346, width=290)
def screwdrivers(ink: Ink, kind: str) -> str:
    def driver(x: float, length: float, tip: str) -> str:
        grip = path(
            f"M{x - 17} 66 Q{x} 44 {x + 17} 66 L{x + 20} 132 Q{x + 14} 158 {x + 10} 172 H{x - 10} Q{x - 14} 158 {x - 20} 132z",
            MAIN,
        ) + "".join(line(f"M{x - 10 + 10 * k} 74 V138", ink.deep, 5, 0.55) for k in range(3))
        shaft = rect(x - 5, 170, 10, length, STEEL, 2)
        point = path(
            f"M{x - 9} {166 + length} h18 v16 l-5 12 h-8 l-5 -12z"
            if tip == "flat"
            else f"M{x - 5} {166 + length} h10 l-2 18 l-3 8 l-3 -8z",
            "#5d656e",
        )
        return shaft + point + grip + rect(x - 12, 150, 24, 10, ACCENT, 3) + shine(f"M{x - 12} 74 V128", 4, 0.5)

    drivers = "".join(driver(86 + 57 * n, (120, 104, 88, 104, 120)[n], ("flat", "cross")[n % 2]) for n in range(5))
    rack = (
        rect(48, 222, 304, 40, "#2b2e35", 10)
        + rect(48, 222, 304, 13, "#4a4e58", 6)
        + "".join(disc(86 + 57 * n, 246, 7, ink.accent) for n in range(5))
    )
    stand = both(path("M60 262 h30 l10 84 h-56z", "#3a3d45")) + rect(40, 336, 320, 12, "#202229", 6)
    return stand + drivers + rack


@drawing(floor=330, width=230)
def tapemeasure(ink: Ink, kind: str) -> str:
    tape = (
        path("M52 284 H230 V316 H52z", "#f7d34b")
        + path("M52 284 H230 V292 H52z", "#fff0b0")
        + "".join(
            line(f"M{62 + 11 * n} 316 v-{16 if n % 5 == 0 else 9}", "#3a3d45" if n % 5 else "#d2403f", 2.5) for n in range(14)
        )
        + rect(40, 276, 15, 54, "#8e979f", 3)
    )
    body = path(
        "M120 96 C140 62 208 54 262 66 C316 80 340 130 340 190 V300 Q340 328 312 328 H148 Q104 328 104 296 V150 Q104 120 120 96z",
        "#2b2e35",
    ) + path(
        "M136 110 C154 84 210 76 256 86 C300 98 318 140 318 190 V284 "
        "Q318 304 298 304 H154 Q126 304 126 282 V150 Q126 124 136 110z",
        MAIN,
    )
    dial = (
        disc(222, 186, 62, ink.dark)
        + disc(222, 186, 52, "#2b2e35")
        + disc(222, 186, 44, ACCENT)
        + "".join(turn(30 * n, line("M222 148 v10", "#2b2e35", 4, 0.6), 222, 186) for n in range(12))
        + line("M202 186 h40 M202 178 v16 M242 178 v16", "#2b2e35", 5)
    )
    lock = path("M104 180 L80 196 Q72 204 78 216 L104 240z", ink.accent) + fold("M90 200 l10 26", ink, 3, 0.4)
    return tape + lock + body + dial + rect(146, 268, 120, 16, ink.deep, 8, o=0.5) + shine("M150 124 Q170 98 220 98", 8, 0.45)


@drawing(floor=334, width=310)
def toolbox(ink: Ink, kind: str) -> str:
    tools = (
        turn(-8, rect(120, 70, 18, 90, WOOD, 6) + rect(96, 52, 68, 30, STEEL, 6), 130, 120)
        + turn(12, rect(270, 66, 12, 90, STEEL, 3) + path("M256 40 a22 22 0 1 0 40 0 l-8 16 h-24z", STEEL), 276, 110)
        + rect(196, 84, 18, 50, ACCENT, 8)
        + rect(201, 60, 8, 30, "#8e979f")
    )
    handle = path("M136 146 V112 Q136 98 150 98 H250 Q264 98 264 112 V146 H244 V120 H156 V146z", "#2b2e35")
    lid = path("M60 146 Q62 134 76 134 H324 Q338 134 340 146 L352 196 H48z", MAIN) + shine("M82 144 H240", 6, 0.45)
    body = (
        path("M44 194 H356 L346 318 Q344 334 328 334 H72 Q56 334 54 318z", ink.dark)
        + path("M44 194 H356 L354 214 H46z", ink.deep)
        + "".join(line(f"M{92 + 54 * n} 232 v84", ink.deep, 8, 0.35) for n in range(5))
    )
    latches = (
        both(rect(96, 178, 38, 50, STEEL, 7) + rect(104, 202, 22, 18, "#6d7680", 4))
        + rect(164, 236, 72, 46, ink.base, 8)
        + path("M182 272 l22 -22 a9 9 0 1 1 10 9 l-22 22z", "#ffffff", o=0.9)
    )
    return tools + handle + lid + body + latches + both(rect(66, 328, 44, 10, "#202229", 4))
