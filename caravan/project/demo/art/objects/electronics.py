"""Drawings: phones, sound, computers and the smart home (long because each device is a shape of its own)."""

from __future__ import annotations

from caravan.project.demo.art.board import drawing
from caravan.project.demo.art.paint import (
    ACCENT,
    DARK,
    GLASS,
    GOLD,
    MAIN,
    PAPER,
    SCREEN,
    STEEL,
    Ink,
    both,
    disc,
    dots,
    line,
    oval,
    path,
    prop,
    rect,
    shine,
    turn,
)


@drawing(floor=338, width=190)
def phone(ink: Ink, kind: str) -> str:
    rugged = kind == "rugged"
    back = turn(
        -8,
        rect(98, 66, 136, 270, MAIN, 22 if not rugged else 12)
        + rect(112, 82, 52, 84, ink.dark, 16, o=0.55)
        + "".join(disc(138, 100 + 25 * n, 10, "#20242c") + disc(135, 97 + 25 * n, 3, "#7f9ac4") for n in range(3))
        + shine("M220 92 V300", 5, 0.35),
        166,
        330,
    )
    bumpers = rect(176, 62, 148, 30, ink.dark, 14) + rect(176, 308, 148, 30, ink.dark, 14) if rugged else ""
    front = (
        bumpers
        + rect(182, 68, 136, 268, "#20232a", 20)
        + rect(188, 75, 124, 254, SCREEN, 15)
        + rect(232, 82, 36, 8, "#16181d", 4)
    )
    icons = "".join(rect(204 + 26 * c, 268 + 26 * r, 18, 18, "#ffffff", 5, o=0.8) for r in range(2) for c in range(4))
    clock = (
        line("M208 128 h36 M208 144 h70", "#ffffff", 8, 0.9)
        + disc(280, 205, 34, "#ffffff", o=0.18)
        + disc(262, 222, 22, "#ffffff", o=0.18)
    )
    return (
        back
        + front
        + clock
        + icons
        + path("M188 90 a15 15 0 0 1 15 -15 h60 L210 329 h-7 a15 15 0 0 1 -15 -15z", "#ffffff", o=0.1)
    )


@drawing(floor=322, width=270)
def tablet(ink: Ink, kind: str) -> str:
    body = rect(58, 96, 284, 216, STEEL, 18) + rect(62, 100, 276, 208, "#1e2127", 15) + rect(74, 112, 252, 184, SCREEN, 5)
    art = path("M74 296 V236 L140 178 L196 232 L244 196 L326 262 V291 a5 5 0 0 1 -5 5z", "#ffffff", o=0.3) + disc(
        268, 158, 22, "#ffffff", o=0.7
    )
    pen = turn(
        38,
        rect(330, 130, 11, 178, MAIN, 5) + path("M330 306 h11 l-5.5 20z", "#3a3d45") + rect(330, 150, 11, 5, ink.deep),
        336,
        220,
    )
    return (
        body + art + path("M62 115 a15 15 0 0 1 15 -15 h140 L110 308 h-33 a15 15 0 0 1 -15 -15z", "#ffffff", o=0.08) + prop(pen)
    )


@drawing(floor=338, width=170)
def phonecase(ink: Ink, kind: str) -> str:
    body = rect(122, 58, 156, 282, ink.dark, 32) + rect(126, 60, 148, 276, MAIN, 30)
    hole = (
        rect(140, 76, 66, 74, ink.deep, 20)
        + rect(145, 81, 56, 64, "#2a2d34", 16)
        + disc(160, 98, 11, "#11131a")
        + disc(186, 128, 11, "#11131a")
    )
    glints = disc(157, 95, 4, "#6d8fc4") + disc(183, 125, 4, "#6d8fc4") + disc(186, 98, 5, "#f6eec9")
    ring = disc(200, 232, 40, "none", stroke=ink.pale, stroke_width=7, o=0.7) + line("M200 286 v22", ink.pale, 7, 0.7)
    return body + hole + glints + ring + shine("M262 92 V300", 7, 0.35) + rect(276, 130, 5, 40, ink.deep, 2)


