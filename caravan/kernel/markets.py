"""Market facts: every ISO 3166 country with its currency, languages, time zones and place on the globe.

Nothing is kept here by hand that a maintained source knows: codes, zones and coordinates are the tz database's
(`iso3166.tab`, `zone.tab` in the `tzdata` package, public domain), currencies, languages and names are the CLDR's (Babel).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Literal

from babel import Locale
from babel.languages import get_official_languages, get_territory_language_info
from babel.numbers import get_territory_currencies

Hemisphere = Literal["north", "south"]

# Where most people of a country with several zones live; elsewhere the first zone the tz database lists.
_MAIN_ZONE = {
    "AR": "America/Argentina/Buenos_Aires", "AU": "Australia/Sydney", "BR": "America/Sao_Paulo", "CA": "America/Toronto",
    "CD": "Africa/Kinshasa", "CL": "America/Santiago", "CN": "Asia/Shanghai", "ES": "Europe/Madrid", "ID": "Asia/Jakarta",
    "KZ": "Asia/Almaty", "MX": "America/Mexico_City", "MN": "Asia/Ulaanbaatar", "NZ": "Pacific/Auckland", "PT": "Europe/Lisbon",
    "RU": "Europe/Moscow", "UA": "Europe/Kyiv", "US": "America/New_York", "UZ": "Asia/Tashkent",
}  # fmt: skip

# The languages Caravan speaks itself, by the tag that stands in addresses, with the locale that formats them.
LANGUAGES: Mapping[str, str] = MappingProxyType({"en": "en", "ru": "ru", "es": "es", "pt": "pt_BR"})


@dataclass(frozen=True, slots=True)
class Country:
    """`code` is ISO 3166 alpha-2, `currency` ISO 4217 legal tender now, `languages` most spoken first, coordinates in degrees."""

    code: str
    currency: str
    languages: tuple[str, ...]
    zones: tuple[str, ...]
    latitude: float
    longitude: float

    @property
    def hemisphere(self) -> Hemisphere:
        return "south" if self.latitude < 0 else "north"

    @property
    def zone(self) -> str:
        """The zone a seller or shopper of this country most likely lives in."""
        return self.zones[0]

    def name(self, language: str = "en") -> str:
        """The country's name in `language` (one of LANGUAGES), from the CLDR."""
        return _name(self.code, language)

    def distance_km(self, other: Country) -> float:
        """Great-circle distance between the main cities (haversine formula, mean Earth radius 6,371 km)."""
        a, b = math.radians(self.latitude), math.radians(other.latitude)
        half = math.radians(other.longitude - self.longitude) / 2
        h = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(half) ** 2
        return 2 * 6371.0 * math.asin(math.sqrt(h))


@cache
def _territories(locale: str) -> Mapping[str, str]:
    territories: Mapping[str, str] = Locale.parse(locale).territories
    return territories


@dataclass(frozen=True, slots=True)
class Market:
    """Whom a page is for: a country, and the language and currency it is shown in."""

    country: Country
    language: str
    currency: str

    @property
    def code(self) -> str:
        return self.country.code

    @property
    def prefix(self) -> str:
        """What addresses begin with: "pt-br", "ru-kz"."""
        return f"{self.language}-{self.country.code.lower()}"

    @property
    def locale(self) -> str:
        """The CLDR locale for formats."""
        return LANGUAGES[self.language]

    @property
    def hemisphere(self) -> Hemisphere:
        return self.country.hemisphere


@cache
def _name(code: str, language: str) -> str:
    return str(_territories(LANGUAGES[language]).get(code, code))


def country(code: str) -> Country:
    """The country of that alpha-2 code. Raises KeyError."""
    return countries()[code]


def market(code: str, language: str | None = None, currency: str | None = None) -> Market:
    """The market of a country, by default in its currency and the first of its languages that Caravan speaks, else English."""
    place = country(code)
    spoken = next((tag for tag in place.languages if tag in LANGUAGES), "en")
    return Market(place, language or spoken, currency or place.currency)


@cache
def countries() -> Mapping[str, Country]:
    """Every ISO 3166 country that has a time zone and legal tender, by code."""
    zones = _zones()
    built = {code: _build(code, zones[code]) for code in _codes() if code in zones}
    return MappingProxyType({code: place for code, place in built.items() if place.currency})


def _codes() -> Iterator[str]:
    for line in _tzdata("iso3166.tab"):
        yield line.split("\t")[0]


def _zones() -> dict[str, list[tuple[str, float, float]]]:
    found: dict[str, list[tuple[str, float, float]]] = {}
    for line in _tzdata("zone.tab"):
        code, coordinates, zone = line.split("\t")[:3]
        latitude, longitude = (_degrees(part) for part in re.findall(r"[+-]\d+", coordinates))
        found.setdefault(code, []).append((zone, latitude, longitude))
    return found


def _tzdata(name: str) -> list[str]:
    text = files("tzdata").joinpath("zoneinfo", name).read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def _degrees(text: str) -> float:
    """±DDMM, ±DDDMM, ±DDMMSS or ±DDDMMSS (ISO 6709) in degrees."""
    sign, digits = (-1 if text[0] == "-" else 1), text[1:]
    width = 2 if len(digits) in (4, 6) else 3
    minutes, seconds = int(digits[width : width + 2]), int(digits[width + 2 :] or 0)
    return sign * (int(digits[:width]) + minutes / 60 + seconds / 3600)


def _build(code: str, zones: list[tuple[str, float, float]]) -> Country:
    main = _MAIN_ZONE.get(code)
    zones = sorted(zones, key=lambda z: z[0] != main)
    tender = get_territory_currencies(code, datetime.now(UTC).date(), tender=True)
    return Country(code, tender[0] if tender else "", _languages(code), tuple(z[0] for z in zones), zones[0][1], zones[0][2])


def _languages(code: str) -> tuple[str, ...]:
    official = get_official_languages(code, regional=True, de_facto=True)
    info = get_territory_language_info(code)
    share = {tag: float(facts["population_percent"] or 0) for tag, facts in info.items()}
    spoken = [tag for tag, percent in share.items() if percent >= 10]
    ranked = sorted({*official, *spoken}, key=lambda tag: (tag not in official[:2], -share.get(tag, 0.0), tag))
    return tuple(dict.fromkeys(tag.split("_")[0] for tag in ranked))
