from caravan.catalog.actions.bulk import open_import, run_import, upload_products
from caravan.catalog.actions.pictures import store_picture, store_pictures
from caravan.catalog.actions.price_locks import lock_prices, unlock_prices
from caravan.catalog.actions.products import create_product, edit_product, set_prices, set_stock
from caravan.catalog.actions.status import (
    block_product,
    publish_product,
    restore_product,
    unblock_product,
    withdraw_product,
)
from caravan.catalog.actions.translations import translate_product
from caravan.catalog.actions.wishes import unwish, wish

__all__ = [
    "block_product",
    "create_product",
    "edit_product",
    "lock_prices",
    "open_import",
    "publish_product",
    "restore_product",
    "run_import",
    "set_prices",
    "set_stock",
    "store_picture",
    "store_pictures",
    "translate_product",
    "unblock_product",
    "unlock_prices",
    "unwish",
    "upload_products",
    "wish",
    "withdraw_product",
]
