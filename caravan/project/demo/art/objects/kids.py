"""Drawings: toys, games and things for babies (long because each toy is a shape of its own)."""

from __future__ import annotations

from caravan.project.demo.art.board import drawing
from caravan.project.demo.art.paint import (
    ACCENT,
    GOLD,
    MAIN,
    SKIN,
    STEEL,
    WOOD,
    Ink,
    both,
    disc,
    dots,
    fold,
    inside,
    line,
    mix,
    oval,
    path,
    rect,
    shine,
    turn,
)

_TOYS = ("#d2403f", "#f0bf3f", "#3f8fd0", "#4da55f", "#ec8136", "#8a5fc0")


def _brick(x: float, y: float, studs: int, base: str) -> str:
    w, dark, light = 44 * studs, mix(base, "#1c1426", 0.25), mix(base, "#ffffff", 0.3)
    tops = "".join(
        rect(x + 8 + 44 * n, y - 12, 28, 14, base, 4) + oval(x + 22 + 44 * n, y - 11, 14, 5, light) for n in range(studs)
    )
    return tops + rect(x, y, w, 48, dark, 5) + rect(x, y, w - 6, 44, base, 5) + rect(x + 6, y + 6, w - 20, 6, light, 3, o=0.8)


@drawing(floor=338, width=320)
def blocks(ink: Ink, kind: str) -> str:
    rows = (
        (36, 290, 4, 0),
        (216, 290, 3, 3),
        (58, 242, 2, 1),
        (150, 242, 4, 5),
        (80, 194, 3, 2),
        (216, 194, 2, 4),
        (124, 146, 2, 3),
        (214, 146, 1, 1),
        (146, 98, 2, 0),
    )
    colours = (ink.base, *(toy for toy in _TOYS if toy != ink.base))
    pile = "".join(_brick(x, y, studs, colours[c]) for x, y, studs, c in rows)
    person = (
        rect(178, 62, 24, 24, "#f6c945", 9)
        + path("M176 68 Q190 46 204 68z", ink.dark)
        + disc(185, 74, 2.4, "#33363d")
        + disc(196, 74, 2.4, "#33363d")
        + line("M185 80 q5 4 10 0", "#33363d", 2)
    )
    return pile + person


@drawing(floor=350, width=200)
def robot(ink: Ink, kind: str) -> str:
    antenna = line("M200 70 V36", "#8e979f", 6) + disc(200, 30, 12, ACCENT)
    head = (
        rect(126, 66, 148, 104, MAIN, 34)
        + rect(142, 86, 116, 62, "#14202e", 28)
        + both(disc(174, 114, 14, "#59d8f0") + disc(170, 110, 5, "#ffffff"))
        + line("M186 134 Q200 144 214 134", "#59d8f0", 5)
        + both(rect(112, 100, 18, 40, ink.dark, 8))
    )
    neck = rect(180, 166, 40, 16, STEEL, 4)
    body = (
        path("M130 180 H270 Q286 180 284 198 L272 282 Q270 296 254 296 H146 Q130 296 128 282 L116 198 Q114 180 130 180z", MAIN)
        + rect(154, 200, 92, 62, ink.deep, 14, o=0.85)
        + path("M200 250 l-22 -22 a12 12 0 0 1 22 -12 a12 12 0 0 1 22 12z", ink.accent)
        + both(disc(140, 280, 5, ink.deep))
    )
    arms = both(
        line("M118 204 C84 214 76 240 80 262", "#8e979f", 15)
        + "".join(line(f"M{104 - 7 * n} {210 + 8 * n} l10 12", "#5d656e", 3, 0.6) for n in range(3))
        + path("M62 264 a20 20 0 1 1 36 0 l-8 18 l-6 -14 h-8 l-6 14z", ink.dark)
    )
    legs = both(
        rect(152, 294, 30, 30, "#8e979f", 5)
        + path("M134 350 Q132 320 160 318 H186 Q194 320 194 350z", ink.dark)
        + line("M138 342 H192", ink.deep, 4, 0.6)
    )
    return antenna + arms + legs + neck + body + head + shine("M148 78 H210", 6, 0.5) + shine("M132 202 L140 268", 6, 0.4)


