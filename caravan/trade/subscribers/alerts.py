"""What is wished for is looked at again whenever goods change."""

from __future__ import annotations

from caravan.catalog.events import ProductChanged, ProductsImported
from caravan.catalog.queries import wished_of_store
from caravan.kernel.clock import now
from caravan.promotions.events import PromotionChanged
from caravan.trade.actions.alerts import look_at_wished


def product_changed(event: ProductChanged) -> None:
    look_at_wished(product_ids=[event.product_id], at=now())


def products_imported(event: ProductsImported) -> None:
    look_at_wished(product_ids=event.product_ids, at=now())


def promotion_changed(event: PromotionChanged) -> None:
    whole = event.is_whole_store and event.store_id
    look_at_wished(product_ids=wished_of_store(event.store_id) if whole and event.store_id else event.product_ids, at=now())
