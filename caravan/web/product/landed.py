from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from caravan.catalog.queries import ProductRow, VariantRow
from caravan.catalog.queries.categories import usual_hs_code
from caravan.kernel.errors import Invalid
from caravan.kernel.markets import Market
from caravan.kernel.money import Money
from caravan.kernel.rates import RateTable
from caravan.stores.queries import StoreRow
from caravan.tax.queries.tables import current_tables
from caravan.tax.rules.facts import ConsignmentLine
from caravan.tax.rules.markets import prices_include_tax
from caravan.trade.rules.taxes import Destination, reckon
from caravan.web.landed import LandedView, landed_view


@dataclass(frozen=True, slots=True)
class Estimate:
    """One piece sent alone: `total` is all that is to be paid for it, `with_tax` its price with what falls on the goods.

    `leads`: the market's law wants the price with tax told first. `by_category`: the customs code is the category's usual one.
    """

    view: LandedView
    with_tax: Money
    total: Money
    leads: bool
    by_category: bool


def estimate(
    row: ProductRow,
    variant: VariantRow,
    store: StoreRow,
    unit: Money,
    shipping: Money,
    *,
    market: Market,
    rates: RateTable,
    at: datetime,
) -> Estimate | None:
    """None where prices cannot be told in the market's currency."""
    if unit.currency != market.currency or shipping.currency != market.currency:
        return None
    customs = variant.customs_value
    try:
        goods = ConsignmentLine(
            value=unit,
            hs_code=row.hs_code or usual_hs_code(row.category_path),
            origin=row.origin,
            customs=rates.convert(customs, market.currency) if customs else None,
            by_category=not row.hs_code,
        )
    except Invalid:
        return None
    destination = Destination(market, None, current_tables(at), at)
    landed = reckon(store.country, [goods], shipping, row.weight_grams, destination, rates).landed
    return Estimate(
        view=landed_view(landed, market.language),
        with_tax=unit + landed.lines[0].collected,
        total=unit + shipping + landed.collected + landed.on_arrival,
        leads=prices_include_tax(market.code) and bool(landed.collected) and not landed.unknown,
        by_category=goods.by_category and bool(goods.hs_code),
    )
