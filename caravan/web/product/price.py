"""What the chosen variant costs this visitor, why, and what it has cost before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from caravan.catalog.queries import PriceRow, ProductRow, VariantRow, price_history
from caravan.kernel.errors import Invalid
from caravan.kernel.markets import Market
from caravan.kernel.money import Money
from caravan.kernel.rates import RateTable
from caravan.promotions.rules import CartFacts, LineFacts, QuotedLine, Terms, quote
from caravan.web.exchange import rate_words
from caravan.web.templating import day, money
from caravan.web.wording import said as _

SHOWN_FOR = timedelta(days=90)
LOWEST_OF = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class PriceView:
    """`unit` is what one piece costs; `approx_text` the store's own price where that is in another currency. `figures` say how
    the one comes from the other, `note` what it was at its lowest. `history` are (from, until, price) texts, newest first."""

    unit: Money
    approx_text: str
    figures: tuple[tuple[str, str], ...]
    note: str
    history: tuple[tuple[str, str, str], ...]


def price_view(product: ProductRow, variant: VariantRow, *, market: Market, rates: RateTable, at: datetime) -> PriceView:
    line = _quoted(product, variant, market, rates, at)
    past = _history(variant, market, at)
    return PriceView(
        unit=line.unit,
        approx_text=_approx(line),
        figures=_figures(line),
        note=_lowest(past, at),
        history=tuple((day(row.since), day(row.until) if row.until else _("now"), money(row.price)) for row in past),
    )


def _quoted(product: ProductRow, variant: VariantRow, market: Market, rates: RateTable, at: datetime) -> QuotedLine:
    """One piece through the function that prices carts; in the store's own currency where the visitor's has no rate."""
    facts = LineFacts(variant.id, product.id, product.store_id, 1, variant.list_price)
    try:
        quoted = quote(CartFacts(market.code, market.currency, (facts,)), Terms(rates=rates), at)
    except Invalid:
        quoted = quote(CartFacts(market.code, variant.list_price.currency, (facts,)), Terms(rates=rates), at)
    return quoted.stores[0].lines[0]


def _approx(line: QuotedLine) -> str:
    listed = line.facts.list_price
    return "" if listed.currency == line.unit.currency else _("the store's price: %(price)s") % {"price": money(listed)}


def _figures(line: QuotedLine) -> tuple[tuple[str, str], ...]:
    words = {"list": _("The store's price"), "rate": _("Exchange rate")}
    steps = tuple((words[step.code], rate_words(step.rate) if step.rate else money(step.amount)) for step in line.trace)
    return (*steps, (_("One piece"), money(line.unit)))


def _history(variant: VariantRow, market: Market, at: datetime) -> list[PriceRow]:
    """The prices of this market where the store set one for it, else those of everywhere."""
    own = price_history(variant.id, market.code)
    rows = own if any(row.until is None for row in own) else price_history(variant.id)
    return [row for row in rows if row.until is None or row.until > at - SHOWN_FOR]


def _lowest(past: list[PriceRow], at: datetime) -> str:
    recent = [row.price for row in past if row.until is None or row.until > at - LOWEST_OF]
    return _("Lowest price of the last 30 days: %(price)s.") % {"price": money(min(recent))} if recent else ""
