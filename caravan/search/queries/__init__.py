from caravan.search.queries.cards import Card, cards
from caravan.search.queries.crawl import CrawlRow, crawl_from, crawl_starts
from caravan.search.queries.finding import find, suggest
from caravan.search.queries.labels import store_names

__all__ = ["Card", "CrawlRow", "cards", "crawl_from", "crawl_starts", "find", "store_names", "suggest"]
