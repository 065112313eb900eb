"""A priced basket as pages draw it: dates instead of days, words instead of codes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from caravan.trade.rules.basket import BasketLine, Parcel
from caravan.web import market
from caravan.web.deals.words import step_rows
from caravan.web.delivery import ServiceView, service_name, service_views
from caravan.web.landed import LandedView, landed_view
from caravan.web.templating import day, money


@dataclass(frozen=True, slots=True)
class ParcelView:
    parcel: Parcel
    arrives_from: date
    arrives_until: date
    services: list[ServiceView]
    landed: LandedView

    @property
    def service_name(self) -> str:
        return service_name(self.parcel.delivery.service)


def parcel_views(parcels: tuple[Parcel, ...], at: datetime) -> list[ParcelView]:
    return [
        ParcelView(
            parcel,
            (at + timedelta(days=parcel.delivery.days_min)).date(),
            (at + timedelta(days=parcel.delivery.days_max)).date(),
            service_views(parcel.services, at),
            landed_view(parcel.reckoning.landed, market.current.get().language),
        )
        for parcel in parcels
    ]


def why_unavailable(line: BasketLine) -> str:
    """What stands in the way of a line, and what to do."""
    wanted = line.wanted
    return {
        "short": _("Only %(stock)s left. Choose fewer, or take it out.") % {"stock": wanted.stock},
        "sold_out": _("Sold out for now. Take it out to order the rest."),
        "gone": _("No longer sold. Take it out to order the rest."),
        "away": _("%(store)s is on vacation until %(day)s. Take it out to order the rest.")
        % {"store": wanted.store.name, "day": day(wanted.away.until) if wanted.away else ""},
        "too_large": _("No service carries this to your country. Choose fewer, or take it out."),
        "not_here": _("%(store)s does not ship to your country. Take it out to order the rest.") % {"store": wanted.store.name},
    }[line.availability]


def price_figures(line: BasketLine) -> list[tuple[str, str]]:
    """The trace of a price, worded: what the store asks, at which rate, what one piece costs, what is taken off all of them."""
    dearer = [(f"{some.quantity} ×", money(some.unit)) for some in line.pieces] if len(line.pieces) > 1 else []
    cuts = [(cut.name, money(-cut.amount)) for cut in line.cuts]
    return [*step_rows(line.trace), (_("One piece"), money(line.unit)), *dearer, *cuts, (_("Together"), money(line.total))]
