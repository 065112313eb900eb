"""Drawings: clothes laid flat, from dresses and coats to a baby's bodysuit (long because each garment is a shape of its own)."""

from __future__ import annotations

from caravan.project.demo.art.board import drawing
from caravan.project.demo.art.paint import (
    ACCENT,
    GOLD,
    MAIN,
    STEEL,
    Ink,
    both,
    disc,
    flower,
    fold,
    inside,
    line,
    mix,
    oval,
    path,
    rect,
    shine,
    spots,
    stitch,
    turn,
)

_LONG_SLEEVE = "M122 82 C86 96 76 124 42 292 Q60 306 88 306 C98 256 112 220 126 186z"
_SHORT_SLEEVE = "M126 80 C92 92 66 130 44 186 Q66 206 98 210 L126 168z"
_BODY = "M150 72 Q128 78 112 90 L120 190 L112 336 Q200 350 288 336 L280 190 L288 90 Q272 78 250 72 Q200 112 150 72z"


def _sleeves(ink: Ink, outline: str, crease: str = "M122 100 Q112 150 100 196") -> str:
    return both(path(outline, MAIN) + path(outline, ink.deep, o=0.12) + fold(crease, ink))


def _neck(ink: Ink, d: str = "M150 72 Q200 62 250 72 Q200 112 150 72z") -> str:
    return path(d, ink.deep)


def _buttons(ink: Ink, top: float, bottom: float, count: int, x: float = 200, r: float = 4, fill: str = "#fbf8f1") -> str:
    gap = (bottom - top) / (count - 1)
    return "".join(disc(x, top + gap * n, r, fill, stroke=ink.deep, stroke_width=1) for n in range(count))


@drawing(floor=None)
def dress(ink: Ink, kind: str) -> str:
    if kind == "long":
        outline = (
            "M156 44 L152 92 Q146 112 156 142 C160 170 132 280 96 356 Q200 384 304 356 C268 280 240 170 244 142 "
            "Q254 112 248 92 L244 44 L234 44 Q236 84 200 94 Q164 84 166 44z"
        )
        folds = both(fold("M178 160 Q160 260 130 364", ink) + fold("M192 160 Q184 270 170 370", ink, 5, 0.22))
        slit = path("M236 250 Q254 310 268 366 L244 372 Q246 310 236 250z", ink.deep, o=0.6)
        sparkle = spots(92, 180, 216, 190, 22, 1.7, "#ffffff", 0.7)
        belt = path("M155 140 Q200 152 245 140 L247 152 Q200 164 153 152z", ink.deep, o=0.75)
        return path(outline, MAIN) + inside(outline, folds + slit + sparkle) + belt + both(shine("M160 70 V90", 3, 0.5))
    if kind == "wrap":
        outline = (
            "M146 62 L128 78 L132 172 Q128 178 136 186 C128 240 112 300 104 346 Q200 368 296 346 C288 300 272 240 264 186 "
            "Q272 178 268 172 L272 78 L254 62 L200 140z"
        )
        sleeve = "M134 72 C106 84 92 130 70 216 Q84 230 108 230 C116 196 124 180 132 160z"
        wrap = path("M254 62 L150 180 L136 176 L200 126z", ink.deep, o=0.25) + fold("M254 62 L142 178", ink, 5, 0.5)
        skirt = (
            fold("M150 196 Q220 250 232 356", ink, 5, 0.4)
            + fold("M152 200 Q140 280 132 350", ink)
            + fold("M160 200 Q170 280 172 358", ink)
            + fold("M250 196 Q262 280 270 350", ink)
        )
        belt = path("M134 170 Q200 182 266 170 L268 188 Q200 200 132 188z", ACCENT) + path(
            "M152 186 l-16 62 l15 3 l13 -62z M158 188 l8 66 l14 -3 l-10 -64z", ACCENT
        )
        dots = spots(100, 70, 200, 296, 20, 3.4, ink.pale, 0.8)
        return (
            _sleeves(ink, sleeve, "M126 110 Q116 150 106 200")
            + path(outline, MAIN)
            + inside(outline, dots + skirt + wrap)
            + belt
            + oval(158, 184, 11, 9, ink.accent)
        )
    outline = (
        "M160 58 L168 56 Q176 92 200 98 Q224 92 232 56 L240 58 Q238 92 250 108 L244 172 C262 236 290 290 306 334 "
        "Q200 366 94 334 C110 290 138 236 156 172 L150 108 Q162 92 160 58z"
    )
    places = (
        (170, 126),
        (226, 140),
        (198, 158),
        (160, 224),
        (204, 218),
        (246, 232),
        (136, 276),
        (184, 272),
        (232, 282),
        (276, 288),
        (118, 324),
        (160, 326),
        (208, 330),
        (254, 332),
        (296, 330),
    )
    petal = ink.accent if ink.accent not in ("#fff3d6", "#fff0d9") else "#fff6e3"
    blooms = "".join(
        flower(x, y, 10 + n % 3 * 2, petal, ink.deep) + turn(40 * n, oval(x + 17, y + 8, 7, 3.5, "#4f8a58"), x, y)
        for n, (x, y) in enumerate(places)
    )
    folds = both(fold("M178 190 Q160 260 138 342", ink) + fold("M192 190 Q186 270 178 350", ink))
    belt = path("M155 168 Q200 180 245 168 L247 184 Q200 196 153 184z", ink.deep) + path(
        "M196 182 l-16 50 l13 4 l12 -50z M204 182 l12 48 l12 -4 l-14 -46z", ink.deep
    )
    return path(outline, MAIN) + inside(outline, blooms + folds) + belt + fold("M98 330 Q200 358 302 330", ink, 3, 0.4)


