"""Drawings: fitness, snow, water, camping and cycling (long because every sport has its own gear)."""

from __future__ import annotations

from caravan.project.demo.art.board import drawing
from caravan.project.demo.art.paint import (
    ACCENT,
    DARK,
    LEAF,
    MAIN,
    PAPER,
    STEEL,
    Ink,
    both,
    disc,
    fold,
    group,
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


@drawing(floor=316, width=320)
def dumbbell(ink: Ink, kind: str) -> str:
    def one(x: float, y: float) -> str:
        def head(at: float) -> str:
            return (
                path(f"M{at} {y - 44} h46 l12 22 v44 l-12 22 h-46 l-12 -22 v-44z", MAIN)
                + path(f"M{at + 46} {y - 44} l12 22 v44 l-12 22 l-8 -22 v-44z", ink.deep, o=0.45)
                + shine(f"M{at + 2} {y - 34} h34", 6, 0.5)
            )

        bar = rect(x + 60, y - 14, 116, 28, STEEL, 8) + "".join(
            line(f"M{x + 80 + 9 * n} {y - 11} v22", "#7d868e", 2, 0.6) for n in range(9)
        )
        return bar + head(x) + head(x + 164)

    return turn(-16, one(84, 166), 200, 166) + one(72, 270)


@drawing(floor=322, width=330)
def mat(ink: Ink, kind: str) -> str:
    sheet = (
        path("M120 250 L372 266 L340 330 L62 322z", ink.light)
        + path("M120 250 L372 266 L368 274 L116 258z", "#ffffff", o=0.25)
        + line("M110 276 L352 292 M92 300 L346 312", ink.pale, 3, 0.9)
    )
    roll = (
        path("M60 176 H300 V318 H60z", MAIN)
        + path("M60 290 H300 V318 H60z", ink.deep, o=0.25)
        + path("M60 176 H300 V196 H60z", "#ffffff", o=0.18)
    )
    end = oval(300, 247, 44, 71, ink.dark) + "".join(
        oval(300, 247, r * 0.62, r, "none", stroke=ink.light if n % 2 else ink.deep, stroke_width=5)
        for n, r in enumerate((60, 49, 38, 27, 16))
    )
    cap = path("M60 176 A44 71 0 0 0 60 318z", ink.dark)
    strap = (
        "".join(rect(x, 172, 22, 150, ink.deep, 4) + rect(x + 2, 220, 18, 26, STEEL, 3) for x in (104, 214))
        + line("M116 178 C120 70 224 70 226 178", ink.deep, 12)
        + line("M116 178 C122 76 222 76 226 178", ink.accent, 3, stroke_dasharray="7 6")
    )
    return sheet + cap + roll + end + strap + shine("M76 200 H96 M142 200 H204", 7, 0.35)


@drawing(floor=346, width=230)
def kettlebell(ink: Ink, kind: str) -> str:
    handle = path(
        "M128 190 C96 110 130 52 200 52 S304 110 272 190 L236 176 C256 120 242 88 200 88 S144 120 164 176z", DARK
    ) + line("M126 120 C134 84 160 68 196 66", "#ffffff", 7, 0.35)
    ball = (
        disc(200, 244, 104, MAIN)
        + path("M200 140 A104 104 0 0 1 260 329 A110 110 0 0 0 200 140z", ink.deep, o=0.28)
        + path("M140 328 Q200 352 260 328 L252 346 H148z", ink.deep)
    )
    plate = (
        disc(200, 244, 56, ink.deep, o=0.5)
        + disc(200, 244, 50, PAPER)
        + path("M200 210 l10 22 l24 3 l-18 16 l5 24 l-21 -12 l-21 12 l5 -24 l-18 -16 l24 -3z", ACCENT)
    )
    return handle + ball + plate + shine("M118 232 Q124 180 166 160", 10, 0.5)


@drawing(floor=354, width=130)
def bottle(ink: Ink, kind: str) -> str:
    if kind == "thermos":
        cup = (
            path("M146 40 H254 L262 118 H138z", STEEL)
            + rect(136, 112, 128, 14, "#8e979f", 4)
            + path("M258 56 C300 52 300 106 262 104 V94 C284 94 284 66 259 68z", "#aab1b9")
        )
        body = (
            rect(128, 126, 144, 228, MAIN, 22)
            + rect(128, 146, 144, 8, ink.deep, o=0.3)
            + rect(128, 320, 144, 34, STEEL, 14)
            + path("M236 126 H250 Q272 126 272 148 V332 Q272 354 250 354 H226 Q246 320 236 126z", ink.deep, o=0.25)
        )
        peaks = (
            path("M146 270 L182 214 L204 246 L222 222 L254 270z", ink.pale, o=0.9)
            + path("M182 214 l11 17 l-11 6 l-9 -7z", "#ffffff")
            + disc(232, 198, 10, ink.accent)
        )
        return cup + body + peaks + shine("M148 166 V310", 9, 0.5) + shine("M162 52 L158 104", 7, 0.6)
    loop = line("M168 66 C160 18 240 18 232 66", ink.deep, 13)
    lid = (
        rect(156, 60, 88, 54, DARK, 12)
        + rect(188, 44, 24, 24, ink.accent, 8)
        + "".join(line(f"M{166 + 10 * n} 78 v28", "#6a6f7a", 3) for n in range(8))
    )
    body = path(
        "M150 112 H250 C276 126 280 150 280 176 V326 Q280 354 254 354 H146 Q120 354 120 326 V176 C120 150 124 126 150 112z", MAIN
    ) + path(
        "M246 112 H250 C276 126 280 150 280 176 V326 Q280 354 254 354 H230 Q262 330 258 180 Q256 130 246 112z", ink.deep, o=0.25
    )
    mark = path("M208 186 l-38 62 h28 l-8 54 l44 -72 h-30 l14 -44z", ACCENT) + rect(120, 318, 160, 10, ink.deep, o=0.35)
    return loop + lid + body + mark + shine("M140 166 Q142 144 152 134 M140 186 V310", 9, 0.5)


@drawing(floor=None)
def skis(ink: Ink, kind: str) -> str:
    def ski(x: float) -> str:
        outline = (
            f"M{x - 20} 60 C{x - 22} 10 {x + 22} 10 {x + 20} 60 Q{x + 11} 200 "
            f"{x + 18} 356 Q{x} 392 {x - 18} 356 Q{x - 11} 200 {x - 20} 60z"
        )
        art = path(f"M{x - 30} 90 l60 -34 v34 l-60 34z M{x - 30} 290 l60 -34 v50 l-60 34z", ink.accent) + path(
            f"M{x - 30} 140 l60 -34 v9 l-60 34z", ink.pale
        )
        binding = (
            rect(x - 15, 168, 30, 84, "#2b2e35", 7)
            + rect(x - 18, 172, 36, 20, STEEL, 5)
            + rect(x - 18, 228, 36, 22, STEEL, 5)
            + rect(x - 6, 196, 12, 28, ink.accent, 3)
        )
        return (
            path(outline, "#5d656e", transform="translate(4 4)")
            + path(outline, MAIN)
            + inside(outline, art, f"{x}")
            + binding
            + shine(f"M{x - 11} 46 V140", 4, 0.5)
        )

    def pole(x: float) -> str:
        return (
            line(f"M{x} 60 V372", "#aab1b9", 6)
            + rect(x - 8, 30, 16, 54, "#2b2e35", 7)
            + oval(x, 344, 17, 6, ink.accent)
            + line(f"M{x + 6} 36 q18 26 0 46", "#2b2e35", 3)
        )

    return (
        turn(-13, pole(88), 88, 200) + turn(13, pole(312), 312, 200) + turn(-5, ski(164), 164, 200) + turn(5, ski(238), 238, 200)
    )


@drawing(floor=None)
def snowboard(ink: Ink, kind: str) -> str:
    outline = "M146 76 C144 -4 256 -4 254 76 Q240 200 254 324 C256 404 144 404 146 324 Q160 200 146 76z"
    art = inside(
        outline,
        path("M130 330 L200 232 L232 276 L254 250 L290 330z", ink.deep)
        + path("M200 232 l18 25 l-16 8 l-14 -10z", "#ffffff")
        + rect(120, 326, 160, 80, ink.pale)
        + disc(206, 112, 38, ACCENT)
        + "".join(line(f"M130 {128 + 14 * n} q18 -12 36 0 t36 0 t36 0 t36 0", ink.pale, 6, 0.9) for n in range(3))
        + "".join(disc(150 + (n * 31) % 100, 30 + (n * 23) % 60, 3, "#ffffff") for n in range(12)),
    )

    def binding(y: float, lean: float) -> str:
        return turn(
            lean,
            rect(150, y - 18, 100, 36, "#2b2e35", 16)
            + path(f"M232 {y - 32} Q266 {y} 232 {y + 32} L222 {y + 24} Q242 {y} 222 {y - 24}z", "#4a4e58")
            + rect(166, y - 26, 16, 52, ink.accent, 7)
            + rect(200, y - 28, 18, 56, ink.accent, 7)
            + disc(174, y, 5, "#e9edf0")
            + disc(209, y, 5, "#e9edf0"),
            200,
            y,
        )

    return turn(
        16,
        path(outline, ink.deep, transform="translate(6 5)")
        + path(outline, MAIN)
        + art
        + binding(138, -12)
        + binding(252, 12)
        + shine("M162 66 Q166 36 188 26", 6, 0.6),
    )


@drawing(floor=344, width=280)
def skate(ink: Ink, kind: str) -> str:
    blade = (
        path("M58 322 H336 Q356 322 356 300 L366 302 Q368 340 336 340 H62 Q48 338 48 326z", STEEL)
        + rect(96, 284, 18, 42, "#8e979f")
        + rect(262, 284, 18, 42, "#8e979f")
        + path("M50 326 l-10 -6 l8 14 l-8 2 l14 4z", "#6d7680")
    )
    sole = path("M70 270 H336 Q344 290 330 290 H128 L122 306 H78 Q66 288 70 270z", "#3a2a22")
    boot = "M74 274 C66 200 76 130 84 62 Q130 80 178 58 L190 160 C216 200 330 190 338 272z"
    seam = (
        stitch("M92 84 Q134 96 172 82", ink.deep, 2.5, 0.5)
        + path("M262 206 C310 208 332 236 338 272 H250 Q240 226 262 206z", ink.dark, o=0.35)
        + fold("M92 110 Q84 190 88 268", ink, 5, 0.2)
    )
    tongue = path("M150 70 L168 36 Q190 32 196 56 L212 176 L186 172z", ink.dark)
    hooks = "".join(
        line(f"M{168 + 4 * n} {86 + 20 * n} L{196 + 4 * n} {80 + 20 * n}", ink.accent if ink.base != "#f1efea" else "#ef95b4", 6)
        + disc(166 + 4 * n, 87 + 20 * n, 5, "#aab1b9")
        for n in range(5)
    ) + line("M190 178 L226 198 M204 172 L244 202", ink.accent if ink.base != "#f1efea" else "#ef95b4", 5)
    cuff = "".join(
        disc(86 + 12 * n, 62 - abs(n - 4) * 1.5 + 5, 13, c)
        for n, c in enumerate(("#f6efe2", "#e6dac4", "#fbf7ee", "#e9dfcb", "#f6efe2", "#e6dac4", "#fbf7ee", "#e6dac4"))
    )
    return tongue + path(boot, MAIN) + seam + hooks + cuff + blade + sole + shine("M106 100 Q98 180 102 236", 8, 0.45)


@drawing(floor=None)
def goggles(ink: Ink, kind: str) -> str:
    strap = path("M24 138 Q60 168 84 172 V240 Q56 236 30 262 Q12 200 24 138z", ink.dark) + path(
        "M26 160 Q60 186 84 190 V200 Q56 196 24 172z M26 222 Q60 214 84 218 V228 Q60 224 26 236z", ink.accent
    )
    outline = (
        "M96 118 Q200 96 304 118 Q346 130 344 190 Q342 256 300 276 Q256 294 230 264 Q214 "
        "244 200 244 Q186 244 170 264 Q144 294 100 276 Q58 256 56 190 Q54 130 96 118z"
    )
    lens = (
        "M104 140 Q200 120 296 140 Q324 148 322 190 Q320 238 292 252 Q262 264 246 244 "
        "Q224 220 200 220 Q176 220 154 244 Q138 264 108 252 Q80 238 78 190 Q76 148 104 140z"
    )
    mirror = path(lens, "url(#screen)") + inside(
        lens,
        path("M70 260 L170 110 h52 L118 270z M240 110 h22 L170 260 h-22z", "#ffffff", o=0.25)
        + path("M180 236 L240 176 L262 198 L290 166 L340 230 V270 H180z", "#ffffff", o=0.22),
    )
    foam = path(outline, "#2b2e35", transform="translate(200 196) scale(1.04) translate(-200 -192)")
    vents = both("".join(rect(110 + 26 * n, 122 - 3 * n, 16, 6, ink.deep, 3) for n in range(3)))
    return both(strap) + foam + path(outline, MAIN) + vents + mirror + shine("M80 150 Q100 128 150 124", 5, 0.5)


@drawing(floor=306, width=340)
def sled(ink: Ink, kind: str) -> str:
    """A wooden sled on bent steel runners, its seat slatted in the colour, with a pull rope."""
    far = line("M70 268 H330 Q372 268 372 226 Q372 200 348 198", "#7d868e", 9)
    near = line("M44 298 H318 Q366 298 366 250 Q366 220 338 218", ink.deep, 12) + line(
        "M44 297 H318 Q362 297 362 250 Q362 222 338 220", "#c9d0d6", 5
    )
    struts = "".join(line(f"M{x} 218 L{x - 10} 294 M{x + 40} 196 L{x + 32} 266", "#8a5a33", 11) for x in (92, 180, 268))
    slats = "".join(
        path(
            f"M{62 - 14 * n} {184 + 13 * n} H{352 - 12 * n} q8 0 6 8 l-4 4 H{58 - 14 * n} q-6 -6 4 -12z",
            MAIN if n % 2 == 0 else ink.light,
        )
        + line(f"M{66 - 14 * n} {187 + 13 * n} H{348 - 12 * n}", "#ffffff", 2, 0.4)
        for n in range(4)
    )
    cushion = path("M84 168 Q88 150 112 150 H280 Q300 152 300 168 L290 208 Q286 218 270 218 H80 Q64 216 68 204z", ACCENT)
    cushion += stitch("M96 162 H288 M140 152 L126 216 M204 152 L196 216 M264 152 L262 216", ink.deep, 2, 0.5)
    back = (
        line("M66 204 V128 M96 186 V112", "#8a5a33", 10)
        + path("M54 108 L104 92 V124 L54 142z", MAIN)
        + path("M54 148 L104 132 V154 L54 172z", ink.dark)
    )
    rope = line("M352 214 C392 150 330 110 286 116 S250 64 296 60", "#e6d3ab", 7) + turn(
        -14, rect(282, 48, 50, 17, ink.dark, 8), 306, 56
    )
    flakes = ((150, 70, 17), (220, 40, 11), (372, 60, 13), (36, 60, 11))
    snow = "".join(turn(a, line(f"M{x} {y - r} v{2 * r}", "#ffffff", 4), x, y) for x, y, r in flakes for a in (0, 60, 120))
    return prop(snow) + far + struts + near + slats + back + cushion + rope + shine("M112 158 H230", 5, 0.5)


@drawing(floor=None)
def surfboard(ink: Ink, kind: str) -> str:
    outline = (
        "M200 8 C254 50 268 150 262 240 C258 310 240 366 226 386 Q200 394 174 386 C160 366 142 310 138 240 C132 150 146 50 200 8z"
    )
    art = inside(
        outline,
        rect(194, 0, 12, 400, ink.pale)
        + path("M120 250 Q160 220 200 250 T290 240 V400 H120z", ink.deep, o=0.85)
        + path("M120 286 Q160 256 200 286 T290 276 V400 H120z", ink.accent)
        + path("M120 322 Q160 292 200 322 T290 312 V400 H120z", "#ffffff", o=0.85)
        + _hibiscus(200, 130, 30, ink)
        + path("M120 0 H200 V400 H120z", "#ffffff", o=0.08),
    )
    fin = path("M192 388 q-4 -26 8 -40 q12 14 8 40z", "#2b2e35")
    leash = line("M204 366 C280 352 300 300 322 320 S300 380 350 372", "#33363d", 6) + rect(340, 360, 36, 22, ink.deep, 8)
    return turn(
        18,
        path(outline, ink.deep, transform="translate(6 4)")
        + path(outline, MAIN)
        + art
        + fin
        + shine("M160 110 Q156 180 158 220", 7, 0.5),
    ) + prop(leash)


def _hibiscus(x: float, y: float, r: float, ink: Ink) -> str:
    petals = "".join(
        turn(
            72 * n,
            path(
                f"M{x} {y} C{x - r} {y - r * 0.6} {x - r * 0.6} {y - r * 1.5} {x} "
                f"{y - r * 1.3} C{x + r * 0.6} {y - r * 1.5} {x + r} {y - r * 0.6} {x} {y}z",
                "#fffaf0",
            ),
            x,
            y,
        )
        for n in range(5)
    )
    return (
        petals
        + disc(x, y, r * 0.28, ink.accent)
        + "".join(turn(72 * n, line(f"M{x} {y - r * 0.3} v{-r * 0.4}", ink.accent, 3), x, y) for n in range(5))
    )


@drawing(floor=None)
def snorkel(ink: Ink, kind: str) -> str:
    pipe = (
        line("M332 330 C360 330 360 300 356 250 L348 92", ink.dark, 25)
        + line("M330 330 C356 330 356 300 352 250 L345 92", ink.base, 17)
        + rect(326, 34, 40, 66, ACCENT, 14)
        + "".join(line(f"M334 {50 + 12 * n} h24", "#1c1426", 3, 0.3) for n in range(3))
        + rect(332, 196, 42, 16, "#2b2e35", 6)
    )
    mouth = path("M338 316 C300 312 286 330 268 336 Q256 346 270 354 C300 362 330 352 344 342z", "#2b2e35")
    strap = line("M60 150 C20 120 30 80 80 84", "#2b2e35", 15) + line("M300 150 C326 130 330 110 326 100", "#2b2e35", 15)
    skirt = path(
        "M58 116 Q180 84 302 116 Q330 130 326 186 Q320 262 262 274 Q222 280 204 246 "
        "Q192 226 180 226 Q168 226 156 246 Q138 280 98 274 Q40 262 34 186 Q30 130 58 116z",
        ink.deep,
    ) + path(
        "M66 124 Q180 94 294 124 Q316 136 314 184 Q308 250 260 260 Q228 264 212 236 Q198 "
        "214 180 214 Q162 214 148 236 Q132 264 100 260 Q52 250 46 184 Q44 136 66 124z",
        MAIN,
    )
    lens = "M78 142 H160 Q170 142 170 154 Q170 186 152 206 Q132 242 100 238 Q70 226 66 180 Q64 142 78 142z"
    glass = (
        path(lens, "#bfe6f3")
        + inside(
            lens,
            path("M60 240 L130 130 h24 L84 260z", "#ffffff", o=0.6)
            + path("M50 210 q20 -12 40 0 t40 0 t40 0 V260 H50z", "#6fb4de", o=0.5),
        )
        + line(lens, ink.deep, 4, 0.6)
    )
    pair = glass + group(glass.replace("cut-a", "cut-b"), "translate(360 0) scale(-1 1)")
    bubbles = "".join(
        disc(x, y, r, "#ffffff", o=0.85) + disc(x - r * 0.3, y - r * 0.3, r * 0.3, "#8fd3ee")
        for x, y, r in ((70, 330, 13), (104, 310, 8), (120, 346, 10), (46, 300, 7))
    )
    return strap + pipe + mouth + skirt + pair + prop(bubbles) + shine("M62 146 Q80 122 140 114", 6, 0.5)


@drawing(floor=356, width=280)
def umbrella(ink: Ink, kind: str) -> str:
    pole = rect(194, 60, 12, 290, PAPER, 4) + rect(190, 206, 20, 26, ink.deep, 5)
    canopy = (
        "M28 190 C40 90 120 40 200 40 S360 90 372 190 Q344 168 314 190 Q286 166 "
        "257 190 Q228 166 200 190 Q172 166 143 190 Q114 166 86 190 Q56 168 28 190z"
    )
    cream = ink.pale if ink.base == "#f0bf3f" else "#fffaf0"
    gores = inside(
        canopy,
        path("M200 40 C150 70 92 120 86 190 V220 H143 C146 130 176 70 200 40z", cream)
        + path("M200 40 C250 70 308 120 314 190 V220 H257 C254 130 224 70 200 40z", cream)
        + path("M200 40 C300 60 350 120 372 190 V220 H314 C308 130 260 70 200 40z", ink.deep, o=0.25),
    )
    valance = "".join(line(f"M{28 + 57.4 * n:.0f} 190 q29 -24 57 0", ink.deep, 4, 0.5) for n in range(6))
    finial = disc(200, 36, 9, ink.accent)
    sand = path("M70 356 Q130 322 200 330 T330 356z", "#ecd2a0") + path("M150 342 Q200 318 250 342 Q220 356 180 354z", "#dcbb80")
    ball = (
        disc(292, 324, 34, "#ffffff")
        + inside(
            "M258 324 a34 34 0 1 1 68 0 a34 34 0 1 1 -68 0z",
            path("M292 324 L250 300 L276 280z M292 324 L330 290 L340 324z M292 324 L310 366 L274 366z", ink.base)
            + path("M292 324 L276 280 L316 284z", ink.accent),
            "ball",
        )
        + disc(292, 324, 6, "#ffffff")
        + oval(280, 306, 9, 6, "#ffffff", o=0.7)
    )
    star = turn(12, path("M100 318 l8 15 l17 3 l-12 12 l2 17 l-15 -8 l-15 8 l2 -17 l-12 -12 l17 -3z", "#f0866a"), 100, 340)
    return (
        pole + path(canopy, MAIN) + gores + valance + finial + prop(sand + star + ball) + shine("M62 150 Q82 96 130 72", 8, 0.4)
    )


@drawing(floor=316, width=330)
def poolring(ink: Ink, kind: str) -> str:
    water = oval(200, 272, 186, 66, "#8fd3ee", o=0.7) + oval(200, 276, 150, 46, "#c6ebf8", o=0.8)
    outer = "M36 216 a164 104 0 1 1 328 0 a164 104 0 1 1 -328 0z"
    ring_ = path(outer + " M124 208 a76 38 0 1 0 152 0 a76 38 0 1 0 -152 0z", MAIN, fill_rule="evenodd")
    bands = "".join(
        path(d, "#fffaf0", o=0.95)
        for d in (
            "M44 176 L86 146 L140 188 L128 198z",
            "M166 114 H234 L226 172 H174z",
            "M356 176 L314 146 L260 188 L272 198z",
            "M60 268 L104 300 L146 236 L134 228z",
            "M172 320 H228 L220 246 H180z",
            "M340 268 L296 300 L254 236 L266 228z",
        )
    )
    sprinkles = "".join(
        turn(n * 47, rect(x - 9, y - 3.5, 18, 7, _SPRINKLES[n % 4], 3.5), x, y)
        for n, (x, y) in enumerate(
            (
                (76, 214),
                (104, 236),
                (90, 250),
                (112, 170),
                (150, 150),
                (250, 150),
                (286, 168),
                (310, 200),
                (330, 226),
                (302, 246),
                (206, 152),
                (160, 276),
                (240, 278),
                (196, 300),
                (120, 260),
                (280, 266),
                (66, 190),
                (344, 198),
            )
        )
    )
    rim = line("M124 208 a76 38 0 0 1 152 0", ink.deep, 9, 0.5) + oval(200, 208, 76, 38, "none", stroke=ink.dark, stroke_width=4)
    valve = rect(300, 130, 16, 18, PAPER, 4) + oval(308, 130, 9, 4, "#b9b6b0")
    return (
        prop(water)
        + ring_
        + inside(outer, bands if ink.base != "#ef95b4" else sprinkles)
        + rim
        + valve
        + shine("M62 190 Q90 132 170 118", 10, 0.6)
    )


_SPRINKLES = ("#fff6dc", "#6fb4de", "#f0bf3f", "#8fd0b8")


@drawing(floor=330, width=350)
def tent(ink: Ink, kind: str) -> str:
    trees = "".join(
        path(f"M{x} {y} l34 60 h-20 l28 50 h-84 l28 -50 h-20z", LEAF) + rect(x - 6, y + 108, 12, 22, "#7a5537")
        for x, y in ((60, 140), (348, 160))
    )
    back = path("M150 100 Q160 88 176 92 L360 312 Q366 330 346 330 H210z", ink.dark)
    front = path("M160 92 Q168 88 176 96 L292 322 Q294 330 284 330 H42 Q30 330 36 318z", MAIN)
    door = (
        path("M166 122 L226 330 H110z", "#2b2a33")
        + path("M166 122 L110 330 H142 Q164 240 166 122z", ink.light)
        + path("M166 122 L226 330 H200 Q172 240 166 122z", ink.pale)
        + line("M166 122 V150", ink.accent, 4)
    )
    seams = (
        stitch("M170 98 L284 322 M160 98 L44 320", ink.pale, 2.5, 0.7)
        + path("M244 200 l46 0 l34 44 h-56z", ink.pale, o=0.5)
        + fold("M268 244 l-24 -44", ink, 2, 0.4)
    )
    ropes = line("M84 236 L14 328 M330 280 L388 330", "#f0e2c0", 3.5) + both(rect(8, 320, 8, 16, "#5d656e", 2))
    lantern = line("M166 122 v40", "#f0e2c0", 2) + disc(166, 178, 20, "#ffe9ad", o=0.6) + rect(158, 164, 16, 26, "#ffd873", 5)
    grass = "".join(path(f"M{x} 332 q-6 -18 -12 -22 q12 2 14 14 q0 -14 8 -24 q2 18 -2 32z", "#5a9a57") for x in (30, 300, 366))
    return prop(trees) + ropes + back + front + door + seams + lantern + prop(grass) + shine("M150 122 L76 280", 8, 0.35)


@drawing(floor=330, width=330)
def sleepingbag(ink: Ink, kind: str) -> str:
    bag = "M34 214 C34 150 90 138 150 146 L340 172 Q380 182 380 236 Q378 296 334 300 L150 306 C80 312 34 290 34 214z"
    quilts = inside(
        bag,
        "".join(
            fold(f"M{130 + 42 * n} 130 Q{112 + 42 * n} 226 {130 + 42 * n} 320", ink, 6, 0.35)
            + line(f"M{138 + 42 * n} 136 Q{120 + 42 * n} 226 {138 + 42 * n} 316", "#ffffff", 5, 0.2)
            for n in range(6)
        )
        + path("M20 250 Q200 330 390 250 V330 H20z", ink.deep, o=0.3),
    )
    hood = (
        oval(98, 220, 54, 66, ink.deep)
        + oval(100, 222, 42, 52, ink.accent)
        + path("M66 232 Q100 196 136 230 Q138 270 100 274 Q66 270 66 232z", "#fdfbf6")
        + fold("M74 240 Q100 224 128 240", ink, 3, 0.3)
    )
    zipper = (
        line("M140 188 Q240 200 372 206", "#2b2e35", 6)
        + line("M140 188 Q240 200 372 206", "#e1e5e9", 2.5, stroke_dasharray="4 3")
        + rect(158, 182, 10, 24, ink.accent, 4)
    )
    sack = (
        rect(252, 84, 100, 62, ink.dark, 26)
        + oval(344, 115, 18, 31, ink.deep)
        + rect(276, 82, 12, 66, ink.accent)
        + rect(312, 82, 12, 66, ink.accent)
    )
    moon = path("M96 60 a34 34 0 1 0 34 44 a28 28 0 0 1 -34 -44z", "#ffe9ad") + "".join(
        path(f"M{x} {y - 8} q0 8 8 8 q-8 0 -8 8 q0 -8 -8 -8 q8 0 8 -8z", "#ffe9ad") for x, y in ((168, 70), (196, 106), (60, 60))
    )
    return prop(moon + sack) + path(bag, MAIN) + quilts + hood + zipper + shine("M160 160 Q240 164 320 180", 7, 0.4)


@drawing(floor=None)
def headlamp(ink: Ink, kind: str) -> str:
    strap = (
        oval(176, 190, 150, 100, "none", stroke=ink.deep, stroke_width=36)
        + oval(176, 188, 150, 100, "none", stroke=MAIN, stroke_width=30)
        + oval(176, 188, 150, 100, "none", stroke=ink.accent, stroke_width=5, stroke_dasharray="16 9")
    )
    over = path("M160 92 Q190 60 214 92 L220 210 H196 Q200 130 160 92z", ink.dark, o=0.9)
    body = (
        rect(122, 204, 148, 124, ink.deep, 32)
        + rect(122, 200, 144, 120, MAIN, 32)
        + "".join(line(f"M{140 + 12 * n} 310 v10", ink.deep, 4, 0.6) for n in range(10))
    )
    lens = (
        disc(194, 258, 48, "#2b2e35")
        + disc(194, 258, 41, STEEL)
        + disc(194, 258, 33, "#fff4c8")
        + "".join(turn(60 * n, disc(194, 240, 9, "#ffffff", stroke="#f0cf6a", stroke_width=2), 194, 258) for n in range(6))
        + disc(194, 258, 8, "#ffffff")
    )
    buttons = rect(150, 188, 34, 15, "#2b2e35", 6) + rect(204, 188, 34, 15, "#d2403f", 6)
    return strap + over + body + lens + buttons + disc(250, 222, 4, "#5fe3a1") + shine("M138 240 Q138 220 156 214", 6, 0.5)


@drawing(floor=314, width=310)
def helmet(ink: Ink, kind: str) -> str:
    straps = (
        line("M118 262 C150 330 178 348 214 350 C244 342 262 300 272 264", "#33363d", 9)
        + rect(196, 336, 40, 24, "#2b2e35", 8)
        + rect(206, 342, 20, 10, ink.accent, 4)
    )
    shell = path(
        "M40 246 C36 140 120 68 214 70 C310 74 372 148 372 236 Q374 260 348 "
        "262 C300 252 258 276 204 276 C140 276 100 270 62 270 Q40 268 40 246z",
        MAIN,
    ) + path(
        "M40 246 C60 256 140 250 204 252 C258 252 300 230 370 222 Q376 258 348 "
        "262 C300 252 258 276 204 276 C140 276 100 270 62 270 Q40 268 40 246z",
        ink.deep,
        o=0.45,
    )
    vents = "".join(
        path(d, "#23262d")
        for d in (
            "M84 206 C96 150 140 112 184 102 Q150 140 138 208z",
            "M164 210 C172 150 200 116 230 98 Q232 150 220 208z",
            "M248 204 C256 150 258 120 262 102 C294 124 314 164 318 198z",
            "M330 196 C326 164 316 144 304 128 C334 148 350 176 354 200z",
            "M58 226 C60 200 68 180 82 160 Q72 200 74 228z",
        )
    )
    stripe = path("M134 214 C146 152 172 116 204 92 L218 90 C186 128 170 160 160 214z", ink.accent) + path(
        "M224 210 C238 150 240 116 242 94 L254 98 C254 130 250 160 244 208z", ink.accent
    )
    light = rect(34, 226, 26, 26, "#d2403f", 8) + rect(38, 230, 12, 10, "#ff8a80", 4)
    return straps + shell + vents + stripe + light + shine("M68 176 Q96 116 160 92", 9, 0.5)


@drawing(floor=338, width=360)
def bike(ink: Ink, kind: str) -> str:
    def wheel(x: float) -> str:
        spokes = "".join(turn(30 * n, line(f"M{x} 258 V186", "#aab1b9", 1.6), x, 258) for n in range(12))
        return (
            disc(x, 258, 76, "none", stroke="#2b2e35", stroke_width=11)
            + disc(x, 258, 69, "none", stroke="#d5dbe0", stroke_width=4)
            + spokes
            + disc(x, 258, 9, "#5d656e")
        )

    guards = line("M20 244 A82 82 0 0 1 156 204 M244 210 A82 82 0 0 1 364 210", ink.dark, 7)
    frame = line(
        "M92 258 L136 150 M92 258 H190 M190 258 L136 150 M190 258 C214 226 "
        "262 196 280 140 M146 178 C186 212 214 220 234 210 M280 140 L308 258",
        ink.deep,
        14,
    ) + line(
        "M92 258 L136 150 M92 258 H190 M190 258 L136 150 M190 258 C214 226 "
        "262 196 280 140 M146 178 C186 212 214 220 234 210 M280 140 L308 258",
        ink.base,
        9,
    )
    seat = (
        line("M136 150 L130 128", "#5d656e", 8)
        + path("M94 112 Q130 104 164 118 Q166 130 146 130 L104 132 Q88 126 94 112z", "#6b4226")
        + line("M100 116 Q126 110 150 116", "#a8744c", 4)
    )
    bars = (
        line("M280 140 L268 92", "#8e979f", 8)
        + line("M268 92 Q246 76 222 92", "#8e979f", 8)
        + line("M236 84 L216 96", "#6b4226", 12)
    )
    basket = (
        path("M286 98 H366 L354 160 H300z", "#c9975a")
        + "".join(line(f"M{290 + 2 * n} {110 + 14 * n} H{363 - 2 * n}", "#8a5a33", 3, 0.7) for n in range(4))
        + "".join(line(f"M{300 + 14 * n} 100 L{306 + 10 * n} 158", "#8a5a33", 2.5, 0.6) for n in range(5))
        + rect(282, 92, 88, 11, "#a8743a", 5)
    )
    blooms = "".join(
        disc(x, y, 11, c) + disc(x, y, 4, "#fff6dc")
        for x, y, c in ((304, 82, "#ef7565"), (328, 74, "#f6c945"), (350, 84, "#b8a2da"))
    ) + "".join(turn(a, oval(x, y, 12, 5, "#5a9a57"), x, y) for x, y, a in ((316, 88, 30), (340, 90, -30)))
    crank = (
        disc(190, 258, 21, "none", stroke="#3a3d45", stroke_width=6)
        + line("M190 258 L206 292", "#5d656e", 7)
        + rect(194, 288, 30, 9, "#2b2e35", 4)
        + line("M94 248 H188 M94 268 H188", "#5d656e", 3)
    )
    return (
        wheel(92)
        + wheel(308)
        + guards
        + crank
        + frame
        + seat
        + bars
        + blooms
        + basket
        + disc(292, 150, 9, "#fff2c2", stroke="#8e979f", stroke_width=3)
    )
