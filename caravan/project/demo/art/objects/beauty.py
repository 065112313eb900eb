"""Drawings: make-up, care, scent and grooming."""

from __future__ import annotations

from caravan.project.demo.art.board import drawing
from caravan.project.demo.art.paint import (
    ACCENT,
    DARK,
    GLASS,
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
    line,
    mix,
    oval,
    path,
    prop,
    rect,
    shine,
    turn,
)


@drawing(floor=346, width=190)
def lipstick(ink: Ink, kind: str) -> str:
    tube = rect(118, 226, 90, 120, DARK, 8) + rect(126, 196, 74, 36, GOLD, 4) + rect(134, 160, 58, 42, GOLD, 3)
    bullet = path("M138 164 V86 C138 62 176 46 188 52 V164z", MAIN) + path(
        "M138 100 C140 70 176 48 188 52 C190 76 168 96 138 104z", ink.light
    )
    cover = rect(240, 186, 84, 160, DARK, 10) + rect(240, 322, 84, 24, GOLD, 4) + shine("M256 200 V310", 7, 0.3)
    smear = path("M44 356 C90 336 60 372 120 358 S170 362 184 352 L180 366 C130 384 80 382 44 372z", ink.base, o=0.9)
    return (
        prop(smear)
        + tube
        + bullet
        + prop(cover)
        + shine("M132 240 V330", 6, 0.35)
        + shine("M148 112 V154", 5, 0.5)
        + line("M146 286 h34 M163 270 v32", "#f0cf7e", 3, 0.6)
    )


@drawing(floor=334, width=290)
def palette(ink: Ink, kind: str) -> str:
    lid = (
        path("M72 62 Q74 52 86 52 H314 Q326 52 328 62 L338 190 H62z", ink.dark)
        + path("M86 66 H314 L322 180 H78z", "#cfe3ee")
        + path("M100 66 h60 L110 180 H84z M190 66 h24 L168 180 h-24z", "#ffffff", o=0.55)
    )
    tray = path("M58 190 H342 L362 316 Q362 334 344 334 H56 Q38 334 38 316z", MAIN) + path("M62 190 H338 L342 202 H58z", ink.deep)
    pans = ""
    tones = (
        "#f7e3d6",
        "#e8b79c",
        "#c98a6e",
        "#8a4a3c",
        "#f1d2dc",
        "#d98aa0",
        "#a8476a",
        "#5a2440",
        "#f3dfae",
        "#d9a94e",
        "#a8743a",
        "#5c3b24",
        "#e2d6f0",
        "#a98fd0",
        "#6f6fae",
        "#33365c",
    )
    for n, tone in enumerate(tones):
        row, column = divmod(n, 4)
        spread, top = 62 + 3.4 * row, 208 + 29 * row
        x = 200 + (column - 1.5) * spread - 24
        tone = mix(tone, ink.base, 0.22)
        pans += (
            rect(x, top, 48, 22, mix(tone, "#000000", 0.35), 6)
            + rect(x + 2, top + 3, 44, 19, tone, 5)
            + line(f"M{x + 8} {top + 16} l14 -9", "#ffffff", 4, 0.35)
        )
    brush = turn(
        -58,
        rect(196, 190, 12, 160, DARK, 6)
        + rect(195, 162, 14, 36, GOLD, 3)
        + path("M195 164 Q184 130 202 112 Q220 130 209 164z", "#f3c2a8"),
        202,
        330,
    )
    return lid + tray + pans + brush