@drawing(floor=None)
def tshirt(ink: Ink, kind: str) -> str:
    base = _neck(ink) + _sleeves(ink, _SHORT_SLEEVE, "M126 92 Q122 130 120 168") + path(_BODY, MAIN)
    hem = stitch("M114 326 Q200 340 286 326", ink.deep, 2, 0.45) + both(stitch("M50 182 Q70 198 98 202", ink.deep, 2, 0.45))
    creases = (
        fold("M126 196 Q150 214 158 260", ink, 5, 0.16)
        + fold("M276 186 Q252 206 250 250", ink, 5, 0.16)
        + fold("M140 318 Q170 300 176 270", ink, 5, 0.14)
    )
    if kind == "polo":
        collar = both(path("M150 70 Q168 62 176 60 L200 104 L176 122 Q156 100 146 74z", ink.accent)) + both(
            fold("M150 76 Q164 100 178 116", ink, 2, 0.5)
        )
        placket = rect(188, 102, 24, 70, ink.dark, 3) + _buttons(ink, 118, 158, 3)
        stripe = inside(_BODY, rect(90, 206, 220, 16, ink.accent) + rect(90, 228, 220, 6, ink.accent))
        cuffs = both(line("M52 178 Q72 194 100 198", ink.accent, 7))
        return base + stripe + creases + placket + collar + cuffs + hem
    collar = line("M150 72 Q200 114 250 72", ink.dark, 8) + line("M158 70 Q200 96 242 70", ink.dark, 4, 0.6)
    motif = ""
    if kind == "print":
        motif = (
            disc(200, 198, 52, ACCENT)
            + path("M148 204 Q166 188 184 204 T220 204 T252 204 A52 52 0 0 1 148 204z", ink.deep, o=0.85)
            + line("M156 224 Q170 212 184 224 T212 224 T244 224", "#ffffff", 4, 0.8)
            + both(line("M200 148 C190 130 178 128 170 136", "#4f8a58", 4))
            + "".join(disc(172 + 28 * n, 132, 6, "#ef7d6b") for n in range(3))
        )
    pocket = "" if kind == "print" else fold("M226 150 h40 v36 q-20 14 -40 0z", ink, 2, 0.4)
    return base + motif + pocket + creases + collar + hem


@drawing(floor=None)
def tank(ink: Ink, kind: str) -> str:
    outline = (
        "M150 52 L166 52 Q168 108 200 114 Q232 108 234 52 L250 52 Q252 110 278 "
        "142 Q270 220 284 340 Q200 356 116 340 Q130 220 122 142 Q148 110 150 52z"
    )
    back = path("M150 52 Q160 86 200 92 Q240 86 250 52 L234 52 Q230 76 200 80 Q170 76 166 52z", ink.deep)
    ribs = "".join(line(f"M{124 + 10 * n} 90 V350", ink.deep, 3, 0.2) for n in range(16))
    trim = line("M166 54 Q168 108 200 114 Q232 108 234 54", ink.light, 5) + both(line("M150 54 Q148 110 122 142", ink.light, 5))
    return (
        back
        + path(outline, MAIN)
        + inside(outline, ribs + fold("M130 230 Q160 240 172 270", ink, 8, 0.2))
        + trim
        + fold("M118 330 Q200 346 282 330", ink, 3, 0.4)
    )


