"""What a product in a list costs whoever looks at it: the lowest price of its variants, and the deal that makes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from caravan.kernel.money import Money
from caravan.promotions.rules.facts import ANYONE, BuyerFacts, LineFacts
from caravan.promotions.rules.items import best_deal
from caravan.promotions.rules.offers import Deal, StoreOffers


@dataclass(frozen=True, slots=True)
class CardOffer:
    """`price` is the lowest of the variants at the moment, `listed` the list price of the one that has it, both in the store's
    currency; `deal` makes it, if one does. `varies`: others cost more. `on_offer`: some variant, this or another, has a deal."""

    variant_id: UUID
    price: Money
    listed: Money
    deal: Deal | None
    varies: bool
    on_offer: bool


def card_offer(
    variants: Sequence[LineFacts], offers: StoreOffers, market: str, at: datetime, buyer: BuyerFacts = ANYONE
) -> CardOffer:
    """Of the variants of one product, one piece each. Of equal prices that counts which saves more."""
    priced = [(*best_deal(line, offers, market, buyer, at), line) for line in variants]
    price, deal, line = min(priced, key=lambda one: (one[0].minor, -one[2].list_price.minor, one[2].variant_id.int))
    return CardOffer(
        variant_id=line.variant_id,
        price=price,
        listed=line.list_price,
        deal=deal,
        varies=any(other != price for other, _, _ in priced),
        on_offer=any(one is not None for _, one, _ in priced),
    )


def next_turn(offers: StoreOffers, product_id: UUID, at: datetime) -> datetime | None:
    """When next a deal that may be about the product begins or ends; None: never, as far as is known."""
    turns = (
        instant
        for deal in (*offers.deals.get(product_id, ()), *offers.wide)
        for instant in (deal.when.since, deal.when.until)
        if instant is not None and instant > at
    )
    return min(turns, default=None)
