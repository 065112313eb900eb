from caravan.search.queries.card_offers import VariantOffer, variant_offers
from caravan.search.queries.cards import Card, cards, found_cards, found_cards_and_stores, newest_cards
from caravan.search.queries.crawl import CrawlRow, crawl_from, crawl_starts
from caravan.search.queries.finding import find, suggest

__all__ = [
    "Card", "CrawlRow", "VariantOffer", "cards", "crawl_from", "crawl_starts", "find",
    "found_cards", "found_cards_and_stores", "newest_cards", "suggest", "variant_offers",
]  # fmt: skip