@drawing(floor=336, width=170)
def powerbank(ink: Ink, kind: str) -> str:
    body = rect(122, 70, 150, 264, ink.dark, 26) + rect(122, 70, 142, 264, MAIN, 26)
    panel = rect(146, 104, 94, 54, "#14161b", 12) + line(
        "M162 122 v18 M162 122 h10 v18 h-10 M184 122 v18 M184 122 h10 v18 h-10", "#7df0c0", 4
    )
    level = "".join(disc(214, 120 + 9 * n, 3, "#7df0c0") for n in range(3))
    ports = rect(140, 70, 26, 7, "#14161b", 3) + rect(178, 70, 26, 7, "#14161b", 3) + rect(216, 70, 26, 7, "#14161b", 3)
    bolt = path("M200 206 l-24 44 h20 l-8 36 l32 -50 h-22 l12 -30z", ink.pale, o=0.8)
    cable = line("M192 70 C192 20 320 20 322 110 S300 250 330 300", ink.accent, 8) + rect(320, 292, 20, 34, "#e7e9ec", 4)
    return prop(cable) + body + panel + level + ports + bolt + shine("M136 104 V300", 6, 0.35)


@drawing(floor=322, width=180)
def charger(ink: Ink, kind: str) -> str:
    prongs = rect(152, 78, 16, 56, STEEL, 7) + rect(226, 78, 16, 56, STEEL, 7)
    body = path(
        "M112 132 h170 a18 18 0 0 1 18 18 v152 a20 20 0 0 1 -20 20 h-166 a20 20 0 0 1 -20 -20 v-152 a18 18 0 0 1 18 -18z", MAIN
    )
    face = (
        rect(112, 222, 168, 82, ink.dark, 14, o=0.25)
        + rect(134, 244, 52, 18, "#23262d", 9)
        + rect(206, 244, 52, 18, "#23262d", 9)
    )
    bolt = path("M200 148 l-18 32 h14 l-6 24 l24 -36 h-15 l8 -20z", ACCENT)
    return prongs + body + face + bolt + disc(196, 284, 4, "#5fe3a1") + shine("M112 156 V290", 6, 0.5)


@drawing(floor=320, width=240)
def cable(ink: Ink, kind: str) -> str:
    coil = "".join(
        oval(200, 196 + 8 * n, 108 - 4 * n, 66 - 3 * n, "none", stroke=c, stroke_width=11)
        for n, c in enumerate((ink.dark, ink.base, ink.light))
    )
    braid = oval(200, 204, 104, 63, "none", stroke="#ffffff", stroke_width=3, stroke_dasharray="3 6", o=0.45)
    ends = line("M250 252 Q280 290 318 276", ink.base, 12) + turn(
        -18, rect(304, 262, 40, 26, STEEL, 6) + rect(342, 267, 22, 16, "#d8dce0", 5), 318, 276
    )
    other = line("M142 252 Q110 300 82 280", ink.dark, 12) + turn(
        20, rect(52, 264, 40, 26, STEEL, 6) + rect(32, 269, 22, 16, "#d8dce0", 5), 80, 278
    )
    tie = rect(182, 124, 36, 60, ink.accent, 8) + rect(182, 148, 36, 8, "#000000", o=0.15)
    return other + coil + braid + ends + tie


@drawing(floor=338, width=230)
def headphones(ink: Ink, kind: str) -> str:
    band = line("M96 236 C84 96 150 62 200 62 S316 96 304 236", ink.dark, 26) + line(
        "M96 236 C84 96 150 62 200 62 S316 96 304 236", ink.base, 17
    )
    inner = line("M120 190 C124 112 160 88 200 88 S276 112 280 190", ink.light, 9, 0.8)
    cup = (
        rect(72, 196, 42, 40, STEEL, 10)
        + rect(62, 210, 62, 118, MAIN, 30)
        + rect(108, 216, 32, 106, "#2a2c33", 16)
        + rect(110, 222, 12, 94, "#4a4e58", 6)
        + shine("M76 240 V296", 7, 0.45)
    )
    extra = ""
    if kind == "gaming":
        glow = both(disc(86, 270, 16, "none", stroke=ink.accent, stroke_width=5) + disc(86, 270, 7, ACCENT))
        extra = glow + line("M92 322 Q110 362 168 344", "#2a2c33", 8) + oval(178, 341, 17, 10, "#2a2c33")
    return band + inner + both(cup) + extra + shine("M128 112 Q160 76 206 74", 5, 0.5)


