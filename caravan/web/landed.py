"""What a parcel costs where it lands, in words: for the product page, the cart, the checkout and the order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from caravan.kernel.money import Money
from caravan.tax.queries.words import step_words, unknown_words
from caravan.tax.rules.outcome import Landed, Step
from caravan.tax.rules.tables import Source
from caravan.trade.queries.orders import OrderRow
from caravan.web.templating import money
from caravan.web.wording import said as _


@dataclass(frozen=True, slots=True)
class LandedView:
    """`collected` is in the total, `on_arrival` asked for by the carrier, `contained` in the price already.

    `figures` are (words, text) steps, `sources` where they stand written, `unknown` what is not known. `at_most`: the region is
    not known yet, so the highest rate was taken.
    """

    collected: Money
    on_arrival: Money
    contained: Money
    figures: tuple[tuple[str, str], ...]
    sources: tuple[Source, ...]
    unknown: tuple[str, ...]
    note: str
    at_most: bool
    tables_of: date

    @property
    def says_something(self) -> bool:
        return bool(self.collected or self.on_arrival or self.contained or self.unknown)


def landed_view(landed: Landed, language: str) -> LandedView:
    steps = [step for step in landed.steps if step.amount or len(landed.steps) == 1]
    return LandedView(
        collected=landed.collected,
        on_arrival=landed.on_arrival,
        contained=landed.contained,
        figures=tuple((step_words(step), _figure(step)) for step in steps or landed.steps),
        sources=tuple(dict.fromkeys(step.source for step in landed.steps if step.source)),
        unknown=tuple(unknown_words(unknown, language) for unknown in landed.unknown),
        note=landed.note,
        at_most=landed.estimate,
        tables_of=landed.tables_of,
    )


def order_landed(order: OrderRow, language: str) -> LandedView | None:
    """What the order's tax and duty were reckoned to when it was placed; None for orders without."""
    return landed_view(order.reckoning.landed, language) if order.reckoning else None


def _figure(step: Step) -> str:
    if not step.rate or not step.amount:
        return money(step.amount)
    told = {"rate": step.rate, "base": money(step.base), "amount": money(step.amount)}
    if step.code in ("inside", "at_most"):
        return _("%(rate)s%% → %(amount)s, reckoned from %(base)s") % told
    return _("%(rate)s%% of %(base)s = %(amount)s") % told
