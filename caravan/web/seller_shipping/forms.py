"""What a seller types about shipping, kept as typed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.http import QueryDict
from django.utils.translation import gettext as _

from caravan.kernel.errors import Invalid
from caravan.kernel.markets import countries
from caravan.kernel.money import Money
from caravan.shipping.queries import ZoneRow, platform_zones, zones_of
from caravan.shipping.rules import Piece, RefusedRow, Service, Size, TariffRow
from caravan.shipping.rules.sheet import COLUMNS
from caravan.shipping.rules.zones import DISTANCES
from caravan.stores.queries import StoreRow
from caravan.web.delivery import service_name, zone_name

BLANK_ROWS, MOST_ROWS = 5, 400


@dataclass(frozen=True, slots=True)
class ReachForm:
    """Where the store ships to, how soon, by what, and what it promises."""

    everywhere: bool
    ships_to: tuple[str, ...]
    handling_days: str
    services: tuple[str, ...]
    on_time_percent: str
    errors: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def typed(cls, posted: QueryDict) -> ReachForm:
        return cls(
            posted.get("reach") != "chosen",
            tuple(posted.getlist("ships_to")),
            str(posted.get("handling_days", "")).strip(),
            tuple(posted.getlist("services")),
            str(posted.get("on_time_percent", "")).strip(),
        )

    @property
    def destinations(self) -> tuple[str, ...]:
        # Nothing ticked under "only these" would mean everywhere: an unknown code is refused by the rules instead.
        return () if self.everywhere else self.ships_to or ("",)


@dataclass(frozen=True, slots=True)
class Preview:
    """What a buyer would be asked for: a country, a weight, sides and the worth of the items, as typed."""

    to: str
    kilograms: str = "1.2"
    items: str = ""
    sides: str = ""

    @classmethod
    def asked(cls, params: Mapping[str, str], default: str) -> Preview:
        to = params.get("to", default)
        return cls(
            to if to in countries() else default,
            params.get("kg", "1.2")[:8],
            params.get("items", "")[:12],
            params.get("sides", "")[:24],
        )

    def piece(self) -> Piece:
        """Raises Invalid for what is no weight or no three sides."""
        try:
            grams = round(float(self.kilograms.replace(",", ".")) * 1000)
            sides = [
                round(float(side.replace(",", ".")) * 10)
                for side in self.sides.lower().replace("×", "x").split("x")
                if side.strip()
            ]
        except (ValueError, OverflowError) as e:
            raise Invalid("shipping.preview", _("Write a weight like 1.2 and sides like 30 x 20 x 10.")) from e
        if not 0 < grams <= 1_000_000 or len(sides) not in (0, 3) or not all(0 < side <= 20_000 for side in sides):
            raise Invalid("shipping.preview", _("Write a weight like 1.2 and sides like 30 x 20 x 10."))
        return Piece(grams, 1, (sides[0], sides[1], sides[2]) if sides else (0, 0, 0))

    def worth(self, currency: str) -> Money:
        return amount(self.items or "0", currency)


def amount(text: str, currency: str) -> Money:
    """An amount of the store's currency as a seller writes it. Raises Invalid."""
    return Money.parse(f"{text.replace(' ', '').replace(',', '.')} {currency}")


def day_typed(text: str, default: date) -> date:
    """A day as a date field sends it. Raises Invalid."""
    try:
        return date.fromisoformat(text) if text else default
    except ValueError as e:
        wrong = _("Write the day like 2026-12-31.")
        raise Invalid("shipping.day", wrong, effective_from=wrong, ends_on=wrong) from e


def rows_typed(posted: Mapping[str, str]) -> list[tuple[int, dict[str, str]]]:
    """The rows of the editor that say anything, each with its number."""
    wanted = posted.get("rows", "")
    count = min(int(wanted), MOST_ROWS) if wanted.isdecimal() and len(wanted) < 5 else 0
    rows = ((n, {name: str(posted.get(f"{n}-{name}", "")).strip() for name in COLUMNS}) for n in range(1, count + 1))
    # A row is there when it has a weight or a price: the rest are choices that stand in blank rows, too.
    return [(n, cells) for n, cells in rows if (cells["most_grams"] or cells["cost"]) and f"{n}-remove" not in posted]


def cells_of(rows: Iterable[TariffRow], currency: str) -> list[dict[str, str]]:
    """A table as the editor shows it."""
    return [
        {
            "zone": row.zone, "service": row.service, "size": row.size, "most_grams": str(row.most_grams),
            "cost": Money(row.cost_minor, currency).amount, "days_min": str(row.days_min), "days_max": str(row.days_max),
        }
        for row in rows
    ]  # fmt: skip


def blank(zone: str = "domestic") -> dict[str, str]:
    return {**dict.fromkeys(COLUMNS, ""), "zone": zone, "service": "standard", "size": "parcel"}


def zone_options(store: StoreRow) -> list[tuple[str, str]]:
    sets: Sequence[ZoneRow] = [*zones_of(store.id), *platform_zones()]
    return [*((code, zone_name(code)) for code in DISTANCES), *((zone.code, zone.name) for zone in sets)]


def service_options() -> list[tuple[str, str]]:
    return [(service.value, service_name(service)) for service in Service]


def size_options() -> list[tuple[str, str]]:
    words = {Size.PACKET: _("Small packet"), Size.PARCEL: _("Parcel"), Size.BULKY: _("Bulky")}
    return [(size.value, words[size]) for size in Size]


def refusal_text(row: RefusedRow) -> str:
    """What is wrong with a row, and what to write."""
    about = {"about": row.about}
    return {
        "zone": _("“%(about)s” is no zone. Use domestic, regional, worldwide or the code of a zone.") % about,
        "service": _("“%(about)s” is no service. Use economy, standard or express.") % about,
        "size": _("“%(about)s” is no size. Use packet, parcel or bulky.") % about,
        "grams": _("“%(about)s” is no weight in grams, from 1 to 1,000,000.") % about,
        "cost": _("“%(about)s” is no price in your currency.") % about,
        "days": _("%(about)s: the first day comes before the last, and the last is 1 to 120.") % about,
        "twice": _("This zone, service, size and weight (%(about)s g) stands twice.") % about,
    }[row.code]