@drawing(floor=336, width=230)
def earbuds(ink: Ink, kind: str) -> str:
    lid = path("M92 214 C92 150 130 132 200 132 S308 150 308 214z", ink.dark) + path(
        "M104 214 C104 160 140 144 200 144 S296 160 296 214z", ink.deep, o=0.6
    )
    case = path("M88 216 h224 v50 a62 62 0 0 1 -62 62 h-100 a62 62 0 0 1 -62 -62z", MAIN) + rect(88, 212, 224, 10, ink.light, 4)
    bud = (
        oval(150, 98, 34, 30, PAPER)
        + rect(158, 96, 20, 92, MAIN, 10)
        + oval(148, 100, 34, 31, MAIN)
        + oval(128, 106, 17, 21, "#3a3d45")
        + oval(125, 106, 10, 14, "#5d616c")
        + shine("M150 80 Q166 80 172 92", 5, 0.6)
    )
    return (
        lid
        + both(bud)
        + case
        + disc(200, 258, 5, "#5fe3a1")
        + shine("M108 240 Q110 290 146 308", 7, 0.4)
        + disc(200, 290, 3, ink.deep)
    )


@drawing(floor=318, width=290)
def speaker(ink: Ink, kind: str) -> str:
    body = rect(56, 130, 288, 184, MAIN, 78) + "".join(line(f"M{96 + 14 * n} 152 V292", ink.deep, 4, 0.35) for n in range(16))
    ends = both(oval(74, 222, 30, 84, "#2b2e35") + oval(72, 222, 22, 70, "#41454f") + oval(70, 222, 11, 40, "#5b606b"))
    badge = (
        rect(160, 204, 80, 32, ink.deep, 16)
        + line("M178 220 h44", ink.accent, 5)
        + disc(190, 220, 6, ink.accent)
        + disc(212, 220, 6, ink.accent)
    )
    strap = line("M330 160 C372 150 374 240 344 252", ink.accent, 10)
    buttons = "".join(rect(150 + 38 * n, 134, 26, 9, ink.pale, 4, o=0.8) for n in range(3))
    return strap + body + ends + badge + buttons + shine("M112 144 Q200 132 290 146", 6, 0.35)


@drawing(floor=344, width=160)
def microphone(ink: Ink, kind: str) -> str:
    stand = oval(200, 336, 78, 13, "#2b2e35") + oval(200, 331, 78, 12, "#4a4e58") + rect(193, 250, 14, 82, STEEL, 4)
    fork = line("M132 150 V214 C132 262 268 262 268 214 V150", "#3a3d45", 11) + both(disc(132, 160, 11, "#2b2e35"))
    capsule = rect(152, 58, 96, 184, MAIN, 48) + path("M152 106 a48 48 0 0 1 96 0 v30 h-96z", STEEL)
    mesh = "".join(line(f"M156 {78 + 11 * n} H244", "#5d656e", 2, 0.55) for n in range(6)) + "".join(
        line(f"M{166 + 11 * n} 66 V134", "#5d656e", 2, 0.55) for n in range(7)
    )
    dial = disc(200, 190, 15, ink.deep) + disc(200, 190, 9, ACCENT) + disc(200, 222, 4, "#ff6b5e")
    return stand + fork + capsule + mesh + rect(152, 134, 96, 9, ink.accent) + dial + shine("M168 92 V220", 7, 0.4)


