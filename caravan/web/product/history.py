"""The price of ninety days as a line and as a table, in the store's currency: what a rate did is no price of the store's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from caravan.kernel.money import Money
from caravan.promotions.rules.past import PastPrice
from caravan.promotions.rules.series import PriceStep, steps
from caravan.web.templating import day, money
from caravan.web.wording import said as _

DAYS = 90
WIDTH, HEIGHT, ABOVE = 600, 120, 8  # of the drawing, in its own units, and how far the highest price stays below its edge


@dataclass(frozen=True, slots=True)
class HistoryView:
    """`title` states the finding. `paid` and `listed` are paths of the drawing: what was to be paid, and the list price where a
    promotion undercut it. `rows` are (from, until, list price, with a promotion), newest first."""

    title: str
    paid: str
    listed: str
    low_text: str
    high_text: str
    since_text: str
    rows: tuple[tuple[str, str, str, str], ...]


def history_view(past: Sequence[PastPrice], at: datetime) -> HistoryView | None:
    """None where nothing is known before today."""
    found = steps(past, at - timedelta(days=DAYS), at)
    if not found:
        return None
    prices = [step.lowest for step in found]
    low, high = min(prices), max(prices + [step.listed for step in found if step.listed])
    axes = _Axes(found[0].since, at, low.minor, high.minor)
    return HistoryView(
        title=_title(found, low, at),
        paid=axes.path([(step.since, step.until, step.lowest) for step in found]),
        listed=axes.path([(s.since, s.until, s.listed) for s in found if s.listed and s.offered and s.offered < s.listed]),
        low_text=money(low),
        high_text=money(high) if high != low else "",
        since_text=day(found[0].since),
        rows=tuple(_row(step, at) for step in reversed(found)),
    )


def _title(found: Sequence[PriceStep], low: Money, at: datetime) -> str:
    """What the line shows, in a sentence."""
    now = found[-1].lowest
    if len({step.lowest for step in found}) == 1:
        return _("The same price since %(day)s") % {"day": day(found[0].since)}
    if now == low and found[0].since > at - timedelta(days=DAYS - 1):
        return _("Never cheaper since %(day)s") % {"day": day(found[0].since)}
    if now == low:
        return _("Never cheaper in the last %(days)s days") % {"days": DAYS}
    last = [step for step in found if step.lowest == low][-1]
    return _("It was cheapest until %(day)s: %(price)s") % {"day": day(last.until), "price": money(low)}


def _row(step: PriceStep, at: datetime) -> tuple[str, str, str, str]:
    return (
        day(step.since),
        day(step.until) if step.until < at else _("now"),
        money(step.listed) if step.listed else "",
        money(step.offered) if step.offered else "",
    )


@dataclass(frozen=True, slots=True)
class _Axes:
    since: datetime
    until: datetime
    low: int
    high: int

    def path(self, stretches: Sequence[tuple[datetime, datetime, Money]]) -> str:
        """Level stretches, joined where one follows the other."""
        parts, end = list[str](), None
        for since, until, price in stretches:
            parts.append(f"{'L' if since == end else 'M'}{self._x(since)} {self._y(price)}H{self._x(until)}")
            end = until
        return "".join(parts)

    def _x(self, instant: datetime) -> float:
        return round(WIDTH * (instant - self.since) / ((self.until - self.since) or timedelta(seconds=1)), 1)

    def _y(self, price: Money) -> float:
        span = self.high - self.low
        return round(ABOVE + (HEIGHT - 2 * ABOVE) * (1 - (price.minor - self.low) / span if span else 0.5), 1)
