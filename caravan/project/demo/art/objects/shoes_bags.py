"""Drawings: shoes from the side, and bags."""

from __future__ import annotations

from caravan.project.demo.art.board import drawing
from caravan.project.demo.art.paint import (
    ACCENT,
    DARK,
    GOLD,
    MAIN,
    PAPER,
    Ink,
    both,
    disc,
    dots,
    fold,
    group,
    inside,
    line,
    oval,
    path,
    rect,
    shine,
    stitch,
    turn,
)


@drawing(floor=298, width=320)
def sneaker(ink: Ink, kind: str) -> str:
    upper = "M48 262 C40 222 50 176 62 144 Q82 160 112 154 L138 118 Q150 112 160 122 L222 190 C262 208 334 206 356 264z"
    tongue = path("M128 134 L142 96 Q160 88 172 104 L214 182 L176 176z", ink.dark)
    mesh = inside(
        upper,
        dots(196, 190, 20, 8, 9, 1.8, ink.deep, 0.25)
        + path("M290 212 C330 210 350 232 360 270 H270 Q262 234 290 212z", ink.dark, o=0.6),
    )
    swoosh = path("M92 250 C150 250 190 222 214 186 L236 198 C214 240 160 266 92 262z", ACCENT) + path(
        "M52 180 Q80 196 104 182 L108 240 Q76 250 48 240z", ink.dark, o=0.7
    )
    laces = "".join(line(f"M{150 + 15 * n} {140 + 14 * n} L{176 + 15 * n} {122 + 15 * n}", "#ffffff", 7) for n in range(4))
    sole = path(
        "M42 250 C34 280 44 298 66 298 H332 C362 298 372 282 362 254 C330 276 240 262 190 268 S80 268 42 250z", PAPER
    ) + path("M46 284 Q52 298 66 298 H332 Q352 298 360 286 Q300 292 200 288 T46 284z", ink.accent)
    foam = "".join(line(f"M{70 + 20 * n} 274 l8 8", ink.light, 3, 0.6) for n in range(13))
    return (
        tongue
        + path(upper, MAIN)
        + mesh
        + swoosh
        + laces
        + sole
        + foam
        + shine("M62 166 Q58 196 56 220", 6, 0.4)
        + line("M62 146 Q82 160 112 154", ink.deep, 6, 0.5)
    )


@drawing(floor=330, width=290)
def hightop(ink: Ink, kind: str) -> str:
    upper = "M72 290 C70 220 78 140 84 78 Q130 92 176 78 L192 172 C222 210 330 212 346 292z"
    tongue = path("M150 92 L168 58 Q188 56 192 76 L206 186 L180 180z", ink.light)
    eyelets = "".join(disc(164 + 4 * n, 100 + 22 * n, 4, "#fdfdfb", stroke="#8b8f96", stroke_width=2) for n in range(5)) + disc(
        190, 204, 4, "#fdfdfb"
    )
    laces = "".join(line(f"M{164 + 4 * n} {100 + 22 * n} L{196 + 3 * n} {92 + 22 * n}", "#fffdf6", 7) for n in range(5))
    toe = path("M284 234 C322 238 344 258 348 296 H266 Q262 250 284 234z", PAPER) + line(
        "M284 234 Q262 252 267 296", "#b9b6b0", 3
    )
    badge = disc(122, 150, 27, PAPER) + line("M106 158 q8 -12 16 0 t16 0 M106 144 q8 -12 16 0 t16 0", ink.base, 5)
    sole = (
        path("M62 286 H352 Q360 308 348 328 H72 Q58 308 62 286z", PAPER)
        + line("M64 302 H352", ink.accent, 5)
        + line("M70 318 H348", "#b9b6b0", 3, 0.7)
    )
    seams = stitch("M84 98 Q130 110 166 98 M78 230 Q130 240 210 222", ink.pale) + fold("M92 92 Q88 200 88 284", ink, 5, 0.35)
    return tongue + path(upper, MAIN) + seams + badge + toe + eyelets + laces + sole + shine("M106 110 Q100 180 100 240", 6, 0.3)


