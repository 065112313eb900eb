"""Figures of the market in words: counts in bands where few people stand behind them, and why a place is a place."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import ngettext

from caravan.insight.queries import Kind
from caravan.insight.rules import DEFAULTS, Period, Place, PlaceFigures, Shown, score_parts, shown
from caravan.web.templating import compact, decimal, number, percent
from caravan.web.wording import said as _


@dataclass(frozen=True, slots=True)
class Why:
    """The explanation of a place: (label, text) rows, and a sentence on how they make the order."""

    figures: tuple[tuple[str, str], ...]
    note: str


def band(value: Shown) -> str:
    """ "1,204", or "10-19", or "50+"."""
    if value.exact:
        return number(value.low)
    return f"{number(value.low)}+" if value.high is None else f"{number(value.low)}–{number(value.high)}"


def buyers_text(buyers: int) -> str:
    """ "12K buyers", "5-9 buyers"; empty for none."""
    if not buyers:
        return ""
    few = shown(buyers, buyers=buyers)
    count = compact(few.low) if few.exact else band(few)
    return ngettext("%(count)s buyer", "%(count)s buyers", few.high or few.low) % {"count": count}


def period_words(period: Period) -> str:
    return {Period.DAY: _("24 hours"), Period.WEEK: _("7 days"), Period.MONTH: _("30 days")}[period]


def before_words(period: Period) -> str:
    return {Period.DAY: _("the 24 hours before"), Period.WEEK: _("the 7 days before"), Period.MONTH: _("the 30 days before")}[
        period
    ]


def long_words(period: Period) -> str:
    return {Period.DAY: _("7 days"), Period.WEEK: _("30 days"), Period.MONTH: _("90 days")}[period]


def why(place: Place, kind: Kind, period: Period) -> Why:
    """What put it there. Where fewer than 20 bought, counts are bands and what they could be worked out from is left out."""
    f = place.figures
    known = f.buyers >= DEFAULTS.few_buyers
    figures = [
        (_("Buyers, %(period)s") % {"period": period_words(period)}, _people(f.recent, f)),
        (_("Buyers, %(period)s") % {"period": before_words(period)}, _people(f.before, f)),
        (_("Buyers, %(period)s") % {"period": long_words(period)}, _people(f.long, f)),
        (_("Pieces bought, two a buyer at most"), band(shown(f.units, buyers=f.buyers))),
        (_("Stars, with the doubt few ratings leave"), decimal(f.stars, 2)),
        (_("Buyers who kept what they bought"), percent(f.kept / f.paid) if known and f.paid else _few(f)),
    ]
    if kind.startswith("rising"):
        return Why(
            tuple(figures),
            _("Ordered by how far the buyers of this period exceed those of the one before, beyond what chance explains."),
        )
    if known:
        parts = score_parts(f)
        figures += [
            (_("Score"), decimal(place.score, 2)),
            (_("of it buyers of the period"), decimal(parts.recent, 2)),
            (_("of it buyers over longer"), decimal(parts.long, 2)),
            (_("of it growth"), decimal(parts.growth, 2)),
            (_("of it contentment"), decimal(parts.quality, 2)),
        ]
    return Why(
        tuple(figures),
        _("Ordered by distinct buyers who paid and kept something: those of the period most, then those over longer and growth."),
    )


def growth_words(figures: PlaceFigures) -> tuple[str, str]:
    """(text, direction) of the buyers against the period before; no number where few bought."""
    direction = "up" if figures.recent > figures.before else "down" if figures.recent < figures.before else ""
    if figures.buyers < DEFAULTS.few_buyers or not figures.before:
        return {"up": _("more than before"), "down": _("fewer than before"), "": _("as many as before")}[direction], direction
    return percent(abs(figures.recent / figures.before - 1)), direction


def _people(weighted: float, figures: PlaceFigures) -> str:
    """Buyers of a window, which trust may have made a fraction of."""
    return band(shown(round(weighted), buyers=min(figures.buyers, round(weighted))))


def _few(figures: PlaceFigures) -> str:
    return _("nearly all") if figures.kept == figures.paid else _("not all")