@drawing(floor=None)
def shirt(ink: Ink, kind: str) -> str:
    pale = mix(ink.base, "#ffffff", 0.4)
    cuffs = both(turn(12, rect(44, 276, 46, 28, ink.dark, 5) + disc(66, 290, 3.5, "#fbf8f1"), 66, 290))
    base = _neck(ink) + _sleeves(ink, _LONG_SLEEVE) + cuffs + path(_BODY, MAIN)
    creases = fold("M124 200 Q150 220 160 264", ink, 5, 0.18) + fold("M278 190 Q256 214 250 262", ink, 5, 0.18)
    if kind == "blouse":
        gathers = both(
            "".join(fold(f"M{136 + 14 * n} 104 Q{140 + 12 * n} 130 {138 + 12 * n} 160", ink, 3, 0.2) for n in range(4))
        )
        loop = path("M200 104 C176 74 132 80 136 110 C140 136 178 128 200 108z", pale) + fold(
            "M192 106 Q164 96 148 104", ink, 3, 0.4
        )
        tails = path("M194 106 C190 150 170 196 152 214 L184 226 C196 190 204 150 204 108z", pale) + path(
            "M206 106 C214 150 232 186 246 200 L218 216 C206 180 202 140 198 108z", MAIN
        )
        return (
            base + creases + gathers + tails + both(loop) + oval(200, 106, 13, 11, ink.dark) + _buttons(ink, 244, 322, 4, r=3.5)
        )
    placket = rect(190, 96, 20, 246, pale, 3, o=0.7) + both(stitch("M190 110 V340", ink.deep, 1.5, 0.35))
    if kind == "linen":
        weave = inside(_BODY, "".join(line(f"M100 {90 + 9 * n} H300", "#ffffff", 1.2, 0.35) for n in range(29)))
        collar = both(
            path("M152 60 Q176 54 200 92 L196 112 Q166 92 148 78z", MAIN) + fold("M150 76 Q176 90 196 110", ink, 2, 0.5)
        )
        rolled = both(turn(14, rect(52, 262, 58, 26, pale, 6), 76, 278))
        return base + weave + creases + placket + collar + rolled + _buttons(ink, 118, 318, 6, fill="#8a5a3b", r=5)
    collar = both(
        path("M152 60 Q174 54 200 94 L172 130 Q152 104 144 76z", pale) + fold("M146 78 Q156 106 172 128 L198 96", ink, 2, 0.5)
    )
    pocket = path("M226 154 h42 v38 l-21 10 l-21 -10z", ink.dark, o=0.35) + stitch("M226 162 h42", ink.deep, 2, 0.5)
    return base + creases + placket + pocket + collar + _buttons(ink, 124, 322, 6)


@drawing(floor=None)
def sweater(ink: Ink, kind: str) -> str:
    ribs = "".join(line(f"M{48 + 8 * n} 276 v26", ink.deep, 2.5, 0.4) for n in range(6))
    cuffs = both(turn(11, rect(42, 272, 50, 34, ink.dark, 6) + ribs, 66, 290))
    sleeves = _sleeves(ink, _LONG_SLEEVE) + cuffs
    if kind == "cardigan":
        half = "M150 70 Q128 78 112 90 L120 190 L110 352 H204 V190 Z"
        fronts = (
            path("M150 72 L200 176 L250 72 Q200 62 150 72z", ink.deep)
            + both(path(half, MAIN))
            + "".join(both(fold(f"M{126 + 14 * n} 110 V346", ink, 3, 0.2)) for n in range(5))
        )
        band = (
            line("M152 72 L198 180 V350", ink.dark, 15)
            + line("M248 72 L202 180 V350", ink.light, 15)
            + _buttons(ink, 196, 330, 5, 202, 7, "#8a5a3b")
        )
        pockets = both(rect(124, 258, 56, 62, ink.light, 8) + rect(124, 258, 56, 13, ink.dark, 5))
        return sleeves + fronts + pockets + band
    cable = "".join(
        line(f"M{x - 9} {120 + 34 * n} q18 9 18 17 t-18 17 M{x + 9} {120 + 34 * n} q-18 9 -18 17 t18 17", ink.light, 6)
        for x in (160, 200, 240)
        for n in range(6)
    )
    knit = "".join(fold(f"M{x} 96 V322", ink, 3, 0.25) for x in (140, 180, 220, 260))
    body = (
        path(_BODY, MAIN) + inside(_BODY, cable + knit) + path("M110 318 Q200 332 290 318 L288 350 Q200 362 112 350z", ink.dark)
    )
    hem = "".join(line(f"M{120 + 9 * n} 328 v20", ink.deep, 2.5, 0.4) for n in range(19))
    neck = path("M154 84 Q150 60 156 40 Q200 30 244 40 Q250 60 246 84 Q200 108 154 84z", MAIN) + "".join(
        line(f"M{162 + 9.5 * n} 48 v36", ink.deep, 2.5, 0.35) for n in range(9)
    )
    return sleeves + body + hem + neck + fold("M154 62 Q200 76 246 62", ink, 4, 0.3)