@drawing(floor=None)
def mascara(ink: Ink, kind: str) -> str:
    tube = (
        rect(104, 150, 62, 214, MAIN, 20)
        + rect(110, 128, 50, 30, ink.deep, 5)
        + rect(104, 196, 62, 8, GOLD)
        + shine("M120 216 V338", 7, 0.45)
        + line("M144 240 v90", ink.pale, 4, 0.6)
    )
    wand = (
        rect(234, 40, 60, 168, MAIN, 18)
        + rect(234, 190, 60, 18, GOLD, 5)
        + rect(259, 206, 10, 60, "#3a3d45", 3)
        + shine("M250 58 V176", 7, 0.45)
    )
    hairs = "".join(
        turn((-1) ** n * 8, line(f"M{264 - w} {262 + 6 * n} h{2 * w}", "#1f2026", 3.4), 264, 262 + 6 * n)
        for n, w in enumerate((12, 16, 19, 21, 22, 22, 22, 21, 20, 19, 17, 15, 13, 10, 7))
    )
    lashes = path("M38 92 Q92 44 156 78 Q96 74 38 92z", "#1f2026") + "".join(
        line(f"M{52 + 16 * n} {84 - 9 * min(n, 3) + 3 * max(0, n - 3)} q-4 -22 {-14 + 7 * n} -36", "#1f2026", 5) for n in range(6)
    )
    return tube + prop(turn(10, wand + rect(258, 260, 12, 92, "#1f2026", 5) + hairs, 264, 200) + lashes)


@drawing(floor=346, width=160)
def dropper(ink: Ink, kind: str) -> str:
    bulb = (
        path("M176 60 C170 20 230 20 224 60 L222 104 H178z", "#2d2f36")
        + shine("M188 46 V90", 5, 0.35)
        + rect(162, 98, 76, 42, GOLD, 7)
        + "".join(line(f"M{170 + 8 * n} 104 v30", "#8f5f1b", 2, 0.5) for n in range(9))
    )
    bottle = path(
        "M172 138 H228 V160 C268 168 286 186 286 212 V324 Q286 346 264 346 H136 Q114 346 114 324 V212 C114 186 132 168 172 160z",
        MAIN,
    )
    pipette = rect(194, 140, 12, 150, "#ffffff", 4, o=0.35) + path("M194 288 h12 l-6 22z", "#ffffff", o=0.4)
    liquid = path("M114 226 Q200 240 286 226 V324 Q286 346 264 346 H136 Q114 346 114 324z", ink.dark, o=0.45)
    label = (
        rect(128, 236, 144, 82, "#fdfbf6", 6)
        + line("M148 292 h104 M164 304 h72", "#b9b3a7", 4)
        + path("M200 246 C214 264 218 270 218 276 a18 13 0 0 1 -36 0 C182 270 186 264 200 246z", ACCENT)
    )
    return bulb + bottle + pipette + liquid + label + shine("M128 206 Q130 190 146 182", 8, 0.6) + shine("M276 214 V320", 4, 0.4)


@drawing(floor=330, width=250)
def jar(ink: Ink, kind: str) -> str:
    lid = turn(
        -20,
        path("M236 84 v26 C236 134 368 134 368 110 v-26z", ink.deep)
        + oval(302, 84, 66, 24, MAIN)
        + oval(302, 82, 54, 18, ink.light, o=0.5),
        302,
        90,
    )
    body = (
        path("M72 196 C72 300 84 330 110 330 H290 C316 330 328 300 328 196z", MAIN)
        + oval(200, 196, 128, 38, ink.pale)
        + oval(200, 194, 116, 32, "#f6f1e6")
    )
    cream = path(
        "M96 190 C110 166 150 176 176 160 C190 150 196 126 220 132 C212 146 "
        "240 160 262 168 C292 176 304 184 302 194 C290 216 112 216 96 190z",
        "#fffdf8",
    ) + line("M140 190 C180 200 240 186 236 170 C230 158 206 166 214 178", "#e4ddcf", 4)
    label = (
        rect(132, 250, 136, 50, "#fdfbf6", 25)
        + line("M186 282 h56 M186 270 h36", "#b9b3a7", 4)
        + turn(-30, path("M160 258 Q178 270 162 290 Q144 276 160 258z", "#6faa6a"), 160, 274)
    )
    return lid + body + cream + label + shine("M90 224 Q92 280 106 306", 9, 0.45)


