"""What the rest of the market says moves a product in the index. Marking is all that happens here; the indexer does the rest."""

from __future__ import annotations

from caravan.catalog.events import ProductChanged, ProductsImported
from caravan.insight.events import MarketRefreshed
from caravan.promotions.events import PromotionChanged
from caravan.reputation.events import StandingChanged
from caravan.search.actions import mark_products, mark_sales, mark_standing, mark_store
from caravan.stores.events import StoreChanged


def product_changed(event: ProductChanged) -> None:
    mark_products(product_ids=[event.product_id])


def products_imported(event: ProductsImported) -> None:
    mark_products(product_ids=event.product_ids)


def promotion_changed(event: PromotionChanged) -> None:
    if event.is_whole_store and event.store_id:
        mark_store(store_id=event.store_id)
    else:
        mark_products(product_ids=event.product_ids)


def standing_changed(event: StandingChanged) -> None:
    mark_products(product_ids=event.product_ids)
    mark_standing(store_id=event.store_id)


def store_changed(event: StoreChanged) -> None:
    mark_store(store_id=event.store_id)


def market_refreshed(event: MarketRefreshed) -> None:
    mark_sales()