@drawing(floor=None)
def hoodie(ink: Ink, kind: str) -> str:
    hood = path("M144 96 C128 40 164 24 200 24 S272 40 256 96 Q200 128 144 96z", ink.dark) + path(
        "M160 92 C152 56 172 42 200 42 S248 56 240 92 Q200 120 160 92z", ink.deep
    )
    cuffs = both(turn(11, rect(42, 276, 50, 30, ink.dark, 7), 66, 290))
    body = path(_BODY, MAIN) + path("M112 316 Q200 330 288 316 L286 350 Q200 362 114 350z", ink.dark)
    rim = both(path("M144 94 C128 60 140 40 152 34 C144 62 156 100 198 118 L196 132 Q160 124 144 94z", MAIN))
    creases = fold("M124 200 Q146 216 150 250", ink, 5, 0.2) + fold("M276 196 Q256 214 252 246", ink, 5, 0.2)
    cords = both(line("M178 116 Q174 150 178 178", ink.accent, 5) + rect(174, 174, 9, 16, STEEL, 3) + disc(178, 116, 5, STEEL))
    base = hood + _sleeves(ink, _LONG_SLEEVE) + cuffs + body + creases
    if kind == "zip":
        zipper = (
            rect(193, 118, 14, 232, ink.deep, 3)
            + line("M200 122 V346", "#d9dde2", 5, stroke_dasharray="4 3")
            + rect(194, 150, 12, 24, STEEL, 4)
        )
        return (
            base
            + both(path("M130 244 L176 236 V310 L126 312z", ink.dark, o=0.6) + stitch("M132 246 L126 308", ink.pale))
            + rim
            + zipper
            + cords
        )
    pocket = path("M152 240 H248 L272 290 V312 H128 V290z", ink.dark, o=0.75) + both(
        stitch("M156 246 L134 290 V308", ink.pale, 2, 0.6)
    )
    return base + pocket + rim + cords


@drawing(floor=None)
def jacket(ink: Ink, kind: str) -> str:
    rib = ink.deep
    cuffs = both(turn(11, rect(42, 276, 50, 32, rib, 7), 66, 290))
    sleeves = (
        _sleeves(ink, _LONG_SLEEVE)
        + both(turn(-68, rect(64, 182, 34, 22, ink.dark, 4) + rect(68, 190, 26, 5, STEEL, 2), 80, 190))
        + cuffs
    )
    body = path(
        "M150 72 Q128 78 112 90 L118 190 L104 316 Q200 332 296 316 L282 190 L288 90 Q272 78 250 72 Q200 112 150 72z", MAIN
    )
    hem = path("M106 312 Q200 328 294 312 L286 346 Q200 360 114 346z", rib) + "".join(
        line(f"M{122 + 9 * n} 324 v20", ink.base, 2, 0.5) for n in range(18)
    )
    collar = path("M150 76 Q148 56 160 48 Q200 40 240 48 Q252 56 250 76 Q200 112 150 76z", rib) + path(
        "M164 68 Q200 56 236 68 Q200 96 164 68z", ink.accent
    )
    zipper = line("M200 104 V350", "#e1e5e9", 7, stroke_dasharray="4 3") + rect(194, 120, 12, 26, GOLD, 4)
    pockets = both(line("M136 252 L160 288", ink.deep, 8) + line("M138 252 L160 286", STEEL, 3))
    puffs = both(
        fold("M128 120 Q150 128 180 122", ink, 4, 0.25)
        + fold("M126 210 Q150 224 180 218", ink, 4, 0.25)
        + shine("M130 100 Q124 160 128 200", 6, 0.25)
    )
    return sleeves + body + puffs + hem + collar + zipper + pockets


