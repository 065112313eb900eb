"""A table of what a parcel costs and how long it takes, by zone, service, size class and weight."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from caravan.shipping.rules.services import SIZES, Service, Size


@dataclass(frozen=True, slots=True)
class TariffRow:
    """Up to `most_grams` (inclusive) and `size`: `cost_minor` of the table's currency, `days_min` to `days_max` on the way."""

    zone: str
    service: str
    size: str
    most_grams: int
    cost_minor: int
    days_min: int
    days_max: int


@dataclass(frozen=True, slots=True)
class Tariff:
    """A table in force from a day on, until the next of the same owner. `source` says where the platform has it from."""

    effective_from: date
    currency: str
    rows: tuple[TariffRow, ...]
    source: str = ""
    _lanes: dict[tuple[str, str], list[TariffRow]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for row in self.rows:
            self._lanes.setdefault((row.zone, row.service), []).append(row)

    def lane(self, zone: str, service: str) -> Sequence[TariffRow]:
        """The rows of a zone and service; none where the table says nothing of them."""
        return self._lanes.get((zone, service), ())


@dataclass(frozen=True, slots=True)
class Charge:
    """`parcels` that together cost `minor` of the table's currency."""

    minor: int
    parcels: int
    days_min: int
    days_max: int


def in_force(tariffs: Iterable[Tariff], day: date) -> Tariff | None:
    """The newest table that is in force on `day`."""
    return max((t for t in tariffs if t.effective_from <= day), key=lambda t: t.effective_from, default=None)


def charge(rows: Sequence[TariffRow], size: Size, grams: int, service: Service) -> Charge | None:
    """The cheapest of `rows` that carries it. What is heavier than all of them goes as several parcels, but never by economy.

    None where nothing carries it. A heavier parcel never costs less, whatever order the table stands in.
    """
    carrying = SIZES[SIZES.index(size) :]
    fitting = [row for row in rows if row.size in carrying]
    if not fitting:
        return None
    full, rest = divmod(grams, most) if grams > (most := max(row.most_grams for row in fitting)) else (0, grams)
    if full and service is Service.ECONOMY:
        return None
    parts = [_cheapest(fitting, most)] * full + [_cheapest(fitting, rest)] * bool(rest or not full)
    return Charge(
        sum(row.cost_minor for row in parts), len(parts), max(r.days_min for r in parts), max(r.days_max for r in parts)
    )


def _cheapest(rows: Sequence[TariffRow], grams: int) -> TariffRow:
    return min((row for row in rows if row.most_grams >= grams), key=lambda row: (row.cost_minor, row.days_max, row.most_grams))
