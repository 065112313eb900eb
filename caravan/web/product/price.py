"""What the chosen variant costs this visitor, why, and what it has cost before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from caravan.catalog.queries import ProductRow, VariantRow
from caravan.kernel.errors import Invalid
from caravan.kernel.markets import Market
from caravan.kernel.money import Money
from caravan.promotions.rules import CartFacts, LineFacts, QuotedLine, Terms, quote
from caravan.promotions.rules.past import PastPrice, within
from caravan.promotions.rules.reference import TRUTH, Reference, announced, is_lowest, reference
from caravan.trade.queries.offered import Offered
from caravan.web.deals.words import DealView, deal_view, shown, step_rows
from caravan.web.templating import day, money, percent
from caravan.web.wording import said as _


@dataclass(frozen=True, slots=True)
class PriceView:
    """`unit` is what one piece costs, `asked` the same as the store asks it, in its currency; `approx_text` says the latter where
    it is another one. `was_text` is the reference price of a deal, crossed out, and `off_text` by how much it is undercut: both
    empty where history does not bear them. `figures` say how one piece comes to its price, `note` what it was at its lowest.
    """

    facts: LineFacts
    unit: Money
    asked: Money
    approx_text: str
    was_text: str
    off_text: str
    figures: tuple[tuple[str, str], ...]
    note: str
    deal: DealView | None
    is_lowest: bool


def price_view(
    product: ProductRow, variant: VariantRow, offered: Offered, past: Sequence[PastPrice], *, market: Market, at: datetime
) -> PriceView:
    """`past` is what buyers of `market` met, from thirty days before the deal that is on, if one is."""
    line = _quoted(product, variant, market, offered, at)
    deal = line.pieces[0].deal
    asked = [step.amount for step in line.trace if step.code != "rate"][-1]
    before = reference(past, deal.when.since) if deal else None
    said = announced(asked, line.facts.list_price, before) if deal else None
    return PriceView(
        facts=line.facts,
        unit=line.unit,
        asked=asked,
        approx_text="" if asked.currency == line.unit.currency else _("the store's price: %(price)s") % {"price": money(asked)},
        was_text=money(shown(said.was, offered.terms, line.unit.currency)) if said else "",
        off_text=f"−{percent(said.percent / 100)}" if said and said.percent else "",
        figures=(*step_rows(line.trace), (_("One piece"), money(line.unit))),
        note=_before(before) if said and before else _lowest(past, at),
        deal=deal_view(deal) if deal else None,
        is_lowest=is_lowest(asked, past, at, TRUTH.badge_days),
    )


def _quoted(product: ProductRow, variant: VariantRow, market: Market, offered: Offered, at: datetime) -> QuotedLine:
    """One piece through the function that prices carts; in the store's own currency where the visitor's has no rate.

    What is taken off whole orders is told apart."""
    facts = LineFacts(variant.id, product.id, product.store_id, 1, variant.list_price, product.category_path)
    terms = Terms(offered.terms.rates, stores=offered.terms.stores)
    try:
        quoted = quote(CartFacts(market.code, market.currency, (facts,), offered.buyer), terms, at)
    except Invalid:
        quoted = quote(CartFacts(market.code, variant.list_price.currency, (facts,), offered.buyer), terms, at)
    return quoted.stores[0].lines[0]


def _before(lowest: Reference) -> str:
    return _("Crossed out is the lowest price of the %(days)s days before the deal began: %(price)s, last on %(day)s.") % {
        "days": TRUTH.days,
        "price": money(lowest.price),
        "day": day(lowest.until),
    }


def _lowest(past: Sequence[PastPrice], at: datetime) -> str:
    recent = [row.price for row in within(past, at - timedelta(days=TRUTH.days), at)]
    return _("Lowest price of the last 30 days: %(price)s.") % {"price": money(min(recent))} if recent else ""