@drawing(floor=None)
def coat(ink: Ink, kind: str) -> str:
    sleeve = "M122 76 C88 90 78 118 50 258 Q68 272 96 272 C106 230 116 200 128 170z"
    body = "M150 62 Q126 70 112 82 L122 180 L100 356 Q200 372 300 356 L278 180 L288 82 Q274 70 250 62 Q200 96 150 62z"
    neck = _neck(ink, "M150 62 Q200 50 250 62 L200 150z")
    base = _sleeves(ink, sleeve, "M124 96 Q114 140 104 180") + path(body, MAIN)
    if kind == "puffer":
        quilts = "".join(
            fold(f"M92 {112 + 34 * n} Q200 {128 + 34 * n} 308 {112 + 34 * n}", ink, 5, 0.4)
            + line(f"M92 {119 + 34 * n} Q200 {135 + 34 * n} 308 {119 + 34 * n}", "#ffffff", 5, 0.18)
            for n in range(8)
        )
        arms = both(
            inside(
                sleeve,
                "".join(fold(f"M40 {110 + 32 * n} Q90 {130 + 32 * n} 130 {104 + 32 * n}", ink, 5, 0.4) for n in range(5)),
                "b",
            )
        )
        hood = path("M140 92 C122 44 160 22 200 22 S278 44 260 92 Q200 128 140 92z", ink.dark) + path(
            "M162 88 C152 58 174 44 200 44 S248 58 238 88 Q200 112 162 88z", ink.deep
        )
        zipper = (
            rect(190, 100, 20, 266, ink.dark, 4)
            + line("M200 112 V360", "#e1e5e9", 4, stroke_dasharray="4 3")
            + rect(195, 126, 10, 20, STEEL, 3)
        )
        return (
            hood
            + base
            + arms
            + inside(body, quilts)
            + zipper
            + both(path("M132 262 l44 -8 v12 l-44 8z", ink.deep, o=0.6))
            + path("M144 88 Q200 128 256 88 L262 104 Q200 146 138 104z", ink.light)
        )
    if kind == "trench":
        lapels = both(
            path("M152 58 L136 74 L150 96 L140 112 L198 172 L200 108z", ink.light)
            + fold("M150 96 L164 104 M140 112 L198 172", ink, 3, 0.5)
        )
        collar = both(path("M154 50 Q178 44 200 82 L170 112 L140 78z", ink.dark))
        buttons = "".join(
            disc(x, y, 6, "#5a3b28") + disc(x - 1.5, y - 1.5, 2, "#c49a78") for x in (172, 228) for y in (182, 236, 276)
        )
        belt = path("M122 196 Q200 210 278 196 L280 216 Q200 230 120 216z", ink.dark) + rect(
            184, 196, 32, 30, "none", 4, stroke="#5a3b28", stroke_width=5
        )
        belt += path("M214 214 l46 56 l-16 10 l-40 -58z", ink.dark)
        flaps = both(
            path("M128 250 l44 8 l-4 16 l-44 -8z", ink.dark, o=0.7)
            + path("M120 92 l22 -4 l4 14 l-26 6z", ink.dark)
            + turn(12, rect(50, 238, 52, 12, ink.dark, 4), 74, 246)
        )
        return neck + base + fold("M204 160 L210 362", ink, 4, 0.5) + flaps + lapels + collar + buttons + belt
    if kind == "robe":
        waffle = "".join(line(f"M96 {70 + 12 * n} H304 M{100 + 12 * n} 60 V366", ink.deep, 1.5, 0.13) for n in range(25))
        shawl = both(
            path("M148 50 Q130 62 138 84 L186 212 L204 200 Q186 130 200 96 Q170 80 166 52z", ink.light)
            + fold("M138 84 L186 212", ink, 3, 0.35)
        )
        belt = (
            path("M120 204 Q200 218 280 204 L282 228 Q200 242 118 228z", ink.dark)
            + path("M198 226 l-20 86 l18 4 l16 -86z M206 226 l22 80 l17 -5 l-22 -80z", ink.dark)
            + oval(206, 222, 15, 13, ink.base)
        )
        return (
            neck
            + base
            + inside(body, waffle)
            + fold("M206 210 L214 364", ink, 4, 0.4)
            + both(rect(122, 254, 54, 58, ink.light, 8, o=0.8) + stitch("M124 268 h50", ink.deep))
            + shawl
            + belt
            + both(turn(11, rect(50, 240, 52, 30, ink.light, 8), 74, 256))
        )
    fur = "".join(
        disc(200 + 62 * x, 74 + 44 * y, 15, c)
        for x, y, c in (
            (-1, 0.4, "#c9a77e"),
            (-0.98, 0, "#b8946a"),
            (-0.86, -0.5, "#d3b48c"),
            (-0.62, -0.85, "#b8946a"),
            (-0.3, -1.08, "#cfae85"),
            (0, -1.15, "#b8946a"),
            (0.3, -1.08, "#d3b48c"),
            (0.62, -0.85, "#b8946a"),
            (0.86, -0.5, "#c9a77e"),
            (0.98, 0, "#d3b48c"),
            (1, 0.4, "#b8946a"),
        )
    )
    hood = path("M140 100 C124 52 160 30 200 30 S276 52 260 100 Q200 134 140 100z", ink.dark) + path(
        "M158 94 C150 60 172 46 200 46 S250 60 242 94 Q200 120 158 94z", ink.deep
    )
    front = rect(188, 104, 26, 262, ink.dark, 4) + _buttons(ink, 132, 344, 6, 201, 5, "#d7b06a")
    pockets = both(
        rect(122, 262, 58, 62, ink.dark, 8, o=0.7)
        + path("M120 258 h62 v18 l-31 8 l-31 -8z", ink.light)
        + disc(151, 274, 4, "#d7b06a")
        + path("M134 148 h44 v16 l-22 7 l-22 -7z", ink.dark)
    )
    waist = stitch("M120 226 Q200 240 280 226", ink.pale, 3, 0.6)
    return (
        hood
        + base
        + pockets
        + front
        + waist
        + fur
        + both(turn(12, rect(48, 246, 52, 20, ink.dark, 6), 74, 256))
        + both(shine("M126 96 Q120 130 122 160", 5, 0.25))
    )