@drawing(floor=340, width=290)
def boot(ink: Ink, kind: str) -> str:
    upper = "M92 298 C82 220 96 140 98 66 H214 C212 120 206 166 216 198 C262 214 330 220 338 298z"
    if kind == "chelsea":
        elastic = path("M150 70 H194 C190 120 184 160 172 196 C158 160 152 120 150 70z", "#2b2c33") + "".join(
            line(f"M{157 + 7 * n} 74 V{150 + 6 * (n % 3)}", "#5b5e68", 2, 0.8) for n in range(5)
        )
        tab = line("M96 70 V46 Q96 36 104 36 Q112 36 112 46 V70", ink.deep, 8)
        sole = path("M84 294 H344 Q350 306 344 316 H176 L168 340 H92 Q82 318 84 294z", "#2f2320") + line(
            "M88 298 H342", "#c89a63", 3, 0.9, stroke_dasharray="6 4"
        )
        return (
            tab
            + path(upper, MAIN)
            + elastic
            + path("M98 62 H214 L213 76 H98z", ink.dark)
            + sole
            + fold("M216 198 Q190 220 150 222", ink, 3, 0.4)
            + shine("M114 90 Q104 180 112 260", 8, 0.35)
            + shine("M250 226 Q300 232 318 262", 7, 0.4)
        )
    fur = "".join(
        disc(94 + 14 * n, 62 + (n % 2) * 7, 17, c)
        for n, c in enumerate(
            ("#f5efe2", "#e6dac4", "#fbf7ee", "#e9dfcb", "#f5efe2", "#e6dac4", "#fbf7ee", "#e9dfcb", "#f5efe2", "#e6dac4")
        )
    )
    toe = path("M262 222 C312 232 336 254 340 302 H250 Q236 250 262 222z", ink.dark)
    heel = path("M92 240 Q140 238 150 300 H90z", ink.dark)
    laces = "".join(
        line(f"M{168 + 2 * n} {106 + 24 * n} L{208 + 3 * n} {98 + 24 * n}", ink.accent, 7)
        + disc(166 + 2 * n, 107 + 24 * n, 5, GOLD)
        for n in range(5)
    )
    sole = (
        path("M80 294 H346 Q354 310 348 322 H80 Q74 308 80 294z", "#3a332f")
        + "".join(rect(84 + 34 * n, 318, 24, 22, "#2a2421", 5) for n in range(8))
        + line("M84 300 H344", "#d9b071", 3, 0.8, stroke_dasharray="6 4")
    )
    return (
        path(upper, MAIN)
        + toe
        + heel
        + laces
        + sole
        + fur
        + fold("M212 100 Q206 170 216 198", ink, 5, 0.4)
        + stitch("M152 92 Q150 180 168 232 L252 236", ink.pale)
        + shine("M112 100 Q104 180 106 228", 7, 0.3)
    )


@drawing(floor=286, width=320)
def sandal(ink: Ink, kind: str) -> str:
    """From the side: a footbed with a broad strap over the toes, one over the instep and one round the heel."""
    bed = "M34 236 C60 222 96 226 130 236 C180 250 250 250 300 238 C340 230 372 240 370 254 Q368 264 352 264 H60 Q36 262 34 236z"
    sole = path("M36 254 H368 Q372 284 350 286 H62 Q34 284 36 254z", "#5b3f2b") + line("M44 270 H362", "#a87a4c", 3, 0.8)
    cork = path(bed, "#d7ab78") + "".join(disc(50 + n * 31 % 308, 250 + n * 5 % 10, 1.8, "#8a5a33", o=0.6) for n in range(30))
    heel = line("M60 238 C44 190 56 150 92 146 C120 144 142 158 158 178", ink.dark, 24)
    heel += line("M60 238 C44 190 56 150 92 146 C120 144 142 158 158 178", ink.base, 19)
    instep = path("M118 250 C124 196 148 158 186 150 Q206 148 214 162 C196 180 188 214 192 254 Q150 256 118 250z", MAIN)
    toes = path("M222 256 C228 206 262 182 306 194 C338 204 354 228 356 250 Q300 262 222 256z", MAIN)
    seams = stitch("M128 246 C134 204 154 172 190 162 M232 250 C240 214 266 194 304 204 C328 212 342 232 346 246", ink.pale)
    buckles = turn(-66, rect(132, 182, 44, 28, "none", 5, stroke="#d9ab4a", stroke_width=6), 154, 196)
    buckles += turn(24, rect(280, 186, 36, 26, "none", 5, stroke="#d9ab4a", stroke_width=6), 298, 199) + line(
        "M154 204 l8 -20", "#b58427", 4
    )
    return sole + cork + heel + instep + toes + seams + buckles + shine("M246 216 Q262 198 286 202", 6, 0.45)