@drawing(floor=352, width=150)
def smartwatch(ink: Ink, kind: str) -> str:
    slim = kind == "band"
    w = 56 if slim else 84
    x = 200 - w / 2
    strap = path(
        f"M{x} 130 C{x + 2} 80 {x + 8} 50 {x + 14} 38 h{w - 28} C{x + w - 8} 50 {x + w - 2} 80 {x + w} 130z", MAIN
    ) + path(f"M{x} 270 C{x + 2} 320 {x + 8} 344 {x + 14} 356 h{w - 28} C{x + w - 8} 344 {x + w - 2} 320 {x + w} 270z", MAIN)
    holes = "".join(oval(200, 300 + 13 * n, 4, 3, ink.deep) for n in range(4))
    if slim:
        case = rect(166, 112, 68, 176, "#2a2d34", 32) + rect(172, 118, 56, 164, "#101218", 27)
        face = line("M186 160 v22 M186 160 h11 v22 h-11 M206 160 v22 M206 160 h10 v22 h-10", "#ffffff", 4) + disc(
            200, 222, 18, "none", stroke=ink.light, stroke_width=6
        )
        return (
            strap
            + holes
            + case
            + face
            + line("M184 258 h10 l5 -9 l6 16 l5 -7 h8", "#ff7d73", 3)
            + shine("M180 140 V250", 4, 0.25)
        )
    case = rect(132, 124, 136, 152, STEEL, 40) + rect(266, 176, 12, 30, STEEL, 5) + rect(139, 131, 122, 138, "#0f1116", 34)
    rings = "".join(
        disc(174, 222, r, "none", stroke=c, stroke_width=6, stroke_dasharray=f"{r * 4.6} 200", stroke_linecap="round")
        for r, c in ((27, "#ff6f61"), (19, "#9be15d"), (11, "#52c7ea"))
    )
    digits = line(
        "M164 152 v28 M178 152 h14 v14 h-14 v14 h14 M206 152 h14 v14 h-14 M206 152 v28 h14 v-14 M232 152 v28", "#ffffff", 5
    )
    beat = line("M212 222 h8 l6 -14 l8 28 l6 -14 h8", ink.light, 4) + line("M214 246 h30", "#6c7380", 4)
    return (
        strap
        + holes
        + case
        + digits
        + rings
        + beat
        + path("M139 165 a34 34 0 0 1 34 -34 h36 L150 262 a34 34 0 0 1 -11 -27z", "#ffffff", o=0.09)
    )


@drawing(floor=306, width=310)
def laptop(ink: Ink, kind: str) -> str:
    lid = rect(82, 84, 236, 168, ink.dark, 12) + rect(86, 87, 228, 164, "#1a1d23", 10) + rect(94, 95, 212, 140, SCREEN, 3)
    scene = path("M94 235 V196 L150 152 L196 192 L232 166 L306 214 V232 a3 3 0 0 1 -3 3z", "#ffffff", o=0.28) + disc(
        262, 132, 16, "#ffffff", o=0.75
    )
    base = path("M66 252 h268 l22 40 q4 10 -10 10 H54 q-14 0 -10 -10z", MAIN) + path(
        "M92 258 h216 l10 22 H82z", "#2a2d34", o=0.85
    )
    keys = "".join(
        line(f"M{94 - 2 * r} {262 + 5.5 * r} H{306 + 2 * r}", ink.light, 2, 0.4, stroke_dasharray="7 3") for r in range(4)
    )
    return (
        lid
        + scene
        + base
        + keys
        + path("M168 284 h64 l4 12 h-72z", ink.light, o=0.7)
        + path("M94 98 h90 L120 235 H94z", "#ffffff", o=0.1)
    )


