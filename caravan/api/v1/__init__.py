"""Version 1, by resource. Importing this registers every endpoint, in the order the reference shows them."""

from caravan.api.v1 import (
    carts,
    categories,
    coupons,
    deals,
    disputes,
    markets,
    money,
    orders,
    products,
    promotions,
    rankings,
    shipments,
    stores,
    webhooks,
    wishes,
)

__all__ = [
    "carts",
    "categories",
    "coupons",
    "deals",
    "disputes",
    "markets",
    "money",
    "orders",
    "products",
    "promotions",
    "rankings",
    "shipments",
    "stores",
    "webhooks",
    "wishes",
]
