"""Figures of the market in words: counts in bands where few people stand behind them, and why a place is a place."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from django.utils.translation import get_language, ngettext

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


class Labels(NamedTuple):
    """What the figures of a place are called in one language and period."""

    recent: str
    before: str
    long: str
    units: str
    stars: str
    kept: str
    score: tuple[str, str, str, str, str]
    hot: str
    rising: str


@lru_cache(maxsize=64)
def labels(language: str, period: Period) -> Labels:
    """For the language that is active: looked up once, not for each of a page's places."""
    return Labels(
        recent=_("Buyers, %(period)s") % {"period": period_words(period)},
        before=_("Buyers, %(period)s") % {"period": before_words(period)},
        long=_("Buyers, %(period)s") % {"period": long_words(period)},
        units=_("Pieces bought, two a buyer at most"),
        stars=_("Stars, with the doubt few ratings leave"),
        kept=_("Buyers who kept what they bought"),
        score=(
            _("Score"),
            _("of it buyers of the period"),
            _("of it buyers over longer"),
            _("of it growth"),
            _("of it contentment"),
        ),
        hot=_(
            "Ordered by distinct buyers who paid and kept something: those of the period most, then those over longer and growth."
        ),
        rising=_("Ordered by how far the buyers of this period exceed those of the one before, beyond what chance explains."),
    )


def why(place: Place, kind: Kind, period: Period) -> Why:
    """What put it there. Where fewer than 20 bought, counts are bands and what they could be worked out from is left out."""
    f, called = place.figures, labels(get_language() or "", period)
    figures = [
        (called.recent, _people(f.recent, f)),
        (called.before, _people(f.before, f)),
        (called.long, _people(f.long, f)),
        (called.units, band(shown(f.units, buyers=f.buyers))),
        (called.stars, decimal(f.stars, 2)),
        (called.kept, percent(f.kept / f.paid) if f.buyers >= DEFAULTS.few_buyers else _few(f)),
    ]
    if kind.startswith("rising"):
        return Why(tuple(figures), called.rising)
    if f.hides_nobody:
        parts = score_parts(f)
        values = (place.score, parts.recent, parts.long, parts.growth, parts.quality)
        figures += [(label, decimal(value, 2)) for label, value in zip(called.score, values, strict=True)]
    return Why(tuple(figures), called.hot)


def growth_words(figures: PlaceFigures) -> tuple[str, str]:
    """(text, direction) of the buyers against the period before; no number where few bought in either."""
    direction = "up" if figures.recent > figures.before else "down" if figures.recent < figures.before else ""
    if not figures.before or not figures.hides_nobody:
        return {"up": _("more than before"), "down": _("fewer than before"), "": _("as many as before")}[direction], direction
    return percent(abs(figures.recent / figures.before - 1)), direction


def _people(weighted: float, figures: PlaceFigures) -> str:
    """Buyers of a window, which trust may have made a fraction of."""
    return band(shown(round(weighted), buyers=min(figures.buyers, round(weighted))))


def _few(figures: PlaceFigures) -> str:
    return _("nearly all") if figures.kept == figures.paid else _("not all")