@drawing(floor=282, width=310)
def keyboard(ink: Ink, kind: str) -> str:
    body = rect(44, 152, 312, 130, ink.dark, 16) + rect(44, 146, 312, 128, MAIN, 16) + rect(54, 156, 292, 108, ink.deep, 8, o=0.6)
    keys = []
    for row, widths in enumerate(("1111111111113", "2111111111112", "3111111111112", "4111111111113", "223822222")):
        unit = 284 / sum(1 + (int(w) - 1) * 0.35 for w in widths)
        x = 58.0
        for n, w in enumerate(widths):
            width = unit * (1 + (int(w) - 1) * 0.35)
            fill = ink.accent if (row, n) in {(0, 0), (4, 3)} else (ink.light if 0 < n < len(widths) - 1 else ink.pale)
            keys.append(
                rect(round(x, 1), 159 + 20.5 * row, round(width - 3, 1), 17, fill, 4)
                + rect(round(x + 2, 1), 160 + 20.5 * row, round(width - 7, 1), 11, "#ffffff", 3, o=0.3)
            )
            x += width
    return body + "".join(keys) + line("M200 146 C200 110 240 116 244 86", "#3a3d45", 6)


@drawing(floor=322, width=190)
def mouse(ink: Ink, kind: str) -> str:
    body = path("M200 78 C262 78 288 124 288 204 C288 284 256 324 200 324 S112 284 112 204 C112 124 138 78 200 78z", MAIN)
    sides = both(path("M112 196 C112 150 122 116 138 98 C132 150 134 230 150 306 C124 288 112 250 112 196z", ink.dark, o=0.5))
    split = line("M200 80 V178 M140 172 Q200 196 260 172", ink.deep, 3, 0.5)
    wheel = (
        rect(188, 106, 24, 52, "#2a2d34", 12)
        + rect(193, 112, 14, 40, ACCENT, 7)
        + "".join(line(f"M194 {120 + 8 * n} h12", "#00000055", 2) for n in range(4))
    )
    return body + sides + split + wheel + disc(200, 288, 5, "#5fe3a1") + shine("M160 112 Q146 150 150 190", 8, 0.45)


@drawing(floor=330, width=180)
def webcam(ink: Ink, kind: str) -> str:
    stand = path("M150 250 h100 l26 72 q2 8 -8 8 h-136 q-10 0 -8 -8z", "#3a3d45") + rect(186, 228, 28, 40, "#2a2d34", 6)
    body = rect(72, 104, 256, 136, ink.dark, 66) + rect(72, 100, 256, 132, MAIN, 64)
    lens = (
        disc(200, 166, 54, "#1b1d23")
        + disc(200, 166, 42, "#2f3540")
        + disc(200, 166, 28, "#0b0d12")
        + disc(200, 166, 17, "#23406b")
        + disc(190, 156, 8, "#a9c8f2", o=0.9)
    )
    return (
        stand
        + body
        + lens
        + disc(110, 166, 7, "#5fe3a1")
        + dots(278, 152, 2, 3, 13, 3, ink.deep, 0.7)
        + shine("M100 124 Q120 110 150 108", 6, 0.5)
    )


@drawing(floor=296, width=300)
def robotvac(ink: Ink, kind: str) -> str:
    body = path("M52 214 v34 C52 282 118 304 200 304 S348 282 348 248 v-34z", ink.deep) + path(
        "M52 236 v10 C52 280 118 302 200 302 S348 280 348 246 v-10z", "#2a2d34", o=0.8
    )
    top = oval(200, 212, 148, 82, MAIN) + oval(200, 210, 132, 71, ink.light, o=0.35)
    turret = (
        path("M152 184 v-16 a48 25 0 0 1 96 0 v16 a48 25 0 0 1 -96 0z", "#2c3038")
        + oval(200, 168, 48, 25, "#454a55")
        + oval(200, 168, 30, 15, ACCENT)
    )
    buttons = oval(166, 252, 16, 8, ink.pale) + oval(234, 252, 16, 8, ink.pale) + line("M194 252 h12", "#5fe3a1", 5)
    brush = line("M70 282 l-32 22 M84 292 l-18 28 M62 272 l-36 4", "#e7a24b", 4)
    return brush + body + top + turret + buttons + shine("M88 186 Q120 148 170 142", 7, 0.5)


