"""What is wished for is looked at again whenever goods change."""

from __future__ import annotations

from caravan.catalog.events import ProductChanged, ProductsImported
from caravan.kernel.clock import now
from caravan.trade.actions.alerts import look_at_wished


def product_changed(event: ProductChanged) -> None:
    look_at_wished(product_ids=[event.product_id], at=now())


def products_imported(event: ProductsImported) -> None:
    look_at_wished(product_ids=event.product_ids, at=now())
