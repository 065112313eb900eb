from caravan.search.actions.indexing import BroughtIn, bring_in, keep_up, rebuild, take_over, write_anew
from caravan.search.actions.marking import mark_products, mark_sales, mark_standing, mark_store

__all__ = [
    "BroughtIn",
    "bring_in",
    "keep_up",
    "mark_products",
    "mark_sales",
    "mark_standing",
    "mark_store",
    "rebuild",
    "take_over",
    "write_anew",
]
