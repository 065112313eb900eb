"""Text to words, so that `1/2 in.`, `1/2 inch`, `½"` and `0.5in` are one thing."""

from __future__ import annotations

import re
from html import unescape
from unicodedata import normalize

_UNITS = {
    "in": "in inch inches pulgada pulgadas polegada polegadas дюйм дюйма дюймов",
    "ft": "ft foot feet pie pies pé pés фут фута футов",
    "yd": "yd yard yards yarda yardas jarda jardas",
    "mm": "mm millimeter millimeters millimetre millimetres milímetro milímetros мм",
    "cm": "cm centimeter centimeters centimetre centimetres centímetro centímetros см",
    "m": "m meter meters metre metres metro metros м метр метра метров",
    "g": "g gr gram grams gramo gramos grama gramas г гр грамм",
    "kg": "kg kilo kilos kilogram kilograms kilogramo kilogramos quilo quilos кг",
    "oz": "oz ounce ounces onza onzas onça onças",
    "lb": "lb lbs pound pounds libra libras",
    "ml": "ml milliliter milliliters mililitro mililitros мл",
    "l": "l liter liters litre litres litro litros л литр литра литров",
    "gal": "gal gallon gallons galón galones galão galões",
    "qt": "qt quart quarts",
    "pt": "pt pint pints",
    "sq": "sq square",
    "cu": "cu cubic",
    "volt": "v volt volts voltio voltios в вольт",
    "watt": "w watt watts vatio vatios вт ватт",
    "amp": "amp amps ampere amperes amperio amperios",
    "mah": "mah мач",
    "gb": "gb gigabyte gigabytes гб",
    "tb": "tb terabyte terabytes тб",
    "hz": "hz hertz гц",
    "ga": "ga gauge",
    "btu": "btu btus",
}
UNITS = {spelling: unit for unit, spellings in _UNITS.items() for spelling in spellings.split()}

# Words that carry no choice of product; a query of nothing else is searched as it stands.
_STOP = {
    "en": "a an and as at by for from in is of on or the to with x",
    "ru": "а без в во для до и из или к ко на не о от по под при с со у x х",
    "es": "a al con de del el en es la las los o para por sin su un una unos y x",
    "pt": "a ao as com da das de do dos e em é na nas no nos o os ou para por sem um uma x",
}
STOP_WORDS = {language: frozenset(stop.split()) for language, stop in _STOP.items()}

_VULGAR = {"½": " 1/2", "¼": " 1/4", "¾": " 3/4", "⅛": " 1/8", "⅜": " 3/8", "⅝": " 5/8", "⅞": " 7/8", "⅓": " 1/3", "⅔": " 2/3"}
_DIGIT = re.compile(r"[\d½¼¾⅛⅜⅝⅞⅓⅔]")
_INCHES = re.compile(r"(\d)\s*(?:''|\"|″|”)")
_FEET = re.compile(r"(\d)\s*['′](?![^\W\d_])")
_THOUSANDS = re.compile(r"(\d),(\d{3})\b")
_DECIMAL_COMMA = re.compile(r"(\d),(\d{1,2})\b")
_BARE_POINT = re.compile(r"(?<![\w.])\.(?=\d)")
_MIXED = re.compile(r"(?<![\w/.-])(\d{1,4})(?:\s*-\s*|\s+)(\d{1,3})/(\d{1,3})(?![\d/])")
_FRACTION = re.compile(r"(?<![\d/.])(\d{1,3})/(\d{1,3})(?![\d/])")
_GLUED = re.compile(r"(?<![^\W\d_])(\d+)([^\W\d_]+)\b")
_TIMES = re.compile(r"(?<=\d)(\s*(?:in|ft|cm|mm)?\.?)\s*[x×*х]\s*(?=[\d.])")
_WORD = re.compile(r"\d+\.\d+|[^\W_]+")


def words(text: str) -> list[str]:
    """The lower-case words of `text`, numbers in decimals, units by one name, sizes like 3x4 and 12v taken apart."""
    found: list[str] = []
    for word in _WORD.findall(_numbers(unescape(text))):
        after_number = bool(found) and found[-1][0].isdigit()
        if word[0].isdigit() and "." in word:
            word = _decimal(float(word))
        elif after_number and word in UNITS:
            word = UNITS[word]
        found.append(word)
    return found


def content(found: list[str], language: str) -> list[str]:
    """The words worth matching, each once, in order."""
    stop = STOP_WORDS.get(language, STOP_WORDS["en"])
    kept = [word for word in found if word not in stop]
    return list(dict.fromkeys(kept or found))


def _numbers(text: str) -> str:
    text = normalize("NFC", text).lower().replace("ё", "е").replace("’", "'")
    if not _DIGIT.search(text):
        return text.replace("'", "")
    for sign, fraction in _VULGAR.items():
        text = text.replace(sign, fraction)
    text = _INCHES.sub(r"\1 in ", text)
    text = _FEET.sub(r"\1 ft ", text).replace("'", "")
    text = _DECIMAL_COMMA.sub(r"\1.\2", _THOUSANDS.sub(r"\1\2", text))
    text = _BARE_POINT.sub("0.", _FRACTION.sub(_fraction, _MIXED.sub(_mixed, text)))
    return _GLUED.sub(_unglue, _TIMES.sub(r"\1 x ", text))


def _mixed(match: re.Match[str]) -> str:
    whole, top, bottom = (int(part) for part in match.groups())
    return _decimal(whole + top / bottom) if bottom else match[0]


def _fraction(match: re.Match[str]) -> str:
    top, bottom = int(match[1]), int(match[2])
    return _decimal(top / bottom) if bottom else match[0]


def _unglue(match: re.Match[str]) -> str:
    return f"{match[1]} {match[2]}" if match[2] in UNITS else match[0]


def _decimal(number: float) -> str:
    return f"{round(number, 3):g}"