@drawing(floor=350, width=140)
def tube(ink: Ink, kind: str) -> str:
    body = (
        path("M122 44 H278 L262 286 Q258 298 244 298 H156 Q142 298 138 286z", MAIN)
        + path("M118 34 H282 V58 H118z", ink.dark)
        + "".join(line(f"M{124 + 8 * n} 38 v16", ink.deep, 2, 0.5) for n in range(20))
    )
    cover = rect(146, 296, 108, 54, PAPER, 9) + line("M146 310 H254", "#b6b2ac", 3)
    sun = disc(200, 150, 34, "#fff6dc")
    rays = "".join(turn(a, line("M200 104 v-16", "#fff6dc", 7), 200, 150) for a in range(0, 360, 45))
    waves = "".join(line(f"M140 {222 + 18 * n} q15 -12 30 0 t30 0 t30 0 t30 0", "#ffffff", 5, 0.8 - 0.2 * n) for n in range(3))
    return body + cover + rays + sun + disc(200, 150, 22, ACCENT) + waves + shine("M142 76 L154 270", 8, 0.45)


@drawing(floor=346, width=190)
def hairdryer(ink: Ink, kind: str) -> str:
    cord = line("M208 330 C212 376 300 340 330 352", "#2b2d34", 8)
    handle = (
        path("M170 216 L248 216 L234 318 Q232 336 214 336 H198 Q184 336 182 318z", ink.dark)
        + rect(196, 238, 24, 46, "#2b2d34", 9)
        + rect(200, 244, 16, 14, ACCENT, 5)
    )
    body = path("M96 96 C150 92 180 64 236 64 C300 64 326 106 326 152 S300 238 236 238 C186 238 150 214 96 210z", MAIN)
    back = oval(290, 151, 30, 74, ink.deep) + "".join(
        oval(291, 151, 24 - 6 * n, 62 - 15 * n, "none", stroke=ink.light, stroke_width=2.5, o=0.6) for n in range(4)
    )
    nozzle = path("M98 92 L46 104 Q36 108 36 120 V186 Q36 200 46 202 L98 214z", DARK) + rect(90, 88, 16, 130, STEEL, 5)
    air = "".join(line(f"M24 {126 + 27 * n} q-7 -8 -16 0", ink.light, 5, 0.8) for n in range(3))
    return cord + handle + body + back + nozzle + prop(air) + shine("M128 112 Q190 86 250 82", 9, 0.45)


@drawing(floor=None)
def hairbrush(ink: Ink, kind: str) -> str:
    handle = path("M178 226 H222 C228 270 222 330 218 366 Q200 384 182 366 C178 330 172 270 178 226z", WOOD) + path(
        "M178 226 H222 L220 250 H180z", ink.dark
    )
    head = path("M200 24 C270 24 296 66 296 132 S262 236 200 236 S104 198 104 132 S130 24 200 24z", MAIN)
    pad = path(
        "M200 42 C258 42 278 78 278 132 S250 216 200 216 S122 186 122 132 S142 42 200 42z", mix(ink.pale, "#ffffff", 0.3)
    ) + path("M200 42 C258 42 278 78 278 132 S250 216 200 216 C250 190 262 150 256 110 Q248 60 200 42z", ink.dark, o=0.2)
    pins = "".join(
        line(f"M{200 + 20 * c} {66 + 21 * r} l-4 -9", "#4a3a30", 3) + disc(196 + 20 * c, 56 + 21 * r, 4.5, "#2f2621")
        for r, wide in enumerate((2, 3, 3, 3, 3, 3, 2))
        for c in range(-wide, wide + 1)
    )
    return turn(24, handle + head + pad + pins + shine("M112 150 Q112 90 140 58", 7, 0.5) + oval(200, 356, 6, 8, "#5a3b28"))


