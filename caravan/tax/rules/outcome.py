"""What is said of a consignment's duty and tax: amounts by line and by who asks for them, each with the steps behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from caravan.kernel.money import Money
from caravan.tax.rules.tables import Collector, Source

UnknownCode = Literal[
    "country", "limit", "region", "hs_code", "origin", "heading", "program", "rate_class", "weight", "exchange", "regime"
]
StepCode = Literal[
    "domestic", "free", "heading", "percent", "deduction", "excess", "per_kg", "tariff", "extra",
    "on_top", "at_most", "inside", "included", "untaxed",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Unknown:
    """Something that may cost and is not known. `about` is the heading, region, program or country it is about."""

    code: UnknownCode
    about: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the explanation: `rate` per cent of `base` is `amount`. `about` is the heading, region or program."""

    part: Literal["duty", "vat"]
    code: StepCode
    base: Money
    rate: str
    amount: Money
    source: Source | None
    about: str = ""


@dataclass(frozen=True, slots=True)
class LandedLine:
    """What falls on a line, or on the shipping; `collected` is what the platform adds to its price."""

    duty: Money
    vat: Money
    collected: Money


@dataclass(frozen=True, slots=True)
class Landed:
    """What comes on top of goods and shipping. `collected` is asked for by the platform, `on_arrival` by whoever delivers.

    `contained` is tax that is in the price already. With `estimate` the region was not known and the highest rate taken.
    Not `complete`: taxes of `unknown` kind may be charged on arrival.
    """

    regime: str
    note: str
    lines: tuple[LandedLine, ...]
    shipping: LandedLine
    duty: Money
    vat: Money
    contained: Money
    collected: Money
    on_arrival: Money
    duty_by: Collector
    vat_by: Collector
    steps: tuple[Step, ...]
    unknown: tuple[Unknown, ...]
    estimate: bool
    tables_of: date

    @property
    def complete(self) -> bool:
        return not self.unknown

    @property
    def collected_by(self) -> Collector:
        """Who asks for what there is: the platform if it asks for anything."""
        if self.collected:
            return "platform"
        return "carrier" if self.on_arrival else "nobody"