@drawing(floor=346, width=110)
def bulb(ink: Ink, kind: str) -> str:
    rays = "".join(turn(a, line("M200 40 v-22", ink.light, 7, 0.9), 200, 166) for a in range(-90, 91, 30))
    glow = disc(200, 166, 116, ink.pale, o=0.45)
    glass = path(
        "M200 66 C262 66 300 112 300 166 C300 214 258 232 246 274 H154 C142 232 100 214 100 166 C100 112 138 66 200 66z", MAIN
    )
    heat = (
        path("M154 270 h92 l-8 34 h-76z", PAPER)
        + "".join(rect(164, 304 + 11 * n, 72, 9, STEEL, 4) for n in range(3))
        + path("M176 337 h48 l-12 12 h-24z", "#4a4e58")
    )
    wifi = "".join(line(d, "#ffffff", 9, 0.9) for d in ("M150 150 Q200 104 250 150", "M170 174 Q200 146 230 174")) + disc(
        200, 200, 9, "#ffffff", o=0.9
    )
    return prop(glow + rays) + glass + heat + wifi + shine("M122 170 Q122 116 160 94", 9, 0.5)


@drawing(floor=330, width=150)
def seccam(ink: Ink, kind: str) -> str:
    base = oval(200, 318, 74, 15, ink.deep) + oval(200, 312, 74, 14, ink.base) + path("M182 312 L188 240 h24 L218 312z", ink.dark)
    head = rect(98, 82, 204, 168, ink.dark, 76) + rect(98, 78, 196, 166, MAIN, 76)
    face = (
        disc(190, 160, 66, "#14161c")
        + disc(190, 160, 40, "#2b3240")
        + disc(190, 160, 25, "#07090d")
        + disc(190, 160, 14, "#23406b")
        + disc(181, 150, 7, "#bcd4f7")
    )
    leds = "".join(turn(a, disc(190, 107, 4, "#b0413e" if a % 90 else "#e8e8e8"), 190, 160) for a in range(0, 360, 45))
    return base + head + face + leds + disc(264, 210, 5, "#5fe3a1") + shine("M124 120 Q140 96 176 90", 7, 0.5)


@drawing(floor=326, width=270)
def gamepad(ink: Ink, kind: str) -> str:
    shell = path(
        "M112 116 H288 C336 116 360 196 366 262 C370 312 330 322 306 286 "
        "L282 250 H118 L94 286 C70 322 30 312 34 262 C40 196 64 116 112 116z",
        ink.dark,
    )
    face = path(
        "M112 110 H288 C334 110 356 190 362 254 C364 302 330 312 306 276 "
        "L282 242 H118 L94 276 C70 312 36 302 38 254 C44 190 66 110 112 110z",
        MAIN,
    )
    sticks = "".join(disc(x, 214, 29, ink.deep) + disc(x, 210, 22, DARK) + disc(x, 208, 13, "#5b606b") for x in (152, 248))
    cross = path("M92 152 h16 v-16 h18 v16 h16 v18 h-16 v16 h-18 v-16 h-16z", "#2a2d34")
    keys = "".join(
        disc(x, y, 11, c)
        for x, y, c in ((286, 136, "#f2c14e"), (310, 160, "#e4572e"), (262, 160, "#4aa3df"), (286, 184, "#6abf69"))
    )
    return (
        shell
        + face
        + sticks
        + cross
        + keys
        + rect(176, 134, 48, 26, ink.deep, 8)
        + oval(200, 178, 9, 6, ink.accent)
        + shine("M88 136 Q100 120 130 118", 7, 0.45)
    )


@drawing(floor=258, width=250)
def dashcam(ink: Ink, kind: str) -> str:
    mount = rect(170, 58, 60, 20, "#2a2d34", 6) + rect(188, 74, 24, 42, STEEL, 6)
    body = rect(62, 108, 276, 150, ink.deep, 34) + rect(62, 104, 276, 146, MAIN, 34)
    lens = (
        disc(150, 178, 62, "#15171d")
        + disc(150, 178, 48, STEEL)
        + disc(150, 178, 42, "#15171d")
        + disc(150, 178, 26, "#22365c")
        + disc(140, 166, 9, "#bcd4f7")
    )
    road = (
        rect(230, 134, 90, 70, "#101318", 8)
        + path("M232 202 l32 -40 h22 l32 40z", "#596273")
        + line("M275 200 v-8 M275 186 v-6 M275 174 v-4", "#f2d15c", 4)
        + rect(232, 136, 86, 26, "#6fa9d6", 6)
    )
    return (
        mount
        + body
        + lens
        + road
        + disc(244, 226, 6, "#ff5b4f")
        + line("M262 226 h44", ink.light, 6, 0.6)
        + shine("M86 130 Q100 114 130 114", 6, 0.4)
    )