@drawing(floor=348, width=160)
def pump(ink: Ink, kind: str) -> str:
    spout = (
        path("M190 58 H128 Q108 58 104 82 L120 86 Q122 76 134 76 H190z", STEEL)
        + rect(180, 46, 54, 34, STEEL, 8)
        + rect(197, 78, 18, 36, "#8e979f")
        + rect(168, 108, 64, 30, STEEL, 6)
    )
    body = path(
        "M150 136 H250 C274 144 282 162 282 186 V322 Q282 348 256 348 H144 Q118 348 118 322 V186 C118 162 126 144 150 136z", MAIN
    )
    side = path(
        "M250 136 C274 144 282 162 282 186 V322 Q282 348 256 348 H236 Q262 330 262 300 V190 Q262 156 250 136z", ink.deep, o=0.25
    )
    if kind == "shampoo":
        label = (
            rect(134, 190, 132, 122, "#fdfbf6", 10)
            + flower(200, 232, 15, ink.light, ink.accent)
            + both(turn(-40, oval(160, 252, 8, 22, "#7fb06f"), 160, 252))
            + line("M160 284 h80 M174 298 h52", "#b9b3a7", 4)
        )
        return spout + body + side + label + shine("M130 180 V320", 6, 0.45)
    window = (
        rect(188, 226, 24, 92, mix(ink.deep, "#ffffff", 0.2), 12)
        + rect(191, 262, 18, 53, "#bfe6f3", 9)
        + "".join(line(f"M218 {238 + 18 * n} h10", ink.deep, 3, 0.5) for n in range(5))
    )
    drop = (
        path("M112 100 C120 112 124 118 124 124 a12 12 0 0 1 -24 0 C100 118 104 112 112 100z", "#8fd3ee")
        + disc(200, 184, 11, ink.deep)
        + disc(200, 184, 5, "#5fe3a1")
    )
    return spout + body + side + window + drop + shine("M134 186 V320", 9, 0.5)


@drawing(floor=340, width=200)
def perfume(ink: Ink, kind: str) -> str:
    if kind == "cologne":
        cover = rect(158, 46, 84, 74, DARK, 6) + shine("M170 56 V110", 6, 0.3) + rect(172, 118, 56, 18, STEEL, 3)
        body = rect(106, 134, 188, 206, "#f7fafa", 18) + rect(106, 134, 188, 206, GLASS, 18) + rect(120, 152, 160, 174, MAIN, 10)
        label = (
            rect(144, 204, 112, 80, ink.deep, 3)
            + line("M150 210 h100 v68 h-100z", "#d9b469", 2)
            + line("M164 256 h72 M178 268 h44", "#e8d3a1", 3)
            + path("M200 214 l8 14 h-5 l9 14 h-24 l9 -14 h-5z", "#e8d3a1")
        )
        return (
            cover
            + body
            + label
            + path("M120 162 a10 10 0 0 1 10 -10 h54 L140 326 h-10 a10 10 0 0 1 -10 -10z", "#ffffff", o=0.2)
            + shine("M112 160 V316", 4, 0.7)
        )
    ball = (
        disc(200, 72, 34, GLASS)
        + disc(200, 72, 34, ink.light, o=0.45)
        + disc(188, 60, 9, "#ffffff", o=0.8)
        + rect(178, 100, 44, 16, GOLD, 4)
        + rect(170, 114, 60, 22, GOLD, 4)
    )
    body = path(
        "M168 134 H232 C300 146 326 196 326 244 C326 302 286 340 240 340 H160 C114 340 74 302 74 244 C74 196 100 146 168 134z",
        "#fdfdfd",
    ) + path(
        "M168 134 H232 C300 146 326 196 326 244 C326 302 286 340 240 340 H160 C114 340 74 302 74 244 C74 196 100 146 168 134z",
        GLASS,
    )
    liquid = path("M96 214 Q200 236 304 214 C314 276 284 322 238 322 H162 C116 322 86 276 96 214z", MAIN, o=0.9) + path(
        "M96 214 Q200 196 304 214 Q200 236 96 214z", ink.light
    )
    rays = both(path("M200 150 L150 322 H120 L190 150z", "#ffffff", o=0.16))
    bow = both(path("M196 126 C170 102 146 110 150 128 C154 142 182 138 196 130z", ink.dark)) + oval(200, 128, 9, 8, ink.deep)
    return (
        ball
        + body
        + liquid
        + rays
        + flower(200, 266, 22, "#fffaf2", "#e9c46a")
        + bow
        + shine("M100 210 Q108 172 142 154", 8, 0.8)
    )


