"""Shipping services as pages draw them: dates instead of days, words instead of codes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import ngettext

from caravan.kernel.money import Money
from caravan.shipping.rules import ShippingOption
from caravan.web.templating import day, kilograms, money
from caravan.web.wording import said as _


@dataclass(frozen=True, slots=True)
class ServiceView:
    """`full` is the price before free shipping, None where the buyer pays it; `figures` say why, for "explain"."""

    code: str
    name: str
    arrives_from: date
    arrives_until: date
    cost: Money
    full: Money | None
    figures: tuple[tuple[str, str], ...]

    @property
    def cost_text(self) -> str:
        return money(self.cost) if self.cost else _("free")

    @property
    def dates_text(self) -> str:
        return _("Arrives %(from)s to %(until)s") % {"from": day(self.arrives_from), "until": day(self.arrives_until)}


def service_views(options: Iterable[ShippingOption], at: datetime) -> list[ServiceView]:
    return [service_view(option, at) for option in options]


def service_view(option: ShippingOption, at: datetime) -> ServiceView:
    """One service for what is ordered at `at`."""
    return ServiceView(
        option.service,
        service_name(option.service),
        (at + timedelta(days=option.days_min)).date(),
        (at + timedelta(days=option.days_max)).date(),
        option.cost,
        option.full if option.free else None,
        tuple(_figures(option)),
    )


def service_name(code: str) -> str:
    """A service in the reader's language; empty for orders that name none."""
    return {"economy": _("Economy"), "standard": _("Standard"), "express": _("Express")}.get(code, code)


def zone_name(code: str, name: str = "") -> str:
    """A zone of a table: its distance in words, or the name of a set of countries."""
    words = {"domestic": _("Within the country"), "regional": _("Nearby countries"), "worldwide": _("Worldwide")}
    return words.get(code) or name or code


def _figures(option: ShippingOption) -> Iterable[tuple[str, str]]:
    why = option.why
    yield _("The store's own table, since") if why.table == "store" else _("The market's table, since"), day(why.since)
    yield _("Zone"), zone_name(why.zone, why.zone_name)
    yield (_("Weight by the room it takes") if why.by_volume else _("Weight")), kilograms(why.grams)
    if why.parcels > 1:
        yield _("Sent as"), ngettext("%(n)s parcel", "%(n)s parcels", why.parcels) % {"n": why.parcels}
    yield _("Price of the table"), money(option.full)
    if option.free:
        yield _("Paid by"), _("the store") if option.payer == "store" else _("the market")
    learned = ngettext(
        "Days, as %(n)s parcel here took, with handling", "Days, as %(n)s parcels here took, with handling", why.learned_from
    ) % {"n": why.learned_from}
    yield (
        learned if why.learned_from else _("Days, as promised, with handling"),
        _("%(from)s to %(to)s") % {"from": option.days_min, "to": option.days_max},
    )
