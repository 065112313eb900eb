"""The tables: rows with the day each is in force from, the day it is no longer, and where it stands written.

Three kinds of rows, each with its own file. A regime says how consignments up to a limit are treated, a VAT rate what the tax
is in a country or its region for a class of goods, a duty rate what a heading of the tariff costs. A row replaces the one
before it under the same key from its first day on; nothing is ever taken back for the days before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, TypeVar

from caravan.kernel.money import Money
from caravan.tax.rules.unions import union_of

Collector = Literal["platform", "carrier", "nobody"]
DutyMethod = Literal["none", "per_heading", "percent", "excess", "tariff", "unknown"]
VatMethod = Literal["none", "on_top", "inside", "included", "unknown"]
Base = Literal["goods", "goods_shipping", "goods_duty", "all"]  # all: goods, shipping and duty
LimitOn = Literal["goods", "goods_shipping", "item"]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a row stands written, for everyone to check."""

    url: str
    title: str


@dataclass(frozen=True, slots=True)
class Regime:
    """How a consignment is treated whose worth is at most `limit` (None: any).

    `country` may be a union; `sends` is "domestic", "union", "abroad" or ISO codes of sending countries with spaces between.
    `duty_amount` is what one heading costs (per_heading), what is taken off (percent), or what is free (excess).
    """

    country: str
    sends: str
    code: str
    limit: Money | None
    limit_on: LimitOn
    duty: DutyMethod
    duty_rate: Decimal
    duty_amount: Money | None
    duty_per_kg: Money | None
    duty_on: Base
    duty_by: Collector
    vat: VatMethod
    vat_on: Base
    vat_by: Collector
    note: str
    effective_from: date
    effective_until: date | None
    source: Source

    @property
    def key(self) -> tuple[str, ...]:
        return ("regimes", self.country, self.sends, self.code)


@dataclass(frozen=True, slots=True)
class VatRate:
    """Per cent of tax in a country (or its region) on a class of goods; None: there is one, and we do not know it."""

    country: str
    region: str
    rate_class: str
    rate: Decimal | None
    effective_from: date
    effective_until: date | None
    source: Source

    @property
    def key(self) -> tuple[str, ...]:
        return ("vat", self.country, self.region, self.rate_class)


@dataclass(frozen=True, slots=True)
class DutyRate:
    """Per cent of duty on goods whose code begins with `heading` ("": all), made in `origin` ("": anywhere).

    `program` names an additional duty that comes on top of the tariff's own, whose program is empty. A `rate` of None is a duty
    that exists and that we cannot say.
    """

    country: str
    origin: str
    heading: str
    program: str
    rate: Decimal | None
    effective_from: date
    effective_until: date | None
    source: Source

    @property
    def key(self) -> tuple[str, ...]:
        return ("duties", self.country, self.origin, self.heading, self.program)


Row = Regime | VatRate | DutyRate
R = TypeVar("R", Regime, VatRate, DutyRate)