@drawing(floor=None)
def skirt(ink: Ink, kind: str) -> str:
    outline = "M146 62 H254 L320 324 Q200 362 80 324z"
    pleats = "".join(
        path(f"M{146 + 13.5 * n} 84 L{84 + 29.5 * n} 352 h14 L{153 + 13.5 * n} 84z", ink.deep, o=0.28)
        + line(f"M{152 + 13.5 * n} 84 L{98 + 29.5 * n} 352", "#ffffff", 2, 0.25)
        for n in range(8)
    )
    band = rect(142, 50, 116, 34, ink.dark, 8) + "".join(line(f"M{152 + 8 * n} 56 v22", ink.deep, 2, 0.5) for n in range(13))
    return (
        path(outline, MAIN)
        + inside(outline, pleats)
        + band
        + shine("M140 120 Q122 200 106 280", 7, 0.25)
        + stitch("M84 318 Q200 354 316 318", ink.pale, 2, 0.5)
    )


@drawing(floor=None)
def trousers(ink: Ink, kind: str) -> str:
    if kind == "leggings":
        outline = (
            "M142 40 H258 C270 110 264 170 252 230 Q244 300 242 364 H212 Q210 240 "
            "200 150 Q190 240 188 364 H158 Q156 300 148 230 C136 170 130 110 142 40z"
        )
        panels = both(
            path("M142 60 C132 120 138 170 150 230 Q158 300 160 364 H170 Q164 280 158 220 Q146 140 158 60z", ink.accent, o=0.85)
        )
        band = path("M142 38 H258 L262 76 Q200 92 138 76z", ink.dark) + fold("M200 86 V150", ink, 3, 0.5)
        return (
            path(outline, MAIN)
            + inside(outline, panels)
            + band
            + shine("M172 110 Q168 180 174 250", 7, 0.3)
            + shine("M232 120 Q234 180 228 240", 5, 0.2)
            + line("M188 58 h24", ink.accent, 4)
        )
    outline = "M130 46 H270 L290 356 H216 L202 156 H198 L184 356 H110z"
    if kind == "chino":
        outline = "M132 46 H268 C280 150 278 250 268 356 H214 L202 156 H198 L186 356 H132 C122 250 120 150 132 46z"
    band = path("M129 42 H271 L272 68 Q200 78 128 68z", ink.dark) + "".join(
        rect(x, 38, 9, 34, ink.base, 2) for x in (146, 178, 214, 246)
    )
    fly = fold("M200 72 V150", ink, 3, 0.6) + line(
        "M204 74 Q226 110 202 138", ink.pale if kind == "chino" else "#e3ac58", 2, 0.7, stroke_dasharray="4 4"
    )
    pockets = both(
        line("M134 84 Q160 88 168 76", ink.deep, 4, 0.6)
        + line("M134 92 Q164 96 174 78", "#e3ac58" if kind == "jeans" else ink.pale, 2, 0.8, stroke_dasharray="4 4")
    )
    button = disc(200, 56, 7, GOLD if kind == "jeans" else "#8a5a3b")
    if kind == "chino":
        crease = both(fold("M158 110 Q154 230 158 352", ink, 4, 0.3) + rect(130, 340, 56, 16, ink.dark, 4, o=0.7))
        return path(outline, MAIN) + crease + band + fly + pockets + button + shine("M144 110 Q136 200 142 300", 6, 0.25)
    wash = both(
        oval(152, 190, 17, 76, "#ffffff", o=0.16)
        + oval(150, 200, 9, 50, "#ffffff", o=0.14)
        + fold("M168 120 L196 138 M170 136 L194 146", ink, 3, 0.3)
    )
    seams = both(
        line("M120 348 L137 100", "#e3ac58", 2, 0.6, stroke_dasharray="4 4")
        + path("M111 340 H185 L184 358 H110z", ink.light)
        + line("M112 339 H184", "#e3ac58", 2, 0.7, stroke_dasharray="4 4")
    )
    return path(outline, MAIN) + wash + seams + band + fly + pockets + button + both(disc(136, 88, 3, "#e3ac58"))


