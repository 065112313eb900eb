from caravan.stores.rules.facts import OpeningFacts, StoreFacts, check, check_opening
from caravan.stores.rules.slugs import slug_of

__all__ = ["OpeningFacts", "StoreFacts", "check", "check_opening", "slug_of"]