@drawing(floor=340, width=150)
def holder(ink: Ink, kind: str) -> str:
    arm = path("M178 250 h44 l16 74 h-76z", "#3a3d45") + oval(200, 328, 62, 14, "#2a2d34")
    device = rect(140, 56, 120, 226, "#20232a", 18) + rect(146, 62, 108, 214, SCREEN, 13)
    route = (
        line("M200 250 V200 Q200 170 176 166 T168 120 V90", "#ffffff", 9, 0.9)
        + path("M168 72 l16 26 h-32z", "#ffffff")
        + disc(200, 250, 8, ink.accent)
    )
    grips = both(rect(118, 132, 28, 74, MAIN, 10)) + rect(164, 270, 72, 24, MAIN, 9) + disc(200, 296, 16, DARK)
    return arm + device + route + grips + shine("M156 80 V200", 4, 0.25)


@drawing(floor=316, width=300)
def handvac(ink: Ink, kind: str) -> str:
    nozzle = path("M52 236 l60 -44 v78 l-66 -6 q-10 -18 6 -28z", "#2a2d34")
    tank = path("M110 184 h96 v94 h-96 q-10 -46 0 -94z", GLASS, stroke="#6d7880", stroke_width=3) + path(
        "M114 234 h90 v42 h-90z", "#c8b89b", o=0.5
    )
    motor = path("M204 172 h64 q22 0 22 30 v56 q0 28 -22 28 h-64z", MAIN) + "".join(
        line(f"M{222 + 14 * n} 250 v22", ink.deep, 5, 0.6) for n in range(4)
    )
    handle = path(
        "M236 172 C250 120 320 108 346 152 C360 184 350 232 318 244 L290 232 C322 222 330 188 316 166 C300 142 262 150 258 172z",
        MAIN,
    )
    return (
        nozzle
        + handle
        + tank
        + motor
        + rect(200, 170, 12, 118, ACCENT, 4)
        + disc(246, 200, 9, "#5fe3a1")
        + shine("M124 200 v60", 6, 0.6)
    )


@drawing(floor=320, width=300)
def piano(ink: Ink, kind: str) -> str:
    legs = (
        rect(74, 236, 20, 92, ink.deep)
        + rect(306, 236, 20, 92, ink.deep)
        + rect(74, 296, 252, 9, ink.dark)
        + path("M186 304 h28 l6 22 h-40z", GOLD)
    )
    body = path("M48 142 h304 v70 q0 14 -14 14 H62 q-14 0 -14 -14z", MAIN) + rect(48, 136, 304, 34, ink.dark, 8)
    keys = rect(62, 178, 276, 44, "#fdfcf9", 3) + "".join(
        line(f"M{62 + 13.8 * n:.1f} 178 v44", "#b9b4ab", 1.5) for n in range(1, 20)
    )
    blacks = "".join(rect(62 + 13.8 * n - 4, 178, 8, 26, "#1d1f25", 2) for n in range(1, 20) if n % 7 not in (0, 3))
    music = path("M150 136 v-58 q26 -12 50 0 q24 -12 50 0 v58z", PAPER) + "".join(
        line(f"M158 {92 + 10 * n} h34 M208 {92 + 10 * n} h34", "#8e8a84", 2) for n in range(4)
    )
    return (
        music
        + legs
        + body
        + keys
        + blacks
        + disc(96, 154, 6, ink.accent)
        + line("M116 154 h34", ink.accent, 5)
        + shine("M60 144 H200", 4, 0.4)
    )
