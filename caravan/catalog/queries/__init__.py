from caravan.catalog.queries.categories import (
    AttributeRow,
    CategoryRow,
    ancestors,
    attributes,
    category,
    options_text,
    roots,
    tree,
)
from caravan.catalog.queries.facts import SearchFact, listed_ids, search_facts
from caravan.catalog.queries.lists import Named, names, titles
from caravan.catalog.queries.offers import OfferRow, PriceRow, price_history, variants_for_pricing
from caravan.catalog.queries.pictures import PictureRow, picture_row, pictures
from caravan.catalog.queries.product import ProductRow, VariantRow, product_page
from caravan.catalog.queries.wishes import WishPage, WishRow, is_wished, wished_among, wished_of_store, wishes_of

__all__ = [
    "AttributeRow",
    "CategoryRow",
    "Named",
    "OfferRow",
    "PictureRow",
    "PriceRow",
    "ProductRow",
    "SearchFact",
    "VariantRow",
    "WishPage",
    "WishRow",
    "ancestors",
    "attributes",
    "category",
    "is_wished",
    "listed_ids",
    "names",
    "options_text",
    "picture_row",
    "pictures",
    "price_history",
    "product_page",
    "roots",
    "search_facts",
    "titles",
    "tree",
    "variants_for_pricing",
    "wished_among",
    "wished_of_store",
    "wishes_of",
]