@drawing(floor=322, width=340)
def train(ink: Ink, kind: str) -> str:
    def wheel(x: float, r: float) -> str:
        return disc(x, 322 - r, r, "#8a5a33") + disc(x, 322 - r, r * 0.78, "#e0b483") + disc(x, 322 - r, r * 0.3, ink.accent)

    engine = (
        rect(40, 200, 130, 76, MAIN, 24)
        + rect(128, 140, 80, 136, MAIN, 10)
        + rect(118, 126, 100, 22, ink.deep, 10)
        + rect(144, 162, 48, 44, "#dff0f8", 8)
        + path("M144 170 l22 -8 h12 l-34 34z", "#ffffff", o=0.8)
    )
    chimney = (
        path("M68 150 h34 l-6 52 h-22z", ink.dark)
        + rect(62, 140, 46, 16, ink.accent, 6)
        + "".join(disc(x, y, r, "#ffffff", o=0.9) for x, y, r in ((86, 112, 18), (110, 88, 22), (142, 70, 17)))
    )
    front = (
        disc(52, 238, 25, ink.dark)
        + disc(52, 238, 17, GOLD)
        + rect(30, 270, 184, 16, WOOD, 6)
        + path("M34 270 L14 298 H54z", ink.deep)
        + disc(166, 240, 13, ink.accent)
    )
    wagon = (
        rect(246, 250, 126, 36, WOOD, 6)
        + rect(254, 212, 24, 42, _TOYS[1], 4)
        + path("M286 254 V226 l18 -24 l18 24 V254z", _TOYS[2])
        + disc(345, 236, 19, _TOYS[0])
        + line("M212 280 H248", "#8a5a33", 6)
    )
    return (
        chimney
        + engine
        + wagon
        + front
        + wheel(66, 22)
        + wheel(118, 22)
        + wheel(176, 32)
        + wheel(276, 22)
        + wheel(342, 22)
        + shine("M64 212 H118", 6, 0.5)
    )


@drawing(floor=306, width=330)
def toycar(ink: Ink, kind: str) -> str:
    def wheel(x: float) -> str:
        lugs = "".join(turn(30 * n, rect(x - 9, 190, 18, 18, "#202229", 4), x, 252) for n in range(12))
        return (
            lugs
            + disc(x, 252, 50, "#2b2e35")
            + disc(x, 252, 30, STEEL)
            + disc(x, 252, 22, ink.accent)
            + "".join(turn(72 * n, rect(x - 4, 232, 8, 20, "#2b2e35", 3), x, 252) for n in range(5))
            + disc(x, 252, 7, "#e9edf0")
        )

    wing = rect(30, 122, 70, 13, ink.deep, 5) + line("M56 134 L76 168", "#3a3d45", 8)
    body = (
        path(
            "M38 226 L52 176 Q56 164 72 164 L130 160 L172 112 Q178 106 190 "
            "106 H246 Q258 106 264 116 L290 164 L350 178 Q366 182 366 198 V226z",
            MAIN,
        )
        + path("M180 122 H240 Q248 122 252 128 L272 164 H146z", "#22303f")
        + path("M182 122 h26 L176 164 h-30z", "#ffffff", o=0.25)
        + line("M216 122 V164", ink.deep, 6)
    )
    trim = (
        path("M60 196 H250 l34 -20 l-8 30 H64z", ink.accent)
        + disc(348, 200, 11, "#fff2c2")
        + rect(34, 222, 336, 14, "#2b2e35", 6)
        + rect(46, 186, 10, 20, "#ff5b4f", 4)
    )
    aerial = line("M120 160 L100 54", "#5d656e", 4) + path("M100 54 l34 10 l-28 16z", ink.accent)
    cage = line("M186 104 Q216 80 246 104", "#3a3d45", 7) + "".join(disc(200 + 16 * n, 92, 6, "#fff2c2") for n in range(3))
    return aerial + wing + cage + body + trim + wheel(108) + wheel(296) + shine("M70 176 H126", 6, 0.5)


