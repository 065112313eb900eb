from caravan.catalog.models.category import Attribute, AttributeName, Category, CategoryName
from caravan.catalog.models.job import ImportJob, Refusal
from caravan.catalog.models.picture import Picture, PictureLink
from caravan.catalog.models.product import Product, Translation, Version
from caravan.catalog.models.variant import Price, PriceLock, Variant
from caravan.catalog.models.wish import Wish

__all__ = [
    "Attribute",
    "AttributeName",
    "Category",
    "CategoryName",
    "ImportJob",
    "Picture",
    "PictureLink",
    "Price",
    "PriceLock",
    "Product",
    "Refusal",
    "Translation",
    "Variant",
    "Version",
    "Wish",
]
