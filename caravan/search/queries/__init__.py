from caravan.search.queries.cards import Card, cards
from caravan.search.queries.finding import find, suggest
from caravan.search.queries.labels import store_names

__all__ = ["Card", "cards", "find", "store_names", "suggest"]