@drawing(floor=358, width=170)
def doll(ink: Ink, kind: str) -> str:
    hair = "#8a5230"
    back = path(
        "M136 120 C120 50 160 28 200 28 S280 50 264 120 C270 168 278 190 270 "
        "206 Q240 214 236 180 H164 Q160 214 130 206 C122 190 130 168 136 120z",
        hair,
    )
    legs = both(
        rect(172, 284, 20, 60, SKIN, 8)
        + path("M164 340 h30 v18 h-36 q-4 -14 6 -18z", ink.deep)
        + rect(171, 300, 22, 26, "#ffffff", 4, o=0.8)
    )
    arms = both(
        line("M156 196 C132 214 120 236 116 258", SKIN, 17) + disc(115, 262, 11, SKIN) + oval(152, 194, 22, 18, ink.light)
    )
    dress = "M168 178 Q200 188 232 178 L238 218 C262 240 284 276 290 306 Q200 330 110 306 C116 276 138 240 162 218z"
    trims = (
        inside(dress, dots(116, 246, 8, 3, 24, 4.5, "#ffffff", 0.85) + line("M108 300 Q200 324 292 300", "#ffffff", 12, 0.9))
        + path("M160 212 Q200 224 240 212 L241 226 Q200 238 159 226z", ACCENT)
        + both(path("M200 222 q-26 -18 -30 2 q4 18 30 2z", ink.deep))
    )
    face = (
        disc(200, 112, 56, SKIN)
        + both(
            oval(180, 116, 7, 10, "#ffffff")
            + disc(180, 118, 6, "#4a6b8f")
            + disc(180, 118, 3, "#22252b")
            + disc(178, 115, 2, "#ffffff")
            + line("M172 106 q8 -6 16 0", "#5b3422", 3)
            + oval(168, 136, 9, 5, "#f0908c", o=0.6)
        )
        + line("M190 142 Q200 152 210 142", "#c2474d", 4)
        + line("M198 128 h4", "#d99a7a", 3)
    )
    fringe = path(
        "M144 116 C140 62 176 46 206 50 C240 50 262 74 256 116 C246 102 "
        "236 92 226 80 C210 96 170 96 158 92 C152 98 146 106 144 116z",
        hair,
    ) + line("M168 70 Q186 56 206 60", "#b87a4c", 5, 0.7)
    bow = (
        path("M242 64 q-24 -24 -30 -2 q6 20 30 8z", ink.base)
        + path("M242 64 q26 -20 30 2 q-8 18 -30 8z", ink.base)
        + disc(242, 68, 7, ink.accent)
    )
    neck = rect(190, 160, 20, 24, mix(SKIN, "#a06a4a", 0.2), 6)
    return back + legs + arms + neck + path(dress, MAIN) + trims + face + fringe + bow


@drawing(floor=352, width=230)
def teddy(ink: Ink, kind: str) -> str:
    muzzle = mix(ink.base, "#fff6e8", 0.7)
    if kind == "bunny":
        ears = both(
            path("M160 92 C150 30 96 8 74 36 C48 72 50 150 66 200 Q82 222 94 198 C96 150 104 112 134 104z", MAIN)
            + path("M140 88 C130 50 98 36 86 54 C68 84 68 140 78 184 C84 140 92 104 118 98z", "#f2b6bd")
        )
    else:
        ears = both(disc(134, 84, 34, ink.dark) + disc(134, 84, 30, MAIN) + disc(136, 86, 18, muzzle))
    feet = both(
        oval(132, 314, 42, 38, MAIN)
        + oval(130, 318, 25, 23, muzzle)
        + "".join(oval(116 + 14 * n, 296 - 3 * (n == 1), 5, 6, ink.dark) for n in range(3))
    )
    arms = both(turn(34, oval(112, 226, 30, 56, MAIN), 112, 226) + fold("M128 192 Q110 216 106 250", ink, 3, 0.25))
    body = (
        oval(200, 254, 86, 88, MAIN)
        + oval(200, 262, 54, 58, muzzle, o=0.85)
        + line("M200 206 V318", ink.dark, 2, 0.4, stroke_dasharray="6 5")
    )
    head = oval(200, 128, 88, 76, MAIN) + oval(200, 152, 40, 30, muzzle)
    nose = path(
        "M186 138 Q200 130 214 138 Q210 152 200 154 Q190 152 186 138z", "#4a3027" if kind != "bunny" else "#e58a94"
    ) + line("M200 154 V164 M200 164 Q188 174 180 166 M200 164 Q212 174 220 166", "#4a3027", 4)
    eyes = both(disc(164, 118, 10, "#2d201b") + disc(161, 114, 3.5, "#ffffff") + oval(144, 146, 13, 8, "#f0908c", o=0.45))
    bow = both(
        path("M198 206 C170 178 138 186 146 212 C150 230 182 224 198 212z", ACCENT)
        + fold("M190 208 Q170 200 158 206", ink, 2, 0.3)
    ) + oval(200, 209, 13, 12, ink.accent)
    return ears + arms + body + feet + head + nose + eyes + bow + shine("M132 100 Q148 72 176 66", 8, 0.35)


