"""All market information as of one instant, sharing what its parts have in common."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from ibis.expr.types import Table

from caravan.insight.expressions.buyers import product_buyers, trusted_lines
from caravan.insight.expressions.facts import Facts
from caravan.insight.expressions.figures import product_figures, store_figures
from caravan.insight.expressions.funnels import store_funnel
from caravan.insight.expressions.lists import hot_list, in_every_category, rising_list
from caravan.insight.expressions.shelves import nodes, shelves
from caravan.insight.expressions.volumes import product_sales, store_volume
from caravan.insight.rules import DEFAULTS, InsightSettings


@dataclass(frozen=True, slots=True)
class MarketInformation:
    """Lists have `category`, `market`, `period`, `rank`, `subject_id`, `score` and the columns of `PlaceFigures`, sorted so;
    "" is all categories, all markets."""

    hot_products: Table
    rising_products: Table
    best_stores: Table
    rising_stores: Table
    store_volume: Table
    product_sales: Table
    store_funnel: Table


def market_information(
    facts: Facts, at: datetime, *, keep: Callable[[str, Table], Table], settings: InsightSettings = DEFAULTS
) -> MarketInformation:
    """What the facts say as of `at`, reading the order lines three times in all.

    `keep(name, rows)` computes what several lists share and holds it on the backend: a temporary table, a cached data frame.
    """
    lines = trusted_lines(facts.order_lines, at)
    shelf = keep("shelves", shelves(facts.products))
    node = keep("nodes", nodes(shelf))
    buyers = keep("product_buyers", product_buyers(lines, at, settings))
    products = in_every_category(keep("product_figures", product_figures(buyers, shelf, facts, at, settings)), node)
    stores = keep("store_figures", store_figures(buyers, shelf, node, facts, at, settings))
    return MarketInformation(
        hot_products=hot_list(products, settings),
        rising_products=rising_list(products, settings),
        best_stores=hot_list(stores, settings),
        rising_stores=rising_list(stores, settings),
        store_volume=store_volume(lines, at),
        product_sales=product_sales(facts.order_lines, at),
        store_funnel=store_funnel(facts, lines, at),
    )
