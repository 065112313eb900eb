"""What the rest of the market says that concerns promotions."""

from __future__ import annotations

from caravan.catalog.events import ProductChanged, ProductsImported
from caravan.promotions.actions.issuing import give_follower
from caravan.promotions.actions.renewing import follow_goods
from caravan.promotions.actions.telling import tell_followers
from caravan.promotions.events import PromotionChanged
from caravan.promotions.rules.lifecycle import Status
from caravan.stores.events import StoreFollowed


def product_changed(event: ProductChanged) -> None:
    follow_goods(store_id=event.store_id, product_ids=[event.product_id], at=event.at)


def products_imported(event: ProductsImported) -> None:
    follow_goods(store_id=event.store_id, product_ids=event.product_ids, at=event.at)


def promotion_changed(event: PromotionChanged) -> None:
    if event.status == Status.LIVE:
        tell_followers(promotion_id=event.promotion_id, at=event.at)


def store_followed(event: StoreFollowed) -> None:
    """Who follows a store gets its coupons for followers."""
    give_follower(store_id=event.store_id, user_id=event.user_id, at=event.at)