@drawing(floor=None)
def boardgame(ink: Ink, kind: str) -> str:
    board = rect(52, 66, 296, 296, ink.deep, 18) + rect(52, 60, 296, 296, MAIN, 18) + rect(104, 112, 192, 192, ink.pale, 12)
    tints = ("#f6c945", "#ef7565", "#6fb4de", "#8fcf8a", "#c9a3e0")
    cells = "".join(
        turn(90 * side, rect(64 + 40 * n, 70, 35, 36, tints[(n + side) % 5], 7), 200, 208) for side in range(4) for n in range(6)
    )
    river = (
        line("M116 280 C150 250 150 200 196 206 S246 150 284 132", "#8ecbe8", 20)
        + "".join(
            path(f"M{x} {y} l14 -26 l14 26z", "#4d8b57") + rect(x + 11, y - 1, 6, 7, "#8a5a33")
            for x, y in ((126, 168), (150, 160), (236, 274), (260, 264))
        )
        + path("M222 160 l18 -20 l18 20 v24 h-36z", "#fdf6e6")
        + path("M216 162 l24 -26 l24 26z", "#d2403f")
    )
    pawns = "".join(
        path(f"M{x - 17} {y + 34} Q{x - 15} {y + 10} {x - 7} {y} H{x + 7} Q{x + 15} {y + 10} {x + 17} {y + 34}z", c)
        + disc(x, y - 8, 13, c)
        + disc(x - 4, y - 12, 4, "#ffffff", o=0.6)
        + oval(x, y + 34, 17, 5, mix(c, "#1c1426", 0.3))
        for x, y, c in ((146, 224, "#d2403f"), (196, 240, "#3f6fb5"), (84, 88, "#4da55f"))
    )
    dice = turn(
        14,
        rect(282, 280, 66, 66, "#d9d4ca", 14)
        + rect(282, 278, 62, 62, "#fffdf8", 14)
        + "".join(disc(x, y, 6, "#33363d") for x, y in ((298, 294), (328, 294), (313, 309), (298, 324), (328, 324))),
        314,
        312,
    )
    return board + cells + river + pawns + dice + shine("M68 76 H160", 5, 0.4)


@drawing(floor=None)
def puzzle(ink: Ink, kind: str) -> str:
    sky = (
        rect(40, 60, 320, 280, mix(ink.base, "#ffffff", 0.45))
        + disc(276, 128, 30, "#fff2c2")
        + path("M40 250 L120 140 L176 220 L232 120 L360 270 V340 H40z", ink.dark)
        + path("M232 120 L262 156 L240 166 L224 150 L210 160z M120 140 L142 172 L120 180 L104 164z", "#ffffff")
        + path("M40 280 Q120 240 200 280 T360 262 V340 H40z", "#5a9a57")
        + path("M40 312 Q140 280 220 316 T360 302 V340 H40z", "#2f6b45")
    )
    seams = ""
    for n in range(1, 4):
        x = 40 + 80 * n
        seams += "".join(
            f"M{x} {60 + 70 * r} v22 c-18 -8 -18 34 0 26 v22 "
            if (n + r) % 2
            else f"M{x} {60 + 70 * r} v22 c18 -8 18 34 0 26 v22 "
            for r in range(4)
        )
    for r in range(1, 4):
        y = 60 + 70 * r
        seams += "".join(
            f"M{40 + 80 * c} {y} h27 c-8 -18 34 -18 26 0 h27 "
            if (c + r) % 2
            else f"M{40 + 80 * c} {y} h27 c-8 18 34 18 26 0 h27 "
            for c in range(4)
        )
    board = rect(34, 56, 332, 294, ink.deep, 10) + sky + line(seams, "#1c1426", 3, 0.45) + line(seams, "#ffffff", 1, 0.5)
    gap = path("M280 270 h27 c-8 18 34 18 26 0 h27 v70 h-80 v-22 c-18 8 -18 -34 0 -26z", "#e9e2d4")
    loose = turn(
        18,
        path(
            "M280 270 h27 c-8 18 34 18 26 0 h27 v70 h-80 v-22 c-18 8 -18 -34 0 -26z", "#2f6b45", stroke="#ffffff", stroke_width=3
        )
        + path("M282 272 h24 c-6 20 38 20 28 0 h24 v18 q-40 14 -70 2z", "#5a9a57"),
        320,
        305,
    )
    return board + gap + f'<g transform="translate(12 26)">{loose}</g>'


