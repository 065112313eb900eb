"""From which amount on a parcel costs its buyer nothing, and who pays for it then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from caravan.kernel.money import Money
from caravan.kernel.rates import RateTable

Payer = Literal["store", "platform"]


@dataclass(frozen=True, slots=True)
class FreeRule:
    """Items of `least` or more travel free. `zone` and `service` empty: any; in force `starts_on` to `ends_on`, inclusive."""

    least: Money
    payer: Payer
    starts_on: date
    ends_on: date | None = None
    zone: str = ""
    service: str = ""

    def applies(self, zones: Sequence[str], service: str, day: date) -> bool:
        """Whether it is about such a parcel on that day, whatever the parcel is worth."""
        return (
            self.starts_on <= day
            and (self.ends_on is None or day <= self.ends_on)
            and self.zone in ("", *zones)
            and self.service in ("", service)
        )


def earned(rules: Sequence[FreeRule], items: Money, rates: RateTable) -> FreeRule | None:
    """The rule that makes a parcel of `items` free; where a store's and the platform's both do, the store pays."""
    reached = [rule for rule in rules if rates.convert(rule.least, items.currency) <= items]
    return next((rule for rule in reached if rule.payer == "store"), next(iter(reached), None))


def missing(rules: Sequence[FreeRule], items: Money, rates: RateTable) -> Money | None:
    """How much more would make it free, by the nearest rule; None where none is about it, or one is reached."""
    gaps = [rates.convert(rule.least, items.currency) - items for rule in rules]
    return None if not gaps or min(gaps).minor <= 0 else min(gaps)