@drawing(floor=352, width=130)
def shaver(ink: Ink, kind: str) -> str:
    body = path("M148 150 H252 C262 210 252 290 240 334 Q236 352 218 352 H182 Q164 352 160 334 C148 290 138 210 148 150z", MAIN)
    grip = both(path("M150 186 C146 230 152 290 164 330 L176 326 C166 280 162 230 166 186z", "#2b2d34")) + "".join(
        both(line(f"M153 {202 + 13 * n} h9", "#575b66", 3)) for n in range(8)
    )
    neck = path("M160 122 H240 L250 156 H150z", STEEL) + path(
        "M104 60 C150 40 250 40 296 60 C310 90 290 122 240 132 H160 C110 122 90 90 104 60z", DARK
    )
    heads = "".join(
        oval(x, y, 35, 22, STEEL)
        + oval(x, y, 28, 16, "#4c525c")
        + oval(x, y, 20, 11, "#d9dee2", stroke="#6a717b", stroke_width=2, stroke_dasharray="3 3")
        + oval(x, y, 8, 5, ink.accent)
        for x, y in ((146, 74), (254, 74), (200, 104))
    )
    panel = (
        rect(184, 196, 32, 116, "#16181d", 14)
        + disc(200, 216, 10, ink.accent)
        + line("M192 256 h16 M192 268 h16 M192 280 h16", "#7df0c0", 5)
        + line("M192 292 h16", "#4b505a", 5)
    )
    return body + grip + neck + heads + panel + shine("M178 172 Q176 220 182 300", 4, 0.4)


@drawing(floor=356, width=110)
def toothbrush(ink: Ink, kind: str) -> str:
    body = path(
        "M160 166 Q200 152 240 166 C250 220 246 290 238 338 Q236 356 220 356 H180 Q164 356 162 338 C154 290 150 220 160 166z",
        MAIN,
    )
    grip = (
        path("M182 210 H218 C222 250 220 300 214 336 H186 C180 300 178 250 182 210z", ink.dark, o=0.35)
        + disc(200, 232, 13, ink.accent)
        + disc(200, 232, 8, "#ffffff", o=0.5)
    )
    lights = "".join(disc(200, 268 + 15 * n, 4, "#5fe3a1" if n < 3 else ink.deep) for n in range(5))
    neck = path("M186 160 L192 92 H208 L214 160z", PAPER) + rect(182, 150, 36, 12, STEEL, 4)
    head = rect(178, 34, 44, 66, PAPER, 18)
    bristles = "".join(
        rect(183 + 9 * c, 24 + 9 * r, 7, 13, (ink.light, "#ffffff", "#8ecbe8")[(c + r) % 3], 3)
        for r in range(7)
        for c in range(4)
    )
    spare = rect(282, 262, 22, 40, PAPER, 9) + rect(288, 300, 10, 56, PAPER, 4) + dots(287, 268, 3, 4, 6, 2.4, ink.base)
    return (
        body
        + grip
        + lights
        + neck
        + head
        + bristles
        + prop(spare)
        + line("M162 300 Q200 310 238 300", ink.deep, 2, 0.3)
        + shine("M172 190 Q166 250 172 320", 7, 0.5)
    )