@drawing(floor=350, width=150)
def babybottle(ink: Ink, kind: str) -> str:
    teat = path("M166 106 C164 86 188 82 188 56 C188 34 212 34 212 56 C212 82 236 86 234 106z", "#f6d9a8") + path(
        "M198 40 C206 40 208 46 208 58 C208 82 226 90 228 106 h-16 C214 86 198 80 198 40z", "#ffffff", o=0.4
    )
    ring = rect(142, 102, 116, 42, MAIN, 12) + "".join(line(f"M{154 + 10.5 * n} 110 v26", ink.deep, 3, 0.3) for n in range(10))
    glass = path(
        "M148 144 H252 C276 164 282 190 282 216 V324 Q282 350 256 350 H144 Q118 350 118 324 V216 C118 190 124 164 148 144z",
        "#eef7fa",
        o=0.95,
    )
    milk = path("M124 200 q19 -10 38 0 t38 0 t38 0 t38 0 V322 Q276 344 254 344 H146 Q124 344 124 322z", "#fffdf6") + path(
        "M240 198 q18 10 36 2 V322 Q276 344 254 344 H232 Q254 320 240 198z", "#e3dccb", o=0.7
    )
    marks = "".join(line(f"M246 {220 + 22 * n} h{24 if n % 2 == 0 else 15}", ink.base, 4) for n in range(5))
    bear = (
        both(disc(166, 240, 13, ink.base))
        + disc(200, 262, 34, ink.base)
        + oval(200, 272, 15, 11, ink.pale)
        + both(disc(187, 258, 4, "#33363d"))
        + oval(200, 268, 5, 4, "#33363d")
    )
    return (
        teat
        + glass
        + milk
        + ring
        + marks
        + f'<g transform="translate(-24 16) scale(.95)">{bear}</g>'
        + shine("M134 200 V326", 8, 0.7)
    )


@drawing(floor=None)
def pacifier(ink: Ink, kind: str) -> str:
    ring = (
        disc(200, 290, 56, "none", stroke=ink.deep, stroke_width=24)
        + disc(198, 288, 56, "none", stroke=ink.light, stroke_width=20)
        + line("M152 268 A52 52 0 0 1 190 238", "#ffffff", 6, 0.6)
    )
    teat = path("M176 156 C178 124 150 110 152 74 C154 38 246 38 248 74 C250 110 222 124 224 156z", "#f6d9a8") + path(
        "M166 70 C170 48 200 44 212 52 C190 56 178 74 182 98 Q164 90 166 70z", "#ffffff", o=0.6
    )
    shield = path(
        "M200 152 C250 128 330 140 336 192 C340 244 262 258 200 234 C138 258 60 244 64 192 C70 140 150 128 200 152z", MAIN
    ) + both(oval(116, 192, 19, 16, ink.deep) + oval(117, 194, 16, 13, "#fdfbf6", o=0.85))
    knob = (
        oval(200, 194, 42, 36, ink.dark)
        + oval(198, 190, 40, 34, ink.light)
        + path("M200 214 l-20 -20 a11 11 0 0 1 20 -11 a11 11 0 0 1 20 11z", ink.accent)
    )
    return teat + ring + shield + knob + shine("M84 178 Q96 154 140 154", 7, 0.5)


@drawing(floor=352, width=280)
def stroller(ink: Ink, kind: str) -> str:
    frame = (
        line("M96 318 L262 150 L330 92", "#5d656e", 11)
        + line("M300 318 L150 206", "#8e979f", 11)
        + line("M322 98 L352 84", "#2b2e35", 16)
    )
    basket = path("M134 268 H262 L246 312 H150z", "#3a3d45") + "".join(
        line(f"M{150 + 18 * n} 272 l-4 36", "#6a6f7a", 3) for n in range(6)
    )
    seat = path("M92 186 C96 250 150 268 214 262 L276 198 L246 172 L200 206 C170 214 150 200 146 176z", MAIN) + path(
        "M92 186 C96 250 150 268 214 262 L222 252 C160 256 116 236 112 184z", ink.deep, o=0.35
    )
    foot = path("M90 184 L60 218 Q52 230 66 234 L100 236z", ink.dark)
    hood = (
        path("M160 190 C126 96 198 40 262 66 C300 84 304 140 280 176z", MAIN)
        + path("M160 190 C126 96 198 40 262 66 C200 70 180 120 190 186z", ink.deep, o=0.25)
        + fold("M264 68 Q220 110 236 182", ink, 4, 0.4)
        + line("M160 188 C130 104 190 46 258 64", ink.accent, 7)
    )
    pillow = path("M172 188 Q200 160 240 170 L226 196 Q196 212 172 188z", "#fdfbf6") + line(
        "M120 200 Q150 230 210 214", ink.accent, 8
    )
    wheels = "".join(
        disc(x, 318, 34, "#2b2e35")
        + disc(x, 318, 24, "#f3f1ec")
        + disc(x, 318, 9, ink.base)
        + "".join(turn(60 * n, line(f"M{x} 318 v-22", "#aab1b9", 3), x, 318) for n in range(6))
        for x in (96, 300)
    )
    return (
        basket
        + frame
        + seat
        + foot
        + pillow
        + hood
        + rect(190, 206, 22, 12, "#2b2e35", 4)
        + wheels
        + shine("M176 120 Q196 78 232 74", 7, 0.4)
    )