@drawing(floor=None)
def shorts(ink: Ink, kind: str) -> str:
    outline = "M118 84 H282 L318 304 Q264 322 212 310 L202 190 H198 L188 310 Q136 322 82 304z"
    if kind == "swim":
        print_ = "".join(
            turn(a + spread, oval(x, y - 20, 5, 20, ink.pale, o=0.85), x, y)
            for spread in (-64, -32, 0, 32, 64)
            for x, y, a in (
                (130, 160, -20),
                (174, 130, 40),
                (240, 150, 10),
                (286, 200, -30),
                (118, 240, 30),
                (166, 230, -40),
                (236, 240, 50),
                (280, 280, 0),
                (146, 300, 10),
                (226, 300, -10),
            )
        )
        band = path("M116 78 H284 L288 112 Q200 122 112 112z", ink.accent) + "".join(
            line(f"M{126 + 10 * n} 86 v22", "#000000", 2, 0.15) for n in range(16)
        )
        cords = line("M196 108 Q176 136 182 164 M204 108 Q226 130 220 168", "#ffffff", 6) + disc(200, 106, 6, "#ffffff")
        return (
            path(outline, MAIN)
            + inside(outline, print_)
            + fold("M200 120 V196", ink, 4, 0.4)
            + band
            + cords
            + both(fold("M132 118 L112 176", ink, 4, 0.5))
        )
    band = (
        path("M116 78 H284 L288 106 Q200 116 112 106z", ink.dark)
        + "".join(rect(x, 74, 10, 38, ink.base, 2) for x in (138, 176, 216, 254))
        + disc(200, 92, 7, "#8a5a3b")
    )
    cargo = both(
        rect(88, 206, 62, 68, ink.light, 8)
        + path("M84 200 h70 v20 l-35 8 l-35 -8z", ink.dark)
        + disc(119, 218, 4, "#d8c59a")
        + fold("M119 228 v44", ink, 3, 0.35)
    )
    pockets = both(line("M124 116 Q156 124 164 110", ink.deep, 4, 0.6))
    return (
        path(outline, MAIN)
        + cargo
        + pockets
        + fold("M200 112 V196", ink, 4, 0.5)
        + band
        + both(stitch("M86 294 Q136 312 188 300", ink.pale, 2, 0.7))
    )


