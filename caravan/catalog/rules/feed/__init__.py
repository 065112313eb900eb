"""Product files: read, assembled into drafts, and written."""

from caravan.catalog.rules.feed.assemble import UNCOUNTED, assemble, category_key
from caravan.catalog.rules.feed.columns import READ, WRITTEN, header
from caravan.catalog.rules.feed.read import Reading, Survey, products, survey
from caravan.catalog.rules.feed.row import FeedRow, RefusedRow, parse_row
from caravan.catalog.rules.feed.write import rows_of

__all__ = [
    "READ",
    "UNCOUNTED",
    "WRITTEN",
    "FeedRow",
    "Reading",
    "RefusedRow",
    "Survey",
    "assemble",
    "category_key",
    "header",
    "parse_row",
    "products",
    "rows_of",
    "survey",
]