@drawing(floor=None)
def flipflop(ink: Ink, kind: str) -> str:
    sole = (
        "M128 60 C168 52 188 92 182 150 C176 200 182 240 180 290 C178 "
        "336 108 344 98 296 C88 240 66 196 74 140 C80 100 96 66 128 60z"
    )
    ribs = inside(sole, "".join(line(f"M60 {90 + 20 * n} q20 -10 40 0 t40 0 t40 0 t40 0", ink.dark, 4, 0.3) for n in range(14)))
    strap = path(
        "M122 110 C150 128 172 160 184 204 L170 212 C158 180 142 156 "
        "124 144 C108 160 94 184 86 216 L74 206 C80 170 96 136 122 110z",
        ACCENT,
    )
    one = (
        group(path(sole, ink.deep), "translate(6 8)")
        + path(sole, MAIN)
        + ribs
        + strap
        + disc(123, 118, 10, ink.deep)
        + disc(123, 116, 7, ink.accent)
        + shine("M96 96 Q84 130 84 160", 6, 0.4)
    )
    return turn(-7, one, 130, 200) + turn(7, group(one, "translate(400 0) scale(-1 1)"), 270, 200)


@drawing(floor=350, width=220)
def backpack(ink: Ink, kind: str) -> str:
    handle = line("M176 66 C176 30 224 30 224 66", ink.deep, 12)
    if kind == "hiking":
        sides = both(rect(72, 200, 50, 120, ink.dark, 18) + stitch("M84 214 v92", ink.pale)) + both(
            line("M110 120 C70 150 76 200 82 220", ink.deep, 12)
        )
        body = rect(104, 70, 192, 280, MAIN, 34) + path(
            "M104 110 C104 58 150 50 200 50 S296 58 296 110 V136 Q200 156 104 136z", ink.dark
        )
        lid = (
            both(line("M140 132 V196", "#2b2e35", 9) + rect(130, 178, 20, 22, "#2b2e35", 4))
            + rect(166, 84, 68, 30, ink.light, 8)
            + line("M176 100 h48", ink.deep, 3, 0.5)
        )
        pocket = (
            rect(130, 216, 140, 110, ink.light, 22)
            + line("M144 238 Q200 226 256 238", ink.deep, 5)
            + rect(244, 236, 8, 24, ink.accent, 3)
            + fold("M142 312 Q200 324 258 312", ink, 3)
        )
        roll = rect(92, 328, 216, 34, ACCENT, 17) + disc(106, 345, 11, ink.pale) + both(rect(140, 324, 12, 42, "#2b2e35", 4))
        bungee = line("M152 150 L248 176 L152 202 L248 214", ink.accent, 4, 0.9)
        return handle + sides + body + bungee + lid + pocket + roll + shine("M122 110 Q116 180 120 250", 7, 0.3)
    straps = both(line("M120 130 C82 170 84 250 104 320", ink.deep, 14))
    body = path("M104 136 C104 80 150 58 200 58 S296 80 296 136 V318 Q296 350 264 350 H136 Q104 350 104 318z", MAIN)
    zipper = (
        line("M120 190 V140 C120 98 156 78 200 78 S280 98 280 140 V190", ink.deep, 6)
        + line("M120 190 V140 C120 98 156 78 200 78 S280 98 280 140 V190", "#d8dce0", 1.6, stroke_dasharray="4 3")
        + rect(274, 186, 12, 24, ink.accent, 4)
    )
    pocket = (
        rect(126, 222, 148, 108, ink.dark, 20, o=0.85)
        + line("M138 246 H262", ink.deep, 6)
        + line("M138 246 H262", "#d8dce0", 1.6, stroke_dasharray="4 3")
        + rect(250, 244, 10, 24, ink.accent, 4)
    )
    label = (
        rect(172, 132, 56, 40, ACCENT, 6)
        + stitch("M178 138 h44 v28 h-44z", ink.deep, 1.5)
        + line("M186 152 h28", ink.deep, 4, 0.6)
    )
    return (
        straps
        + handle
        + body
        + zipper
        + pocket
        + label
        + rect(104, 204, 192, 6, ink.pale, o=0.35)
        + rect(286, 250, 10, 22, "#22252b", 3)
        + shine("M118 210 V310", 6, 0.3)
    )