@drawing(floor=None)
def swimsuit(ink: Ink, kind: str) -> str:
    if kind == "bikini":
        cup = (
            path("M196 158 C180 112 150 96 138 88 C124 110 104 140 104 158 Q150 176 196 158z", MAIN)
            + line("M138 90 C150 60 176 46 196 40", ink.dark, 6)
            + line("M106 156 Q80 160 62 150", ink.dark, 6)
        )
        brief = "M84 236 Q200 262 316 236 L312 262 C270 276 236 308 222 338 Q200 348 178 338 C164 308 130 276 88 262z"
        ties = both(line("M86 248 Q58 232 50 252 T86 254 M84 254 Q58 280 54 304", ink.dark, 6))
        cups = (
            "M196 158 C180 112 150 96 138 88 C124 110 104 140 104 158 Q150 176 196 158z "
            "M204 158 C220 112 250 96 262 88 C276 110 296 140 296 158 Q250 176 204 158z"
        )
        return (
            ties
            + both(cup)
            + path(brief, MAIN)
            + inside(cups + brief, spots(84, 90, 232, 260, 22, 4.5, ink.pale, 0.9))
            + both(fold("M108 152 Q150 168 194 152", ink, 3, 0.4))
            + oval(200, 156, 12, 9, ink.accent)
            + fold("M86 246 Q200 272 314 246", ink, 3, 0.35)
        )
    outline = (
        "M146 40 L160 40 Q158 96 200 "
        "120 Q242 96 240 40 L254 40 Q256 "
        "96 272 122 C256 170 256 190 282 "
        "250 C250 262 226 300 218 348 "
        "Q200 356 182 348 C174 300 150 262 118 250 C144 190 144 170 128 122 Q144 96 146 40z"
    )
    back = path("M146 40 Q150 110 200 150 Q250 110 254 40 L240 40 Q236 90 200 116 Q164 90 160 40z", ink.deep)
    side = both(path("M128 122 C144 170 144 190 118 250 L134 254 C160 200 160 160 142 104z", ink.accent, o=0.9))
    ruching = "".join(fold(f"M150 {180 + 13 * n} Q200 {188 + 13 * n} 250 {180 + 13 * n}", ink, 3, 0.22) for n in range(5))
    return (
        back
        + path(outline, MAIN)
        + inside(outline, side + ruching)
        + both(line("M182 346 C174 300 150 262 120 251", ink.light, 4))
        + shine("M168 124 Q166 160 168 190", 6, 0.3)
        + line("M160 42 Q158 96 200 120 Q242 96 240 42", ink.light, 4)
    )


@drawing(floor=None)
def bodysuit(ink: Ink, kind: str) -> str:
    outline = (
        "M146 70 Q118 84 90 112 Q76 132 66 "
        "160 Q88 182 112 180 L122 158 L116 "
        "250 C140 262 158 290 166 328 Q200 "
        "344 234 328 C242 290 260 262 284 250 "
        "L278 158 L288 180 Q312 182 334 160 Q324 132 310 112 Q282 84 254 70 Q200 112 146 70z"
    )
    neck = (
        path("M146 70 Q200 56 254 70 Q200 112 146 70z", ink.deep)
        + line("M144 72 Q200 118 256 72", ink.accent, 9)
        + both(line("M150 70 Q128 88 118 108", ink.accent, 6))
    )
    trims = both(line("M68 160 Q90 180 112 179", ink.accent, 8) + line("M118 251 C140 262 158 290 166 328", ink.accent, 8))
    snaps = line("M166 326 Q200 342 234 326", ink.dark, 12) + "".join(
        disc(x, y, 5, "#fbf8f1", stroke=ink.deep, stroke_width=1) for x, y in ((176, 330), (200, 334), (224, 330))
    )
    star = "M0 -13 L4 -4 L13 -3 L6 4 L8 13 L0 8 L-8 13 L-6 4 L-13 -3 L-4 -4z"
    bear = (
        both(disc(174, 166, 14, "#b5835a") + disc(174, 166, 7, "#e6bb94"))
        + disc(200, 190, 36, "#c4936a")
        + oval(200, 203, 17, 13, "#f0d5b4")
        + both(disc(187, 186, 4, "#3a2a22") + disc(178, 198, 5, "#ef9a8c", o=0.7))
        + oval(200, 198, 6, 4, "#3a2a22")
    )
    stars = "".join(
        f'<g transform="translate({x} {y}) scale(.7)">{path(star, ink.pale, o=0.9)}</g>'
        for x, y in ((140, 130), (260, 130), (140, 232), (262, 230), (200, 258), (104, 146), (296, 146), (178, 290), (222, 290))
    )
    return path(outline, MAIN) + stars + neck + trims + snaps + bear + shine("M136 110 Q132 150 134 190", 6, 0.35)
