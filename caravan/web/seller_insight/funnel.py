"""A store's week from looking to buying, each step beside the week before."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from caravan.insight.queries import FunnelRow
from caravan.web.templating import number, percent


@dataclass(frozen=True, slots=True)
class Change:
    """A figure against an earlier one: "12%", where it points, and than what."""

    text: str = ""
    direction: str = ""
    note: str = ""


NO_CHANGE = Change()


@dataclass(frozen=True, slots=True)
class StepView:
    """`percent` is the length of the bar, `share_text` what part of the visitors came so far."""

    label: str
    value_text: str
    change: Change
    percent: int
    share_text: str


def steps(funnel: FunnelRow) -> list[StepView]:
    """Visitors, those who put something into the cart, orders; empty where nobody looked and nobody bought in two weeks."""
    now, before = funnel.recent, funnel.before
    rows = [
        (_("Pages of your goods opened"), now.views, before.views),
        (_("Visitors"), now.visitors, before.visitors),
        (_("Clicks in lists of the market"), now.clicks, before.clicks),
        (_("Visitors who put something into the cart"), now.carts, before.carts),
        (_("Paid orders"), now.orders, before.orders),
    ]
    if not any(recent or past for _label, recent, past in rows):
        return []
    return [
        StepView(
            label,
            number(recent),
            against(recent, past, _("than the week before")),
            min(100, round(100 * recent / now.visitors)) if now.visitors else 0,
            percent(recent / now.visitors, 1) if now.visitors and recent <= now.visitors else "",
        )
        for label, recent, past in rows
    ]


def against(recent: int, past: int, than: str) -> Change:
    """How much more or less than before; no rate where there was nothing before."""
    if recent == past:
        return Change(_("as before"))
    direction = "up" if recent > past else "down"
    return Change(percent(abs(recent / past - 1)), direction, than) if past else Change(_("none before"), direction)