@drawing(floor=346, width=230)
def tote(ink: Ink, kind: str) -> str:
    back = line("M148 154 C140 40 260 40 252 154", ink.deep, 12)
    body = path("M84 138 H316 L302 334 Q300 346 288 346 H112 Q100 346 98 334z", MAIN)
    handle = line("M134 196 V150 C128 24 272 24 266 150 V196", ink.dark, 13) + both(
        rect(124, 186, 20, 28, ink.dark, 3) + stitch("M129 192 l10 16 M139 192 l-10 16", ink.pale)
    )
    print_ = (
        both(
            turn(-30, oval(176, 250, 11, 36, ink.accent), 200, 290)
            + turn(-58, oval(172, 258, 9, 32, ink.accent, o=0.8), 200, 290)
        )
        + oval(200, 244, 12, 42, ink.accent)
        + line("M200 318 V250", ink.deep, 4)
        + line("M150 326 Q200 312 250 326", ink.deep, 4)
    )
    return (
        back
        + body
        + path("M84 138 H316 L315 154 H85z", ink.dark, o=0.6)
        + print_
        + handle
        + fold("M120 160 Q112 240 122 336", ink, 5, 0.18)
        + fold("M284 160 Q290 240 280 336", ink, 5, 0.18)
        + stitch("M88 160 H312", ink.deep, 2, 0.5)
    )


@drawing(floor=330, width=260)
def handbag(ink: Ink, kind: str) -> str:
    chain = line("M92 186 C60 20 340 20 308 186", "#8f5f1b", 9) + line(
        "M92 186 C60 20 340 20 308 186", "#f2d68c", 5, stroke_dasharray="10 7"
    )
    body = path("M76 174 H324 Q336 174 338 188 L346 304 Q346 330 318 330 H82 Q54 330 54 304 L62 188 Q64 174 76 174z", MAIN)
    quilt = inside(
        "M62 250 H338 V322 H62z",
        "".join(fold(f"M{-40 + 36 * n} 334 l90 -90 M{-40 + 36 * n} 244 l90 90", ink, 2, 0.4) for n in range(11)),
    )
    flap = path(
        "M70 170 Q72 160 84 160 H316 Q328 160 330 170 L336 214 C320 262 250 266 200 266 S80 262 64 214z", ink.dark
    ) + path("M74 168 Q78 162 86 162 H314 Q322 162 326 168 L331 210 C316 252 250 258 200 258 S84 252 69 210z", MAIN)
    clasp = (
        rect(178, 238, 44, 36, GOLD, 10)
        + rect(190, 248, 20, 16, "#8f5f1b", 6)
        + both(disc(92, 186, 12, GOLD) + disc(92, 186, 5, ink.deep))
    )
    return (
        chain
        + body
        + quilt
        + flap
        + stitch("M78 206 C96 244 150 250 200 250 S304 244 322 206", ink.pale, 2, 0.6)
        + clasp
        + shine("M92 176 H220", 6, 0.35)
    )


@drawing(floor=352, width=200)
def suitcase(ink: Ink, kind: str) -> str:
    handle = rect(160, 28, 80, 70, "none", 10, stroke="#aab1b9", stroke_width=9) + rect(152, 22, 96, 18, DARK, 8)
    wheels = both(rect(112, 328, 34, 14, "#3a3d45", 4) + disc(129, 342, 11, "#23252b") + disc(129, 342, 4, "#8d949d"))
    body = rect(96, 80, 208, 254, ink.dark, 30) + rect(96, 80, 204, 250, MAIN, 30)
    ridges = "".join(
        rect(122 + 28 * n, 96, 14, 220, ink.dark, 7, o=0.4) + line(f"M{123 + 28 * n} 106 V306", "#ffffff", 3, 0.35)
        for n in range(6)
    )
    lock = (
        rect(278, 182, 28, 48, "#2b2e35", 6)
        + "".join(rect(283, 188 + 12 * n, 18, 9, "#e8eaec", 2) for n in range(3))
        + line("M287 224 h12", "#d9ab4a", 4)
    )
    corners = both(
        path("M96 116 V110 a30 30 0 0 1 30 -30 h10 q-4 30 -40 36z", ink.deep, o=0.6)
        + path("M96 296 v6 a30 30 0 0 0 30 30 h10 q-4 -30 -40 -36z", ink.deep, o=0.6)
    )
    tag = line("M228 92 Q252 100 250 122", ink.accent, 4) + turn(
        -8, rect(234, 120, 34, 52, ACCENT, 7) + rect(241, 136, 20, 26, "#ffffff", 3, o=0.85), 250, 120
    )
    return handle + wheels + body + ridges + corners + rect(168, 74, 64, 14, "#2b2e35", 7) + lock + tag
