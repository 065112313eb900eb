from caravan.promotions.rules.quote import (
    CartFacts,
    LineFacts,
    Quote,
    QuotedLine,
    Step,
    StoreQuote,
    Terms,
    quote,
    unit_price,
)

__all__ = ["CartFacts", "LineFacts", "Quote", "QuotedLine", "Step", "StoreQuote", "Terms", "quote", "unit_price"]