@dataclass(frozen=True, slots=True)
class Tables:
    """What is in force on `day`. `regional` are the rates of `vat` that a region has of its own, by country."""

    day: date
    regimes: Mapping[tuple[str, str], tuple[Regime, ...]]
    vat: Mapping[tuple[str, str, str], VatRate]
    regional: Mapping[str, tuple[VatRate, ...]]
    duties: Mapping[str, tuple[DutyRate, ...]]

    def bands(self, origin: str, destination: str) -> tuple[Regime, ...]:
        """How goods sent from `origin` are treated in `destination`, the lowest limit first. The nearest rule wins."""
        union = union_of(destination)
        relation = "domestic" if origin == destination else "union" if union and union == union_of(origin) else "abroad"
        named = tuple(sends for _country, sends in self.regimes if origin in sends.split(" "))
        for country in (destination, union):
            for sends in (*named, relation):
                if found := self.regimes.get((country, sends)):
                    return found
        return ()

    def vat_rate(self, country: str, region: str | None, rate_class: str) -> VatRate | None:
        """The rate there; with `region` None, the highest of the country's. None where the table has none."""
        if region is None and (regional := self.regional.get(country)):
            fitting = [self._classed(country, r.region, rate_class) for r in regional]
            return max((r for r in fitting if r and r.rate is not None), key=lambda r: r.rate or 0, default=None)
        return self._classed(country, region or "", rate_class)

    def has_regions(self, country: str) -> bool:
        return country in self.regional

    def duty_rate(self, country: str, origin: str, hs_code: str) -> DutyRate | None:
        """The tariff's own rate: of that origin before any origin, then the longest heading."""
        found = [row for row in self._duties(country, origin, hs_code) if not row.program]
        return max(found, key=lambda row: (bool(row.origin), len(row.heading)), default=None)

    def extra_duties(self, country: str, origin: str, hs_code: str) -> tuple[DutyRate, ...]:
        """What comes on top, one rate a program."""
        best: dict[str, DutyRate] = {}
        for row in self._duties(country, origin, hs_code):
            held = best.get(row.program)
            if row.program and (held is None or _nearer(row) > _nearer(held)):
                best[row.program] = row
        return tuple(best[program] for program in sorted(best))

    def depends_on_origin(self, country: str) -> bool:
        """Whether some duty there is only on goods made in some country."""
        rows = (*self.duties.get(country, ()), *self.duties.get(union_of(country), ()))
        return any(row.origin for row in rows)

    def _classed(self, country: str, region: str, rate_class: str) -> VatRate | None:
        """The nearest row. Food has a rate of its own nearly everywhere, so the standard one never stands in for it."""
        classes = (rate_class,) if rate_class == "food" else (rate_class, "standard")
        place = region if self.has_regions(country) else ""
        return next((row for c in classes if (row := self.vat.get((country, place, c)))), None)

    def _duties(self, country: str, origin: str, hs_code: str) -> list[DutyRate]:
        rows = (*self.duties.get(country, ()), *self.duties.get(union_of(country), ()))
        return [row for row in rows if row.origin in ("", origin) and hs_code.startswith(row.heading)]


def _nearer(row: DutyRate) -> tuple[bool, int]:
    return bool(row.origin), len(row.heading)


def tables_on(day: date, rows: Iterable[Row]) -> Tables:
    """The tables of a day. `rows` in the order they were loaded: of two that begin on one day, the later loaded counts."""
    kept = in_force(day, rows)
    regimes: dict[tuple[str, str], list[Regime]] = {}
    duties: dict[str, list[DutyRate]] = {}
    vat: dict[tuple[str, str, str], VatRate] = {}
    regional: dict[str, list[VatRate]] = {}
    for row in kept:
        if isinstance(row, Regime):
            regimes.setdefault((row.country, row.sends), []).append(row)
        elif isinstance(row, VatRate):
            vat[row.country, row.region, row.rate_class] = row
            if row.region:
                regional.setdefault(row.country, []).append(row)
        else:
            duties.setdefault(row.country, []).append(row)
    return Tables(
        day=day,
        regimes={key: tuple(sorted(found, key=_by_limit)) for key, found in regimes.items()},
        vat=vat,
        regional={country: tuple(found) for country, found in regional.items()},
        duties={country: tuple(found) for country, found in duties.items()},
    )


def in_force(day: date, rows: Iterable[Row]) -> list[Row]:
    """Of each key the row that rules on `day`, if it has not ended."""
    newest: dict[tuple[str, ...], Row] = {}
    for row in rows:
        held = newest.get(row.key)
        if row.effective_from <= day and (held is None or row.effective_from >= held.effective_from):
            newest[row.key] = row
    return [row for row in newest.values() if row.effective_until is None or day < row.effective_until]


def _by_limit(regime: Regime) -> tuple[bool, int]:
    return regime.limit is None, regime.limit.minor if regime.limit else 0


def sources_of(rows: Sequence[Row]) -> list[Source]:
    """Each source once, in order of title."""
    return sorted({row.source for row in rows}, key=lambda source: (source.title, source.url))
